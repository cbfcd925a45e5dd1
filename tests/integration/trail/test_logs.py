"""The logs over HTTP: for those who audit; one's own sign-ins for everybody."""

import csv
import io
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from tests.integration.trail.club import IDENTITY, member
from tests.integration.trail.conftest import Notes
from tests.served import Served

LOGS = ("operations", "sign-ins", "changes")


@pytest.mark.parametrize("path", [*LOGS, "verify", "operations/export"])
async def test_only_those_who_audit_read_the_logs(
    club: Served, tess: httpx.AsyncClient, aud: httpx.AsyncClient, path: str
) -> None:
    assert (await tess.get(f"/api/v1/logs/{path}")).status_code == 403
    assert (await club.client().get(f"/api/v1/logs/{path}")).status_code == 401
    assert (await aud.get(f"/api/v1/logs/{path}")).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_nobody_writes_or_deletes_a_log(
    club: Served, aud: httpx.AsyncClient, method: str
) -> None:
    ada = await club.signed_in("ada")
    for path in (*LOGS, "operations/1", "verify"):
        for client in (ada, aud):
            answer = await client.request(method, f"/api/v1/logs/{path}")
            assert answer.status_code in {404, 405}


async def test_operations_are_found_by_who_what_when_and_words(
    club: Served, aud: httpx.AsyncClient
) -> None:
    ada = await club.signed_in("ada")
    view = {"kind": "view", "key": "sought", "object": "member", "label": "找", "select": ["name"]}
    await ada.put("/api/v1/config/view/sought", json=view)

    async def found(**asked: Any) -> list[str]:
        answer = await aud.get("/api/v1/logs/operations", params={"limit": 1000, **asked})
        assert answer.status_code == 200, answer.text
        return [one["target"] for one in answer.json()["items"]]

    assert "sought" in await found(actor=club.ids["ada"])
    assert "sought" not in await found(actor=club.ids["tess"])
    assert await found(act="document.added", target="sought") == ["sought"]
    assert await found(object="view", search="sought") == ["sought"]
    assert await found(target="sought", until="2020-01-01T00:00:00Z") == []
    assert await found(target="sought", **{"from": "2020-01-01T00:00:00Z"}) == ["sought"]
    assert await found(search="100%") == []


async def test_a_log_is_paged_without_gaps(aud: httpx.AsyncClient, club: Served) -> None:
    for _ in range(5):
        await club.signed_in("tess")
    asked: dict[str, Any] = {"limit": 2}
    seen: list[int] = []
    while True:
        page = (await aud.get("/api/v1/logs/sign-ins", params=asked)).json()
        seen.extend(one["seq"] for one in page["items"])
        if page["next"] is None:
            break
        asked = {"limit": 2, "cursor": page["next"]}

    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) >= 5


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"cursor": "nonsense"}, 422),
        ({"cursor": "WzFlOTk5XQ"}, 422),
        ({"cursor": "Wy0xXQ"}, 422),
        ({"limit": 0}, 422),
        ({"actor": "nobody"}, 422),
        ({"from": "yesterday"}, 422),
        ({"from": "2020-01-01T00:00:00"}, 422),
        ({"wrong": "1"}, 422),
        ({"search": "\x00"}, 400),
        ({"act": "'; DROP TABLE zk_operation; --"}, 200),
        ({"search": "\\"}, 200),
    ],
)
async def test_bad_questions_are_told(
    aud: httpx.AsyncClient, asked: dict[str, Any], status: int
) -> None:
    for log in LOGS:
        answer = await aud.get(f"/api/v1/logs/{log}", params=asked)
        assert answer.status_code == status, (log, answer.text)


async def test_there_is_no_other_log(aud: httpx.AsyncClient) -> None:
    answer = await aud.get("/api/v1/logs/secrets")

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "unknown_log")


