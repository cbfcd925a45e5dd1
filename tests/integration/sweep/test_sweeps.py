"""One thing done to more records than a request should wait for."""

from typing import Any

import pytest
from tests.integration.sweep.shelves import API, BOOKS, MANY, Shelves, begun

from zhike.hub import notifications
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform
from zhike.store.read.faults import FoundOthers


async def test_a_change_is_a_job_that_is_told_and_taken_back(shelves: Shelves) -> None:
    where = await shelves.fill()
    body = {"where": where, "set": {"pages": 7}, "expected": MANY}

    asked = await shelves.ada.patch(BOOKS, json=body)
    id_ = begun(asked)
    at_once = await shelves.count(f"{where} and pages = 7")
    await shelves.run(id_)
    done, changed = await shelves.state(id_), await shelves.count(f"{where} and pages = 7")
    undone = await shelves.undo(id_)

    assert (asked.json()["state"], at_once) == ("waiting", 0)
    assert (done["state"], done["total"], done["passed"], changed) == ("done", MANY, MANY, MANY)
    assert (done["changed"], done["refused"], done["undoable"]) == (MANY, 0, True)
    assert done["rate"] > 0
    assert done["eta"] is None
    assert (undone["state"], undone["undone"], undone["kept"]) == ("undone", MANY, 0)
    assert await shelves.count(f"{where} and pages = 1") == len(range(1, MANY + 1, 3))
    assert not undone["undoable"]


async def test_few_are_done_at_once(shelves: Shelves) -> None:
    where = await shelves.fill(1_000)

    done = await shelves.ada.patch(BOOKS, json={"where": where, "set": {"pages": 9}})

    assert (done.status_code, done.json()["changed"]) == (200, 1_000)


async def test_named_records_are_a_job_too(shelves: Shelves) -> None:
    where = await shelves.fill()
    ids = []
    cursor: str | None = ""
    while cursor is not None:
        page = {"where": where, "select": "id", "limit": "1000", "cursor": cursor}
        told = (await shelves.ada.get(BOOKS, params={k: v for k, v in page.items() if v})).json()
        ids += [one["id"] for one in told["items"]]
        cursor = told["next"]

    wrong = await shelves.ada.patch(BOOKS, json={"ids": ids, "set": {"pages": 3}, "expected": 5})
    id_ = begun(await shelves.ada.patch(BOOKS, json={"ids": ids, "set": {"pages": 3}}))
    await shelves.run(id_)

    assert wrong.status_code == 409
    assert (await shelves.state(id_))["total"] == MANY
    assert await shelves.count(f"{where} and pages = 3") == MANY


async def test_nothing_begins_if_others_answer_than_were_confirmed(shelves: Shelves) -> None:
    where = await shelves.fill()

    told = await shelves.ada.patch(
        BOOKS, json={"where": where, "set": {"pages": 9}, "expected": MANY - 1}
    )

    assert told.status_code == 409, told.text
    assert told.json()["type"].endswith("found_others")


async def test_nothing_is_done_if_others_answer_when_it_begins(shelves: Shelves) -> None:
    where = await shelves.fill()
    body = {"where": where, "set": {"pages": 9}, "expected": MANY}
    id_ = begun(await shelves.ada.patch(BOOKS, json=body))
    shelf = where.split('"')[1]
    await shelves.ada.post(BOOKS, json={"title": f"{shelf}later"})

    with pytest.raises(FoundOthers):
        await shelves.run(id_)

    state = await shelves.state(id_)
    assert (state["state"], state["changed"], state["undoable"]) == ("failed", 0, False)
    assert str(MANY + 1) in state["stopped"]["zh"]
    assert await shelves.count(f"{where} and pages = 9") == 0


async def test_what_is_thrown_away_comes_back(shelves: Shelves) -> None:
    where = await shelves.fill()

    gone = begun(await shelves.ada.post(f"{BOOKS}/delete", json={"where": where}))
    await shelves.run(gone)
    left = await shelves.count(where)
    undone = await shelves.undo(gone)
    back = await shelves.count(where)
    again = begun(await shelves.ada.post(f"{BOOKS}/delete", json={"where": where}))
    await shelves.run(again)
    restored = begun(
        await shelves.ada.post(f"{BOOKS}/restore", json={"where": where, "expected": MANY})
    )
    await shelves.run(restored)
    there = await shelves.count(where)
    page = await shelves.ada.get(BOOKS, params={"where": where, "select": "id", "limit": 1})
    (touched,) = (one["id"] for one in page.json()["items"])
    await shelves.ada.patch(f"{BOOKS}/{touched}", json={"remark": "看过"})
    binned = await shelves.undo(restored)

    assert (left, undone["undone"], back) == (0, MANY, MANY)
    assert there == MANY
    assert (binned["state"], binned["undone"], binned["kept"]) == ("undone", MANY - 1, 1)
    assert await shelves.left(restored) == {touched: "changed_since"}
    assert (await shelves.count(where), await shelves.count(where, deleted=True)) == (1, MANY - 1)


