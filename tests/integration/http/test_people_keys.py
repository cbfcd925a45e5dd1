"""API keys that do less than their owner: scopes, requests per minute, keys that make keys."""

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.served import Served

from zhike.doors.system import System
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.store.accounts.faults import TooManyRequests
from zhike.store.accounts.keys import Allowances

KEYS = "/api/v1/api-keys"
BOOKS = "/api/v1/records/book"
ME = "/api/v1/me"


async def made(client: httpx.AsyncClient, **given: Any) -> dict[str, Any]:
    answer = await client.post(KEYS, json={"name": "k", **given})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def bearer(library: Served, key: dict[str, Any], **headers: str) -> httpx.AsyncClient:
    return library.client(authorization=f"Bearer {key['key']}", **headers)


async def test_a_key_does_what_its_scopes_say_and_no_more(
    library: Served, lin: httpx.AsyncClient
) -> None:
    program = bearer(library, await made(lin, scopes=["book:read"]))

    answers = [
        await program.get(BOOKS),
        await program.post(BOOKS, json={"title": "Narrow"}),
        await program.get("/api/v1/records/reader"),
        await program.post("/api/v1/exports", json={"object": "book", "format": "csv"}),
    ]

    assert [one.status_code for one in answers][:3] == [200, 403, 403]
    assert answers[3].status_code == 403
    described = (await program.get(ME)).json()["objects"]
    assert described["book"]["read"]
    assert not described["book"]["create"]


async def test_a_star_stands_for_every_action(library: Served, lin: httpx.AsyncClient) -> None:
    program = bearer(library, await made(lin, scopes=["book:*"]))

    assert (await program.post(BOOKS, json={"title": "Star"})).status_code == 201
    assert (await program.get("/api/v1/records/reader")).status_code == 403


@pytest.mark.parametrize(
    "scope", ["book", "boook:read", "book:reed", "book:people", ":read", "book:", "book:button:a b"]
)
async def test_a_scope_that_means_nothing_is_refused(ada: httpx.AsyncClient, scope: str) -> None:
    answer = await ada.post(KEYS, json={"name": "k", "scopes": ["book:read", scope]})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "scopes[1]"


async def test_a_narrow_key_keeps_no_people_and_no_configuration(
    library: Served, ada: httpx.AsyncClient
) -> None:
    narrow = bearer(library, await made(ada, scopes=["book:*", "reader:*"]))
    keeper = bearer(library, await made(ada, scopes=["*:people"]))
    stranger = library.ids["vic"]

    assert (await narrow.get("/api/v1/config/role")).status_code == 403
    assert (
        await narrow.patch(f"/api/v1/users/{stranger}", json={"number": "9"})
    ).status_code == 403
    assert (
        await keeper.patch(f"/api/v1/users/{stranger}", json={"number": "9"})
    ).status_code == 200
    assert (await keeper.get("/api/v1/config/role")).status_code == 403
    assert (await keeper.get(BOOKS)).status_code == 403


async def test_a_key_never_makes_a_wider_key(library: Served, lin: httpx.AsyncClient) -> None:
    soon = datetime.now(UTC) + timedelta(days=1)
    first = await made(lin, scopes=["book:*"], per_minute=600, expires_at=soon.isoformat())
    program = bearer(library, first)

    inherited = await made(program)
    less = await made(program, scopes=["book:read"], per_minute=10)
    wider = [
        await program.post(KEYS, json={"name": "k", "scopes": scopes})
        for scopes in (["reader:read"], ["book:read", "*:*"], ["*:read"])
    ]

    assert (inherited["scopes"], inherited["per_minute"]) == (["book:*"], 600)
    assert inherited["expires_at"] is not None
    assert inherited["made_by"] == first["id"]
    assert (less["scopes"], less["per_minute"]) == (["book:read"], 10)
    assert [one.status_code for one in wider] == [403, 403, 403]
    assert wider[0].json()["errors"][0]["code"] == "wider_key"
    assert (await bearer(library, inherited).get("/api/v1/records/reader")).status_code == 403


async def test_what_a_key_made_ends_with_it(library: Served, lin: httpx.AsyncClient) -> None:
    first = await made(lin)
    second = bearer(library, await made(bearer(library, first)))
    assert (await second.get(ME)).status_code == 200

    await lin.delete(f"{KEYS}/{first['id']}")

    assert (await second.get(ME)).status_code == 401


async def test_a_narrow_key_ends_no_other_key(library: Served, lin: httpx.AsyncClient) -> None:
    other, own = await made(lin), await made(lin, scopes=["book:read"])
    program = bearer(library, own)

    assert (await program.delete(f"{KEYS}/{other['id']}")).status_code == 403
    assert (await program.delete(f"{KEYS}/{own['id']}")).status_code == 204
    assert (await program.get(ME)).status_code == 401


async def test_a_key_touches_nothing_by_which_its_owner_signs_in(
    library: Served, lin: httpx.AsyncClient
) -> None:
    program = bearer(library, await made(lin))
    given = {"old": "x", "new": "y"}

    answers = [
        await program.post(f"{ME}/password", json=given),
        await program.get(f"{ME}/sessions"),
        await program.delete(f"{ME}/sessions"),
        await program.delete(f"{ME}/sessions/{uuid4()}"),
    ]

    assert {one.status_code for one in answers} == {403}
    assert {one.json()["errors"][0]["code"] for one in answers} == {"not_with_a_key"}


async def test_where_and_when_a_key_was_used_is_known(
    library: Served, lin: httpx.AsyncClient
) -> None:
    key = await made(lin)
    await bearer(library, key).get(ME)

    listed = (await lin.get(KEYS)).json()["items"]
    one = next(one for one in listed if one["id"] == key["id"])

    assert one["used_ip"] == "10.1.2.3"
    assert one["used_at"] is not None


async def test_a_key_makes_so_many_requests_a_minute(
    library: Served, lin: httpx.AsyncClient
) -> None:
    key = await made(lin, per_minute=5)
    program, offspring = bearer(library, key), bearer(library, await made(lin, per_minute=5))
    codes = [(await program.get(ME)).status_code for _ in range(4)]
    child = bearer(library, await made(program))

    refused = [await child.get(ME), await program.get(ME)]

    assert codes == [200] * 4
    assert [one.status_code for one in refused] == [429, 429]
    assert 1 <= int(refused[0].headers["retry-after"]) <= 12
    assert (await offspring.get(ME)).status_code == 200
    assert (await lin.get(ME)).status_code == 200


async def test_processes_share_the_requests_of_a_key(
    system: System, library: Served, lin: httpx.AsyncClient
) -> None:
    key = await made(lin, per_minute=120)
    async with system.db.reading(platform(), library.workspace) as tx:
        id_ = await tx.value(sql("SELECT id FROM zhike.api_key ORDER BY id DESC LIMIT 1"))
    assert str(id_) == key["id"]
    processes = [Allowances(system.db) for _ in range(4)]

    async def spent(process: Allowances) -> int:
        count = 0
        try:
            while True:
                await process.spend(library.workspace, id_, 120)
                count += 1
        except TooManyRequests:
            return count

    begun = monotonic()
    counts = await asyncio.gather(*map(spent, processes))
    seconds = monotonic() - begun

    assert 120 <= sum(counts) <= 120 + 2 * seconds + len(processes)
