"""People stand in more fields than that of the owner; and some who take over are away."""

from uuid import UUID

from tests.integration.handover.leaving import API, House

from zhike.doors.system import HANDOVER, HANDOVER_UNDO
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

ERRAND = {
    "kind": "object", "key": "errand", "label": {"zh": "差事", "en": "Errand"}, "title": "name",
    "fields": [
        {"key": "name", "kind": "text", "label": "名称"},
        {"key": "assignee", "kind": "user", "label": "经办人"},
        {"key": "watchers", "kind": "users", "label": "关注人"},
        {"key": "signed_by", "kind": "user", "label": "签字人"},
    ],
}  # fmt: skip


async def with_errands(house: House) -> None:
    answer = await house.ada.put(f"{API}/config/object/errand", json=ERRAND)
    assert answer.is_success, answer.text


async def errand(house: House, record: str) -> dict:
    return dict((await house.ada.get(f"{API}/records/errand/{record}")).json())


async def test_other_fields_go_along_if_they_are_named(house: House) -> None:
    await with_errands(house)
    boss = await house.hire()
    person, one, two = await house.hire(manager=boss), await house.hire(), await house.hire()
    given = {"name": "跑腿", "assignee": person, "signed_by": person}
    (first,) = await house.own(boss, "errand", {**given, "watchers": [one, person]})
    (second,) = await house.own(boss, "errand", {**given, "watchers": [person, two]})
    plan = {
        "errand.assignee": [{"to": {"manager": True}}],
        "errand.watchers": [{"to": {"user": two}}],
    }

    survey = (await house.ada.get(f"{API}/users/{person}/handover")).json()
    state = await house.hand_over(person, objects=plan, disable=True)
    moved = [await errand(house, it) for it in (first, second)]
    undone = await house.undo(state["id"])
    back = [await errand(house, it) for it in (first, second)]

    counts = {one["key"]: one["count"] for one in survey["objects"] if one["object"] == "errand"}
    assert counts == {
        "errand": 0, "errand.assignee": 2, "errand.watchers": 2, "errand.signed_by": 2,
    }  # fmt: skip
    assert (state["state"], state["outcomes"]) == ("done", {"moved": 4})
    assert [it["assignee"] for it in moved] == [boss, boss]
    assert [it["watchers"] for it in moved] == [[one, two], [two]]
    assert [it["signed_by"] for it in moved] == [person, person]
    assert undone["outcomes"] == {"undone": 4}
    assert [it["assignee"] for it in back] == [person, person]
    assert [sorted(it["watchers"]) for it in back] == [
        sorted([one, person]), sorted([person, two]),
    ]  # fmt: skip


async def test_a_pool_is_for_owners_only(house: House) -> None:
    await with_errands(house)
    person = await house.hire()
    hall = (await house.ada.post(f"{API}/departments", json={"name": "部门"})).json()["id"]

    answer = await house.preview(person, objects={"errand.assignee": [{"to": {"pool": hall}}]})

    assert answer.json()["errors"][0]["code"] == "owner_only"


async def test_who_is_away_is_told_with_the_deputy(house: House) -> None:
    person, deputy, away = [await house.hire(name=one) for one in ("走", "代理人", "请假人")]
    absent = sql(
        "UPDATE zk_user SET absent_from = now() - interval '1 hour', deputy = {deputy}"
        " WHERE id = {away}",
        deputy=param(UUID(deputy), "uuid"),
        away=param(UUID(away), "uuid"),
    )
    served = house.served
    async with served.system.db.transaction(platform(), served.workspace) as tx:
        await tx.run(absent)

    preview = (await house.preview(person, others={"user": away})).json()

    assert preview["warnings"] == [
        {
            "code": "absent", "id": away, "name": "请假人", "active": True, "absent": True,
            "deputy": {"id": deputy, "name": "代理人"},
        }
    ]  # fmt: skip
    assert preview["running"] == {"imports": 0, "exports": 0}


async def test_without_a_manager_somebody_has_to_be_named(house: House) -> None:
    person = await house.hire()

    for plan in ({"teams": {"manager": True}}, {"views": {"manager": True}}):
        answer = await house.preview(person, **plan)
        assert [one["code"] for one in answer.json()["errors"]] == ["no_manager"], plan
    free = await house.preview(person, disable=True, reports={"manager": True})
    assert free.status_code == 200


async def test_a_manager_who_is_gone_takes_nobody_over(house: House) -> None:
    boss = await house.hire(name="已走的")
    person = await house.hire(manager=boss)
    await house.ada.patch(f"{API}/users/{boss}", json={"active": False})

    answer = await house.preview(person, disable=True)

    assert {(one["path"], one["code"]) for one in answer.json()["errors"]} == {
        ("reports.manager", "target_departed"),
        ("departments.manager", "target_departed"),
    }


async def test_the_jobs_do_the_same(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    books = await house.own(person, "book", {"title": "甲"})
    tasks, workspace = house.served.system.jobs.tasks, house.served.workspace
    id_ = await house.start(person, others={"user": other})

    await tasks[HANDOVER].work({"id": id_, "workspace": workspace})
    await tasks[HANDOVER].work({"id": id_, "workspace": workspace})
    assert await house.owners("book", books) == {other: 1}
    await house.ada.post(f"{API}/handovers/{id_}/undo")
    await tasks[HANDOVER_UNDO].work({"id": id_, "workspace": workspace})
    await tasks[HANDOVER_UNDO].work({"id": id_, "workspace": workspace})

    assert await house.owners("book", books) == {person: 1}
    queued = sql("SELECT count(*) FROM zhike.procrastinate_jobs WHERE args->>'id' = {id}",
                 id=param(id_, "text"))  # fmt: skip
    async with house.served.system.db.reading(platform(), workspace) as tx:
        assert await tx.value(queued) == 2
