"""The base brought to today's standard: looked at, changed, taken back; by those who configure."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from tests.served import Served

from zhike.doors.system import STANDARDIZE
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

API = "/api/v1"


async def aged(library: Served, client: httpx.AsyncClient, mark: str, *phones: str) -> list[str]:
    """Enrol readers whose telephone numbers stand as an older standard left them."""
    rows = [{"name": f"{mark} {n}"} for n, _ in enumerate(phones)]
    answer = await client.post(f"{API}/records/reader", json=rows)
    ids = [one["id"] for one in answer.json()["items"]]
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        for id_, phone in zip(ids, phones, strict=True):
            await tx.run(
                sql(
                    "UPDATE reader SET phone = {phone} WHERE id = {id}",
                    phone=param(phone, "text"),
                    id=param(UUID(id_), "uuid"),
                )
            )
    return ids


async def worked(library: Served, run: str) -> None:
    args = {"workspace": library.workspace, "id": run}
    await library.system.jobs.tasks[STANDARDIZE].work(args)


async def looked(library: Served, client: httpx.AsyncClient, mark: str, **more: Any) -> dict:
    given = {"fields": ["phone"], "where": f'name starts with "{mark}"', **more}
    answer = await client.post(f"{API}/standardize/reader/runs", json=given)
    assert answer.status_code == 202, answer.text
    await worked(library, answer.json()["id"])
    return (await client.get(answer.headers["location"])).json()


async def phones(client: httpx.AsyncClient, ids: list[str]) -> list[str | None]:
    return [(await client.get(f"{API}/records/reader/{one}")).json()["phone"] for one in ids]


@pytest.fixture
def mark() -> str:
    return f"S{uuid4().hex[:10]}"


async def test_only_those_who_configure_come_in(
    library: Served, ada: httpx.AsyncClient, lin: httpx.AsyncClient, mark: str
) -> None:
    await aged(library, ada, mark, "139 1111 0001")
    run = (await looked(library, ada, mark))["id"]

    for client, status in ((lin, 403), (library.client(), 401)):
        answers = [
            await client.post(f"{API}/standardize/reader/runs", json={}),
            await client.get(f"{API}/standardize/runs"),
            await client.get(f"{API}/standardize/runs/{run}"),
            await client.post(f"{API}/standardize/runs/{run}/start"),
            await client.post(f"{API}/standardize/runs/{run}/undo"),
        ]
        assert [one.status_code for one in answers] == [status] * len(answers)


async def test_a_look_counts_and_shows_and_changes_nothing(
    library: Served, ada: httpx.AsyncClient, mark: str
) -> None:
    old = ["139 1111 0002", "+86-13911110003", "no number", "0571-8888 9999转12"]
    ids = await aged(library, ada, mark, *old)

    told = await looked(library, ada, mark)

    assert told["state"] == "ready"
    assert told["counts"]["records"] == 4
    assert told["counts"]["fields"] == {"phone": {"changed": 2, "unreadable": 1}}
    shown = {one["record"]: one for one in told["samples"]["phone"]}
    assert shown[ids[0]] == {
        "record": ids[0], "verdict": "changed", "old": old[0], "new": "+86-13911110002",
        "why": ["spaces", "form"],
    }  # fmt: skip
    assert shown[ids[2]]["says"] == "“no number”无法识别为电话"
    assert await phones(ada, ids) == old


async def test_a_run_is_a_line_of_each_history_and_can_be_taken_back(
    library: Served, ada: httpx.AsyncClient, mark: str
) -> None:
    old = ["139 1111 0004", "139 1111 0005", "no number"]
    ids = await aged(library, ada, mark, *old)
    run = (await looked(library, ada, mark))["id"]
    at = f"{API}/standardize/runs/{run}"

    assert (await ada.post(f"{at}/start")).status_code == 202
    await worked(library, run)
    done = (await ada.get(at)).json()
    after = await phones(ada, ids)
    history = (await ada.get(f"{API}/records/reader/{ids[0]}/history")).json()["items"][0]
    await ada.patch(f"{API}/records/reader/{ids[1]}", json={"phone": "13911110006"})
    assert (await ada.post(f"{at}/undo")).status_code == 202
    await worked(library, run)
    undone = (await ada.get(at)).json()

    assert (done["state"], done["counts"]["changed"]) == ("done", 2)
    assert after == ["+86-13911110004", "+86-13911110005", "no number"]
    assert (history["source"], history["cause"]) == ("standardize", run)
    assert history["changes"] == [{"field": "phone", "old": old[0], "new": after[0]}]
    assert undone["state"] == "undone"
    assert (undone["counts"]["changed"], undone["counts"]["left"]) == (1, 1)
    assert await phones(ada, ids) == [old[0], "+86-13911110006", "no number"]
    assert (await ada.post(f"{at}/start")).status_code == 409


async def test_what_cannot_be_looked_at_is_told_at_once(ada: httpx.AsyncClient) -> None:
    asked = [
        ("reader", {"fields": ["phone", "balance", "nothing"]}, 422),
        ("reader", {"where": "nonsense > 1"}, 422),
        ("nothing", {}, 404),
        ("reader", {"colour": "red"}, 422),
    ]

    for obj, given, status in asked:
        answer = await ada.post(f"{API}/standardize/{obj}/runs", json=given)
        assert answer.status_code == status, answer.text
    answer = await ada.post(f"{API}/standardize/reader/runs", json=asked[0][1])
    assert [one["path"] for one in answer.json()["errors"]] == ["fields[1]", "fields[2]"]


async def test_what_was_typed_is_read_again_rather_than_what_an_older_standard_made_of_it(
    library: Served, ada: httpx.AsyncClient, mark: str
) -> None:
    typed, older = "0571-8888 9999转12", "0571-88889999"
    (made,) = await aged(library, ada, mark, older)
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(
            sql(
                "INSERT INTO zk_event (source, object, record, kind, new, raw) VALUES ('ui',"
                " 'reader', {id}, 'updated', jsonb_build_object('phone', {older}),"
                " jsonb_build_object('phone', {typed}))",
                id=param(UUID(made), "uuid"),
                older=param(older, "text"),
                typed=param(typed, "text"),
            )
        )

    told = await looked(library, ada, mark)
    assert told["counts"]["fields"] == {"phone": {"changed": 1}}
    assert told["samples"]["phone"][0]["new"] == "0571-88889999-12"
    await ada.post(f"{API}/standardize/runs/{told['id']}/start")
    await worked(library, told["id"])

    assert await phones(ada, [made]) == ["0571-88889999-12"]
    record = (await ada.get(f"{API}/records/reader/{made}", params={"raw": "true"})).json()
    assert record["raw"]["phone"]["raw"] == typed, "it goes on being kept"

    await ada.patch(f"{API}/records/reader/{made}", json={"phone": "+86-13911110009"})
    assert (await looked(library, ada, mark))["counts"]["fields"] == {}
