"""Each kind of thing that people are told of, from the deed to the line somebody reads."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from tests.integration.notifications.conftest import API, about, settled, told
from tests.served import (
    ADMIN,
    BOOK_WITH_SCAN,
    READER_WITH_PHONE,
    REGISTRAR,
    SECURITY,
    Served,
)

from zhike.bootstrap import WORK
from zhike.db.faults import ConnectionLost, DiskFull
from zhike.db.jobs import Stuck
from zhike.doors.system import DEMO, DRY_RUN, EXPORT, HANDOVER, IDENTITY, IMPORT, RENEWAL
from zhike.hub import notifications
from zhike.hub.notifications import jobs, words

READERS, BOOKS = f"{API}/records/reader", f"{API}/records/book"
NUMBERS = iter(range(1000))
NOWHERE = Stuck(args={}, number=1, fault=ConnectionLost())


@pytest.fixture(scope="module", autouse=True)
async def named(ada: httpx.AsyncClient) -> None:
    """Let books name people, and exports wait for the registrar."""
    mentions = {"key": "mentions", "kind": "users", "label": {"zh": "提及", "en": "Mentions"}}
    book = {**BOOK_WITH_SCAN, "fields": [*BOOK_WITH_SCAN["fields"], mentions]}
    notes = [
        {"key": "remark", "kind": "long_text", "label": "备注", "mentions": "told"},
        {"key": "told", "kind": "users", "label": {"zh": "提到", "en": "Told"}},
    ]
    reader = {**READER_WITH_PHONE, "fields": [*READER_WITH_PHONE["fields"], *notes]}
    for kind, key, body in (
        ("object", "book", {"kind": "object", **book}),
        ("object", "reader", {"kind": "object", **reader}),
        ("role", "registrar", {**REGISTRAR, "approve_exports": True}),
        ("role", "admin", {**ADMIN, "approve_exports": True}),
        ("security", "main", {**SECURITY, "exports": {"approval_over": 0}}),
    ):
        answer = await ada.put(f"{API}/config/{kind}/{key}", json=body)
        assert answer.is_success, answer.text


@pytest.fixture(scope="module")
async def reg(library: Served) -> httpx.AsyncClient:
    """The registrar, who sees no record and approves exports."""
    return await library.signed_in("reg")


async def made(client: httpx.AsyncClient, path: str, **given: Any) -> str:
    answer = await client.post(path, json=given)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def run(library: Served, task: str, id_: str) -> None:
    """Do a job as the worker does, its end included, and once more as after a crash."""
    hands = library.system.hands
    for _ in range(2):
        await WORK[task](hands, UUID(id_), workspace=library.workspace)
        await notifications.ended(hands, task, UUID(id_), workspace=library.workspace)


@pytest.mark.parametrize(
    ("path", "given", "kind", "says"),
    [
        ("team", {}, "team", "Ada把您加入了读者「Cather」的相关团队"),
        ("shares", {"level": "read"}, "shared", "Ada把读者「Cather」共享给了您"),
    ],
)
async def test_what_is_shared_is_told(  # noqa: PLR0917 - a table
    library: Served,
    ada: httpx.AsyncClient,
    vic: httpx.AsyncClient,
    path: str,
    given: dict[str, str],
    kind: str,
    says: str,
) -> None:
    id_ = await made(ada, READERS, name="Cather")
    user = {"user": library.ids["vic"]}
    body = user if path == "team" else {"to": user, **given}

    answer = await ada.post(f"{READERS}/{id_}/{path}", json=body)
    await settled(library)

    assert answer.is_success, answer.text
    (line,) = await about(vic, id_)
    assert (line["kind"], line["says"]) == (kind, says)


async def test_a_shared_view_is_told_while_it_is_shared(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    given = {"object": "book", "label": "新书", "select": ["title"]}
    view = (await ada.post(f"{API}/views", json=given)).json()["id"]

    to = {"to": {"user": library.ids["vic"]}}
    share = (await ada.post(f"{API}/views/{view}/shares", json=to)).json()["id"]
    await settled(library)

    (line,) = await about(vic, view)
    assert line["says"] == "Ada把视图「新书」共享给了您"
    assert line["records"] == [{"id": view, "title": "新书", "object": "book"}]
    await ada.delete(f"{API}/views/{view}/shares/{share}")
    assert await about(vic, view) == []


async def test_who_is_mentioned_is_told_once_each_time(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient, val: httpx.AsyncClient
) -> None:
    id_ = await made(ada, BOOKS, title="围城", mentions=[library.ids["vic"]])
    await ada.patch(f"{BOOKS}/{id_}", json={"mentions": [library.ids["vic"], library.ids["val"]]})
    await ada.patch(f"{BOOKS}/{id_}", json={"title": "围城(新版)"})
    await settled(library)

    for client in (vic, val):
        (line,) = await about(client, id_)
        assert line["says"] == "Ada在图书「围城(新版)」中提到了您"


async def test_a_mention_tells_nobody_more_than_the_record_does(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    """Who may not see the record learns that somebody thought of them, and nothing of it."""
    secret = "Secretive @Vic: the price"
    id_ = await made(ada, READERS, name="Hidden", remark=secret, told=[library.ids["vic"]])
    seen = await made(
        ada, READERS, name="Shown", told=[library.ids["vic"]], owner=library.ids["vic"]
    )
    await settled(library)

    lines = [one for one in await told(vic) if one["kind"] == "mentioned"]
    blind = [one for one in lines if one["records"] == []]
    assert "Ada在一条您无权查看的记录中提到了您" in {one["says"] for one in blind}
    told_all = str(lines)
    assert all(word not in told_all for word in ("Hidden", "Secretive", id_))
    assert [one["says"] for one in await about(vic, seen) if one["kind"] == "mentioned"] == [
        "Ada在读者「Shown」中提到了您"
    ]


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        ("grant", "Ada同意了您对读者「Woolf」的申请"),
        ("refuse", "Ada拒绝了您对一条您无权查看的记录的申请"),
    ],
)
async def test_a_request_is_told_to_the_owner_and_the_answer_to_who_asked(  # noqa: PLR0917
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient, decision: str, says: str
) -> None:
    given = {"name": "Woolf", "phone": f"1377777{next(NUMBERS):04d}"}
    id_ = await made(ada, READERS, **given)
    (card,) = (await vic.post(f"{READERS}/check", json={**given, "name": "X"})).json()["duplicates"]
    before = {one["id"] for one in await told(vic)}

    asked = await vic.post(
        f"{API}/identity/cards/{card['card']}/wishes", json={"wish": "access", "reason": "x"}
    )
    await settled(library)
    (waits,) = await about(ada, id_)
    place = f"{API}/identity/wishes/{asked.json()['id']}/decision"
    await ada.post(place, json={"decision": decision})
    await settled(library)

    assert (waits["kind"], waits["says"]) == ("request", "Vic申请查看读者「Woolf」")
    (line,) = [one for one in await told(vic) if one["id"] not in before]
    assert (line["kind"], line["says"]) == ("answer", says)
    assert (id_ in str(line)) is (decision == "grant")


async def test_an_export_is_told_to_who_approves_and_then_to_who_asked(
    library: Served, ada: httpx.AsyncClient, reg: httpx.AsyncClient
) -> None:
    await made(ada, BOOKS, title="边城")
    asked = (await ada.post(f"{API}/exports", json={"object": "book", "format": "csv"})).json()
    await settled(library)
    (waits,) = await about(reg, asked["id"])
    assert await about(ada, asked["id"]) == []

    answer = await reg.post(f"{API}/exports/{asked['id']}/approve", json={})
    assert answer.is_success, answer.text
    await settled(library)
    await run(library, EXPORT, asked["id"])

    assert waits["kind"] == "approval"
    assert waits["says"].startswith(f"Ada申请导出 {asked['expected']} 条")
    lines = [(one["kind"], one["state"]) for one in await about(ada, asked["id"])]
    assert lines == [("export", "done"), ("export", "approved")]


async def test_the_end_of_an_import_is_told_with_its_counts(
    library: Served, ada: httpx.AsyncClient
) -> None:
    content = "书名\n子夜\n家\n".encode()
    draft = await ada.post(
        f"{API}/imports", files={"file": ("书目.csv", content)}, data={"object": "book"}
    )
    id_ = draft.json()["id"]
    started = await ada.post(f"{API}/imports/{id_}/start")
    assert started.status_code == 202, started.text

    await run(library, IMPORT, id_)

    (line,) = await about(ada, id_)
    assert line["says"] == "「书目.csv」导入完成：新建 2，更新 0，失败 0"
    assert {"kind": "job", "job": "import", "state": "done"}.items() <= line.items()


async def test_whoever_waits_for_an_import_is_told_once_that_it_is_held_up(
    library: Served, ada: httpx.AsyncClient
) -> None:
    draft = await ada.post(
        f"{API}/imports", files={"file": ("书.csv", "书名\n春\n".encode())}, data={"object": "book"}
    )
    id_ = draft.json()["id"]
    assert (await ada.post(f"{API}/imports/{id_}/start")).status_code == 202
    for number in (7, 7, 8):
        stuck = Stuck(args={}, number=number, fault=DiskFull())
        await notifications.held_up(
            library.system.hands, IMPORT, UUID(id_), workspace=library.workspace, stuck=stuck
        )
    held = await about(ada, id_)
    english = await ada.get(f"{API}/notifications", headers={"Accept-Language": "en"})
    await run(library, IMPORT, id_)
    ended = await about(ada, id_)

    says = "「书.csv」的导入暂时无法继续，会自动重试：数据库磁盘空间已满"
    assert [line["says"] for line in held] == [says, says]
    assert {line["state"] for line in held} == {"held"}
    assert english.status_code == 200
    assert [line["state"] for line in ended] == ["done", "held", "held"]


@pytest.mark.parametrize("task", sorted(WORK.keys() - {DEMO, DRY_RUN, RENEWAL}))
async def test_of_each_job_that_somebody_asks_for_it_is_known_how_it_stands(
    library: Served, task: str
) -> None:
    """Nobody asks for a renewal; whoever tries something, or waits for the demo, looks on."""
    facts = {"job": task, "state": "held", "why": {"zh": "停电", "en": "no power"}, "name": "x"}

    says = words.said("job", facts, "zh", who=None, what="")
    for tell in (notifications.ended, partial(notifications.held_up, stuck=NOWHERE)):
        await tell(library.system.hands, task, uuid4(), workspace=library.workspace)

    assert task in jobs.BOOKS
    assert says.endswith("暂时无法继续，会自动重试：停电")


async def test_the_end_of_a_run_is_told(library: Served, ada: httpx.AsyncClient) -> None:
    begun = await ada.post(f"{API}/identity/reader/runs", json={})
    assert begun.status_code == 202, begun.text
    id_ = begun.json()["id"]

    await run(library, IDENTITY, id_)

    (line,) = await about(ada, id_)
    assert line["says"].startswith("读者查重完成，发现 ")


async def test_a_hand_over_is_one_line_for_who_gets_things(
    library: Served, ada: httpx.AsyncClient, val: httpx.AsyncClient
) -> None:
    leaver = {"login": f"leaver{next(NUMBERS)}", "name": "Leaver", "roles": ["volunteer"]}
    person = await made(ada, f"{API}/users", password="open sesame", **leaver)
    for number in range(3):
        await made(ada, READERS, name=f"R{number}", owner=person)
    await made(ada, BOOKS, title="家", owner=person)
    plan = {"others": {"user": library.ids["val"]}}
    begun = await ada.post(f"{API}/users/{person}/handover", json=plan)
    assert begun.status_code == 202, begun.text

    await run(library, HANDOVER, begun.json()["id"])
    await settled(library)

    (line,) = [one for one in await told(val) if "交接" in one["says"]]
    assert line["kind"] == "given"
    assert line["says"] in {
        "Ada把图书「家」（另有 3 条读者）交接给了您",
        "Ada把 3 条读者（另有 1 条图书）交接给了您",
    }
