"""The clusters of an identity run merged as one job, which survives being killed, and parted."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx
import pytest
from tests.integration.handover.leaving import API, House
from tests.integration.merge.test_http import get, made, phone
from tests.killed import killed_in

from zhike.doors.system import MERGE, MERGE_UNDO
from zhike.hub.merge import many
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform


async def run_of(house: House, *clusters: Sequence[str], scores: Sequence[float] = ()) -> str:
    """Write down a run that is over and found these clusters."""
    async with house.served.system.db.transaction(platform(), house.served.workspace) as tx:
        run: UUID = await tx.value(
            sql(
                "INSERT INTO zk_identity_run (object, threshold, state)"
                " VALUES ('reader', 0.5, 'done') RETURNING id"
            )
        )
        for number, records in enumerate(clusters):
            score = scores[number] if scores else 0.999
            first, *others = sorted(records)
            for one in (first, *others):
                await tx.run(
                    sql(
                        "INSERT INTO zk_identity_cluster VALUES ({run}, {number}, {one})",
                        run=param(run, "uuid"),
                        number=param(number, "integer"),
                        one=param(one, "uuid"),
                    )
                )
            for one in others:
                await tx.run(
                    sql(
                        "INSERT INTO zk_identity_pair (run, a, b, score, levels, joined)"
                        " VALUES ({run}, {a}, {b}, {score}, '', true)",
                        run=param(run, "uuid"),
                        a=param(first, "uuid"),
                        b=param(one, "uuid"),
                        score=param(score, "double precision"),
                    )
                )
    return str(run)


async def pairs(client: httpx.AsyncClient, count: int, **more: Any) -> list[tuple[str, str]]:
    return [
        (
            await made(client, "reader", name=f"甲{n}", phone=phone(), **more),
            await made(client, "reader", name=f"乙{n}", joined="2020-01-02", **more),
        )
        for n in range(count)
    ]


async def work(house: House, task: str, id_: str) -> None:
    """Do what the worker does."""
    args = {"workspace": house.served.workspace, "id": id_}
    await house.served.system.jobs.tasks[task].work(args)


async def test_sure_clusters_are_merged_and_parted_as_a_whole(
    house: House, ada: httpx.AsyncClient
) -> None:
    sure = await pairs(ada, 4)
    doubtful = await pairs(ada, 1)
    loan = await made(ada, "loan", reader=sure[0][1], note="一")
    run = await run_of(house, *sure, *doubtful, scores=[0.999] * 4 + [0.9])
    asked = [await get(ada, f"/identity/runs/{run}/merge?min_score={one}") for one in (0.99, 0.5)]

    begun = await ada.post(f"{API}/identity/runs/{run}/merge", json={"min_score": 0.99})
    again = await ada.post(f"{API}/identity/runs/{run}/merge", json={"min_score": 0.99})
    await work(house, MERGE, begun.json()["id"])
    state = await get(ada, f"/identity/runs/{run}/merge")

    assert [(one["state"], one["would"]) for one in asked] == [("none", 4), ("none", 5)]
    assert (begun.status_code, begun.json()["state"], begun.json()["total"]) == (202, "waiting", 4)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "merges_under_way")
    assert (state["state"], state["outcomes"], state["done"]) == ("done", {"merged": 4}, 4)
    assert state == await get(ada, f"/merges/{state['id']}")
    for kept, gone in sure:
        one = await get(ada, f"/records/reader/{gone}")
        assert (one["id"], one["joined"]) == (kept, "2020-01-02")
    assert (await get(ada, f"/records/loan/{loan}"))["reader"] == sure[0][0]
    assert (await get(ada, f"/records/reader/{doubtful[0][1]}"))["id"] == doubtful[0][1]
    history = (await get(ada, f"/records/reader/{sure[0][0]}/history"))["items"]
    assert history[0]["cause"] == state["id"]

    undone = await ada.post(f"{API}/merges/{state['id']}/undo")
    await work(house, MERGE_UNDO, state["id"])
    state = await get(ada, f"/identity/runs/{run}/merge")

    assert undone.status_code == 202
    assert (state["state"], state["outcomes"]) == ("undone", {"undone": 4})
    for kept, gone in sure:
        assert (await get(ada, f"/records/reader/{gone}"))["id"] == gone
        assert (await get(ada, f"/records/reader/{kept}"))["joined"] is None
    assert (await get(ada, f"/records/loan/{loan}"))["reader"] == sure[0][1]
    twice = await ada.post(f"{API}/identity/runs/{run}/merge/undo")
    assert (twice.status_code, twice.json()["errors"][0]["code"]) == (409, "not_undoable")


async def test_a_killed_job_goes_on_where_it_was(house: House, ada: httpx.AsyncClient) -> None:
    clusters = await pairs(ada, 9)
    run = await run_of(house, *clusters)
    begun = await ada.post(f"{API}/identity/runs/{run}/merge", json={})
    system, workspace, id_ = house.served.system, house.served.workspace, begun.json()["id"]
    await killed_in(system, workspace, (MERGE, id_), chunk=2, batch=3, action="delete")

    halfway = await get(ada, f"/merges/{id_}")
    await asyncio.gather(
        *(many.run_many(system.hands, UUID(id_), workspace=workspace, chunk=2) for _ in range(2))
    )
    state = await get(ada, f"/merges/{id_}")

    assert (halfway["state"], halfway["outcomes"]) == ("running", {"merged": 4})
    assert (state["state"], state["outcomes"]) == ("done", {"merged": 9})
    for kept, _ in clusters:
        assert len((await get(ada, f"/records/reader/{kept}/merges"))["items"]) == 1


async def test_the_rights_of_whoever_asks_hold_for_each_record(
    house: House, ada: httpx.AsyncClient
) -> None:
    person = await house.hire("own")
    client = await house.login(person)
    mine = await pairs(ada, 1, owner=person)
    foreign = await pairs(ada, 1)
    mixed = (mine[0][0], foreign[0][0])
    run = await run_of(house, mine[0], foreign[0])
    other = await run_of(house, mixed)

    begun = await client.post(f"{API}/identity/runs/{run}/merge", json={})
    await work(house, MERGE, begun.json()["id"])
    state = await get(client, f"/identity/runs/{run}/merge")
    begun = await client.post(f"{API}/identity/runs/{other}/merge", json={})
    await work(house, MERGE, begun.json()["id"])

    assert state["outcomes"] == {"merged": 1, "refused": 1}
    assert (await get(ada, f"/records/reader/{foreign[0][1]}"))["id"] == foreign[0][1]
    assert (await get(client, f"/identity/runs/{other}/merge"))["outcomes"] == {"refused": 1}


async def test_what_was_merged_again_since_is_kept_and_told(
    house: House, ada: httpx.AsyncClient
) -> None:
    clusters = await pairs(ada, 3)
    run = await run_of(house, *clusters)
    begun = await ada.post(f"{API}/identity/runs/{run}/merge", json={})
    await work(house, MERGE, begun.json()["id"])
    later = await made(ada, "reader", name="丙", phone=phone())
    body = {"duplicates": [clusters[1][0]]}
    assert (await ada.post(f"{API}/records/reader/{later}/merge", json=body)).status_code == 200

    await ada.post(f"{API}/identity/runs/{run}/merge/undo")
    await work(house, MERGE_UNDO, begun.json()["id"])

    state = await get(ada, f"/identity/runs/{run}/merge")
    assert (state["state"], state["outcomes"]) == ("undone", {"undone": 2, "kept": 1})
    assert (await get(ada, f"/records/reader/{clusters[1][1]}"))["id"] == later


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("00000000-0000-0000-0000-000000000000/merge", {}, 404),
        ("$run/merge", {"min_score": 2}, 422),
        ("$run/merge", {"score": 0.5}, 422),
        ("$run/merge/undo", None, 404),
    ],
)
async def test_what_cannot_be_is_told(  # noqa: PLR0917 - the case
    house: House, ada: httpx.AsyncClient, path: str, body: Any, status: int
) -> None:
    run = await run_of(house)

    answer = await ada.post(f"{API}/identity/runs/{path.replace('$run', run)}", json=body)

    assert answer.status_code == status, answer.text