async def test_an_auditor_sees_that_something_changed_and_values_only_within_sight(
    tess: httpx.AsyncClient, aud: httpx.AsyncClient
) -> None:
    """The role hides identities, masks phones, and has no sight of those who left."""
    inside = await member(tess, name="甲一")
    outside = await member(tess, name="乙一", stage="退会")

    items = (await aud.get("/api/v1/logs/changes", params={"limit": 50})).json()["items"]

    mine = {one["record"]: one for one in items if one["record"] in {inside, outside}}
    assert mine[inside]["seen"]
    assert mine[inside]["title"] == "甲一"
    changes = {one["field"]: one["new"] for one in mine[inside]["changes"]}
    assert changes["phone"] == "138****5678"
    assert "identity" not in changes
    assert (mine[outside]["seen"], mine[outside]["title"]) == (False, None)
    assert mine[outside]["changes"] is None
    assert mine[outside]["actor"]["name"] == "Tess"
    assert (mine[outside]["object"], mine[outside]["kind"]) == ("member", "created")
    assert IDENTITY not in str(items)
    assert "乙一" not in str(items)
    assert "13812345678" not in str(items)


async def test_words_are_not_looked_for_in_values_of_changes(
    tess: httpx.AsyncClient, aud: httpx.AsyncClient
) -> None:
    """Finding something there would tell what it is."""
    record = await member(tess, name="丙一", note="绝密")

    for words in ("绝密", IDENTITY, "丙一", "13812345678"):
        answer = await aud.get("/api/v1/logs/changes", params={"search": words})
        assert answer.json()["items"] == []
    found = (await aud.get("/api/v1/logs/changes", params={"target": record})).json()["items"]
    assert [one["record"] for one in found] == [record]


async def test_a_log_leaves_as_a_file_and_that_is_noted(
    aud: httpx.AsyncClient, tess: httpx.AsyncClient, notes: Notes, tmp_path: Path
) -> None:
    await member(tess, name="丁一", note="=1+1")
    before = len(await notes.of("log.exported"))

    sheet = await aud.get("/api/v1/logs/changes/export", params={"format": "xlsx"})
    text = await aud.get("/api/v1/logs/operations/export", params={"format": "csv", "act": "app."})

    (tmp_path / "log.xlsx").write_bytes(sheet.content)
    lines = list(openpyxl.load_workbook(tmp_path / "log.xlsx").worksheets[0].values)
    assert IDENTITY not in str(lines)
    assert any("丁一" in line for line in lines)
    rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert any("app.installed" in row for row in rows)
    assert text.headers["content-disposition"] == 'attachment; filename="operations.csv"'
    first, second = (await notes.of("log.exported"))[before:]
    assert (first["target"], second["target"]) == ("changes", "operations")
    assert second["new"] == {"format": "csv", "count": 1, "asked": {"act": "app."}}


async def test_everybody_reads_their_own_sign_ins_and_nobody_elses(club: Served) -> None:
    tess = await club.signed_in("tess")
    wrong = {"login": "tess", "password": "wrong"}
    await club.client().post("/api/v1/auth/login", json=wrong)

    items = (await tess.get("/api/v1/me/sign-ins")).json()["items"]

    assert {one["login"] for one in items} == {"tess"}
    assert {one["user"]["id"] for one in items} == {club.ids["tess"]}
    assert {"signed_in", "wrong"} <= {one["outcome"] for one in items}
    assert items[0]["ip"] == "10.1.2.3"


async def test_verification_says_what_it_found_and_is_noted(
    aud: httpx.AsyncClient, notes: Notes
) -> None:
    before = len(await notes.of("log.verified"))

    told = (await aud.get("/api/v1/logs/verify")).json()

    assert told["sound"]
    assert [one["log"] for one in told["items"]] == ["operations", "sign-ins", "changes"]
    wrong = await aud.get("/api/v1/logs/verify", params={"head": "changes:x"})
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (400, "not_this_head")
    cut = await aud.get(
        "/api/v1/logs/verify", params={"log": "changes", "head": "changes:999:" + "0" * 64}
    )
    assert not cut.json()["sound"]
    assert [one["kind"] for one in cut.json()["items"][0]["findings"]] == ["cut_short"]
    assert len(await notes.of("log.verified")) == before + 2
