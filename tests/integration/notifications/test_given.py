"""Records that come to somebody: one line for each deed, however many records, and only once."""

import httpx
from tests.integration.notifications.conftest import API, about, settled, told
from tests.served import Served

READERS = f"{API}/records/reader"


async def made(client: httpx.AsyncClient, *names: str) -> list[str]:
    answer = await client.post(READERS, json=[{"name": name} for name in names])
    assert answer.status_code == 201, answer.text
    return [one["id"] for one in answer.json()["items"]]


async def given(client: httpx.AsyncClient, ids: list[str], to: str) -> None:
    answer = await client.post(f"{READERS}/transfer", json={"ids": ids, "to": to})
    assert answer.json()["changed"] == len(ids), answer.text


async def test_whoever_is_given_a_record_is_told(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    (id_,) = await made(ada, "Kafka")

    await given(ada, [id_], library.ids["vic"])
    await settled(library)

    (line,) = await about(vic, id_)
    assert line["says"] == "Ada把读者「Kafka」转给了您"
    assert {"kind": "given", "read": False, "object": "reader", "count": 1}.items() <= line.items()
    assert line["actor"] == {"id": library.ids["ada"], "name": "Ada"}
    assert await about(ada, id_) == []


async def test_many_at_once_are_one_line(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    ids = await made(ada, *(f"Reader {number}" for number in range(12)))
    before = {one["id"] for one in await told(vic)}

    await given(ada, ids, library.ids["vic"])
    await settled(library)

    (line,) = [one for one in await told(vic) if one["id"] not in before]
    assert line["says"] == "Ada把 12 条读者转给了您"
    assert line["count"] == 12


async def test_nothing_is_told_twice_or_of_ones_own_deeds(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    (id_,) = await made(ada, "Twice")
    (own,) = await made(vic, "Own")

    await given(ada, [id_], library.ids["vic"])
    await settled(library)
    await settled(library)

    assert len(await about(vic, id_)) == 1
    assert await about(vic, own) == []
