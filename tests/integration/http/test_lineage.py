"""Where each value came from: a person, a key, a line of a file, a merge and its rule."""

import os
from typing import Any

import httpx
import pytest
from tests.served import Served

from zhike.doors.system import IMPORT

API = "/api/v1"


def phone() -> str:
    return f"139{int.from_bytes(os.urandom(4)) % 10**8:08d}"


async def made(client: httpx.AsyncClient, **values: Any) -> str:
    answer = await client.post(f"{API}/records/reader?on_duplicate=create", json=values)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def lineage(client: httpx.AsyncClient, id_: str, field: str, **more: Any) -> dict[str, Any]:
    params = {"field": field, **more}
    answer = await client.get(f"{API}/records/reader/{id_}/history", params=params)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_value_knows_who_typed_it_and_what(ada: httpx.AsyncClient, library: Served) -> None:
    number = phone()
    spaced = f"{number[:3]} {number[3:7]} {number[7:]}"
    id_ = await made(ada, name="张一", phone=spaced)
    await ada.patch(f"{API}/records/reader/{id_}", json={"name": "张乙"})

    told = await lineage(ada, id_, "phone")

    assert [one["kind"] for one in told["items"]] == ["created"]
    current = told["current"]
    assert current["value"].endswith(number)
    assert current["origin"] == {"kind": "user"}
    assert current["actor"]["id"] == library.ids["ada"]
    assert told["items"][0]["raw"] == spaced
    assert told["items"][0]["why"]
    assert (await lineage(ada, id_, "name", limit=1))["next"]


async def test_a_value_knows_the_key_it_came_with(library: Served, ada: httpx.AsyncClient) -> None:
    key = (await ada.post(f"{API}/api-keys", json={"name": "ERP 同步"})).json()
    client = library.client(authorization=f"Bearer {key['key']}")

    id_ = await made(client, name="李二", phone=phone())

    origin = (await lineage(ada, id_, "name"))["current"]["origin"]
    assert origin == {"kind": "application", "key": {"id": key["id"], "name": "ERP 同步"}}


async def test_a_value_knows_the_file_and_its_line(library: Served, ada: httpx.AsyncClient) -> None:
    numbers = phone(), phone()
    csv = f"姓名,电话\n王三,{numbers[0]}\n王四,{numbers[1]}\n".encode()
    draft = await ada.post(
        f"{API}/imports",
        files={"file": ("读者三月.csv", csv, "text/csv")},
        data={"object": "reader"},
    )
    at = draft.headers["location"]
    await ada.post(f"{at}/start")
    args = {"workspace": library.workspace, "id": draft.json()["id"]}
    await library.system.jobs.tasks[IMPORT].work(args)
    where = f'phone = "{numbers[1]}"'
    page = await ada.get(f"{API}/records/reader", params={"where": where})
    id_ = page.json()["items"][0]["id"]

    origin = (await lineage(ada, id_, "name"))["current"]["origin"]

    file = {"id": draft.json()["id"], "name": "读者三月.csv", "line": 3}
    assert origin == {"kind": "import", "import": file}


async def test_a_merged_value_knows_its_record_and_rule_and_a_parted_one_too(
    ada: httpx.AsyncClient,
) -> None:
    kept, gone = await made(ada, name="赵五"), await made(ada, name="赵伍", balance="12.50")
    merge = await ada.post(f"{API}/records/reader/{kept}/merge", json={"duplicates": [gone]})
    id_ = merge.json()["merge_id"]

    told = await lineage(ada, kept, "balance")
    origin = told["current"]["origin"]

    assert (origin["kind"], origin["merge"], origin["from"]) == ("merge", id_, gone)
    assert (origin["rule"], origin["undone"]) == ("survivor", False)
    assert told["current"]["before"]["record"] == gone
    assert told["current"]["before"]["origin"] == {"kind": "user"}
    assert [(one["merge"], one["rule"]) for one in told["merges"]] == [(id_, "survivor")]

    await ada.post(f"{API}/merges/{id_}/undo")
    after = await lineage(ada, kept, "balance")

    kinds = [one["origin"]["kind"] for one in after["items"]]
    assert kinds == ["unmerge", "merge"]
    assert after["items"][1]["origin"]["undone"] is True
    assert after["merges"][0]["undone_at"]


@pytest.mark.parametrize(
    ("field", "status"), [("name", 200), ("phone", 422), ("balance", 422), ("nothing", 422)]
)
async def test_who_does_not_see_a_field_does_not_see_where_it_came_from(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient, field: str, status: int
) -> None:
    id_ = await made(ada, name="孙六", phone=phone(), balance="8")

    answer = await lin.get(f"{API}/records/reader/{id_}/history", params={"field": field})

    assert answer.status_code == status, answer.text
    hidden = await lin.get(f"{API}/records/reader/{id_}/history", params={"field": "balance"})
    absent = await lin.get(f"{API}/records/reader/{id_}/history", params={"field": "balanca"})
    assert (hidden.status_code, hidden.json()["errors"][0]["code"]) == (
        absent.status_code,
        absent.json()["errors"][0]["code"],
    )


async def test_a_record_out_of_sight_has_no_lineage(
    ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    id_ = await made(ada, name="周七")

    answer = await vic.get(f"{API}/records/reader/{id_}/history", params={"field": "name"})

    assert answer.status_code == 404
