"""What happens at the same moment: others merge, edit, link; nothing is lost and nothing torn."""

import asyncio
from typing import Any

import httpx
from tests.integration.handover.leaving import API, House
from tests.integration.merge.slow import slowly_merged
from tests.integration.merge.test_http import get, made, merged, phone

from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform


async def readers(client: httpx.AsyncClient, count: int) -> list[str]:
    return [
        await made(client, "reader", name=f"读者{n}", phone=phone(), joined=f"2020-01-0{n + 1}")
        for n in range(count)
    ]


async def test_of_two_who_merge_the_same_record_one_wins(ada: httpx.AsyncClient) -> None:
    for _ in range(5):
        a, b, c = await readers(ada, 3)
        bodies = [(a, {"duplicates": [b]}), (c, {"duplicates": [b]})]

        answers = await asyncio.gather(
            *(ada.post(f"{API}/records/reader/{one}/merge", json=body) for one, body in bodies)
        )

        assert sorted(one.status_code for one in answers) == [200, 409], [
            one.text for one in answers
        ]
        refused = next(one for one in answers if one.status_code == 409)
        assert refused.json()["errors"][0]["code"] in {"already_merged", "collided"}
        winner = a if answers[0].status_code == 200 else c
        assert (await get(ada, f"/records/reader/{b}"))["id"] == winner


async def test_two_who_merge_each_other(ada: httpx.AsyncClient) -> None:
    for _ in range(5):
        a, b = await readers(ada, 2)

        answers = await asyncio.gather(
            ada.post(f"{API}/records/reader/{a}/merge", json={"duplicates": [b]}),
            ada.post(f"{API}/records/reader/{b}/merge", json={"duplicates": [a]}),
        )

        assert [one.status_code for one in answers].count(200) == 1
        ids = {(await get(ada, f"/records/reader/{one}"))["id"] for one in (a, b)}
        assert len(ids) == 1


async def test_an_edit_at_the_same_moment_is_in_the_survivor_or_in_the_books(
    ada: httpx.AsyncClient,
) -> None:
    for n in range(8):
        a, b = await readers(ada, 2)
        given = {"joined": f"2021-02-{n + 1:02}"}

        told, changed = await asyncio.gather(
            merged(ada, a, b, joined=b), ada.patch(f"{API}/records/reader/{b}", json=given)
        )

        assert changed.status_code == 200, changed.text
        assert (await get(ada, f"/records/reader/{a}"))["joined"] == given["joined"]
        undone = await ada.post(f"{API}/merges/{told['merge_id']}/undo")
        assert undone.status_code == 200
        held = {(await get(ada, f"/records/reader/{one}"))["joined"] for one in (a, b)}
        assert given["joined"] in held


async def test_what_is_linked_at_the_same_moment_leads_to_the_survivor(
    ada: httpx.AsyncClient,
) -> None:
    for _ in range(4):
        a, b = await readers(ada, 2)
        loans = [await made(ada, "loan", reader=a, note="改") for _ in range(3)]

        told, *answers = await asyncio.gather(
            merged(ada, a, b),
            *(ada.post(f"{API}/records/loan", json={"reader": b, "note": "新"}) for _ in range(4)),
            *(ada.patch(f"{API}/records/loan/{one}", json={"reader": b}) for one in loans),
        )

        assert {one.status_code for one in answers} <= {200, 201}, [one.text for one in answers]
        for one in answers:
            loan = await get(ada, f"/records/loan/{one.json()['id']}")
            assert loan["reader"] == a
        assert (await get(ada, f"/merges/{told['merge_id']}"))["state"] == "done"


async def test_who_waited_for_the_merge_lands_on_the_survivor(
    house: House, ada: httpx.AsyncClient
) -> None:
    """The merge is held open while somebody links to the record that goes."""
    a, b = await readers(ada, 2)
    begun, done = asyncio.Event(), asyncio.Event()
    merging = asyncio.create_task(slowly_merged(house, a, b, begun=begun, done=done))
    await begun.wait()
    linking = asyncio.create_task(ada.post(f"{API}/records/loan", json={"reader": b, "note": "x"}))
    changing = asyncio.create_task(ada.patch(f"{API}/records/reader/{b}", json={"name": "迟到"}))
    await asyncio.sleep(0.5)
    assert not linking.done()
    assert not changing.done()

    done.set()
    await merging

    loan, changed = await linking, await changing
    assert loan.status_code == 201, loan.text
    assert (await get(ada, f"/records/loan/{loan.json()['id']}"))["reader"] == a
    assert (changed.status_code, changed.json()["id"]) == (200, a), changed.text


async def test_two_who_take_it_back_at_once(ada: httpx.AsyncClient) -> None:
    a, b = await readers(ada, 2)
    told = await merged(ada, a, b)

    answers = await asyncio.gather(
        *(ada.post(f"{API}/merges/{told['merge_id']}/undo") for _ in range(4))
    )

    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]


async def test_nothing_of_a_merge_that_fails_stays(house: House, ada: httpx.AsyncClient) -> None:
    a, b = await readers(ada, 2)
    before = await _everything(house)
    book = await made(ada, "book", title="书", isbn=phone())
    other = await made(ada, "book", title="书二", isbn=phone())

    answer = await ada.post(
        f"{API}/records/reader/{a}/merge", json={"duplicates": [b, book, other]}
    )

    assert answer.status_code == 404
    assert await _everything(house) == before


async def _everything(house: House) -> Any:
    async with house.served.system.db.reading(platform(), house.served.workspace) as tx:
        return await tx.rows(
            sql("SELECT (SELECT count(*) FROM zk_merge), (SELECT count(*) FROM zk_merge_part)")
        )