async def test_what_is_given_away_is_one_line_for_who_gets_it(shelves: Shelves) -> None:
    where = await shelves.fill()
    person, client = await shelves.hire("volunteer")
    served = shelves.served

    id_ = begun(await shelves.ada.post(f"{BOOKS}/transfer", json={"where": where, "to": person}))
    await shelves.run(id_, chunk=400)
    while await notifications.tell(shelves.hands, served.workspace, "changes"):
        pass
    told = (await client.get(f"{API}/notifications")).json()["items"]

    assert (await shelves.state(id_))["changed"] == MANY
    assert await shelves.count(f'{where} and owner = "{person}"') == MANY
    assert [one["count"] for one in told if one["kind"] == "given"] == [MANY]


async def test_lists_get_more_and_lose_it_again(shelves: Shelves) -> None:
    where = await shelves.fill()
    few = await shelves.ada.get(BOOKS, params={"where": where, "select": "id", "limit": 2})
    ids = [one["id"] for one in few.json()["items"]]
    await shelves.ada.patch(BOOKS, json={"ids": ids, "set": {"tags": ["b", "x"]}})

    id_ = begun(await shelves.ada.patch(BOOKS, json={"where": where, "add": {"tags": ["a", "b"]}}))
    await shelves.run(id_)
    both = await shelves.count(f'{where} and tags contains "a" and tags contains "b"')
    kept = await shelves.ada.get(f"{BOOKS}/{ids[0]}")
    undone = await shelves.undo(id_)
    after = await shelves.ada.get(f"{BOOKS}/{ids[0]}")

    assert both == MANY
    assert kept.json()["tags"] == ["b", "x", "a"]
    assert undone["undone"] == MANY
    assert after.json()["tags"] == ["b", "x"]
    assert await shelves.count(f'{where} and tags contains "a"') == 0


async def test_what_somebody_changed_since_stays_and_is_told(shelves: Shelves) -> None:
    where = await shelves.fill()
    id_ = begun(await shelves.ada.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))
    await shelves.run(id_)
    page = await shelves.ada.get(BOOKS, params={"where": where, "select": "id", "limit": 3})
    one, other, third = (each["id"] for each in page.json()["items"])
    await shelves.ada.patch(f"{BOOKS}/{one}", json={"pages": 50})
    await shelves.ada.patch(f"{BOOKS}/{other}", json={"remark": "看过"})
    await shelves.ada.delete(f"{BOOKS}/{third}")

    undone = await shelves.undo(id_)
    told = (await shelves.ada.get(f"{API}/sweeps/{id_}/refusals")).json()["items"]

    assert (undone["undone"], undone["kept"]) == (MANY - 2, 2)
    assert {each["outcome"] for each in told} == {"kept"}
    assert [each["record"]["id"] for each in told if each["record"]] == [one]
    assert (await shelves.ada.get(f"{BOOKS}/{one}")).json()["pages"] == 50
    assert (await shelves.ada.get(f"{BOOKS}/{other}")).json()["pages"] < 3


async def test_the_end_is_told_once(shelves: Shelves) -> None:
    where = await shelves.fill()
    _, client = await shelves.hire("librarian")
    id_ = begun(await client.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))
    done = await shelves.run(id_)

    for _ in range(2):
        await notifications.ended(
            shelves.hands, "sweep", done.id, workspace=shelves.served.workspace
        )
    told = (await client.get(f"{API}/notifications")).json()["items"]

    assert [(one["kind"], one["job"], one["state"]) for one in told] == [("job", "sweep", "done")]
    assert f"{MANY:,}" in told[0]["says"]


async def test_who_began_it_and_who_broke_it_off_is_noted(shelves: Shelves) -> None:
    where = await shelves.fill()
    id_ = begun(await shelves.ada.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))
    await shelves.ada.post(f"{API}/sweeps/{id_}/cancel")

    served = shelves.served
    asked = sql(
        "SELECT act FROM zk_operation WHERE target = {id} ORDER BY seq", id=param(id_, "text")
    )
    async with served.system.db.reading(platform(), served.workspace) as tx:
        acts = [act for (act,) in await tx.rows(asked)]

    assert acts == ["sweep.started", "sweep.cancelled"]


WRONG: list[dict[str, Any]] = [{"to": "nobody"}, {"to": "00000000-0000-7000-8000-000000000000"}]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
async def test_nobody_cannot_be_given_anything(shelves: Shelves, wrong: dict[str, Any]) -> None:
    where = await shelves.fill()

    told = await shelves.ada.post(f"{BOOKS}/transfer", json={"where": where, **wrong})

    assert told.status_code == 422, told.text
