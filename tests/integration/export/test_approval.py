"""Who may take how much: approval by somebody else, limits, and what is asked again at the end."""

import asyncio
from dataclasses import replace

import pytest
from tests.integration.export.desk import Desk

from zhike.access import ActionNotAllowed
from zhike.hub import export
from zhike.hub.export import expire
from zhike.hub.export.faults import (
    Decided,
    FileGone,
    NotAnApprover,
    NotReady,
    Over,
    OwnExport,
    RightsChanged,
    TooManyExports,
    UnknownExport,
)
from zhike.hub.faults import AskerGone
from zhike.kernel.faults import Invalid, NotAllowed
from zhike.kernel.viewer import Viewer


async def guard_of(desk: Desk) -> Viewer:
    return next(one for one in desk.people.values() if one.name == "guard")


async def test_few_records_need_nobody(desk: Desk) -> None:
    await desk.settings(approval_over=3)

    asked = await desk.ask()

    assert (asked.state, asked.expected) == ("waiting", 3)
    assert (await desk.run(asked)).state == "done"
    assert await desk.acts() == ["asked", "written"]


async def test_more_records_wait_for_somebody_else(desk: Desk) -> None:
    await desk.settings(approval_over=2)
    guard = await guard_of(desk)

    asked = await desk.ask(reason="年度对账")
    early = await desk.run(asked)
    with pytest.raises(NotReady):
        await desk.fetch(asked)
    approved = await desk.decide(asked, "approved", guard, "可以")
    done = await desk.run(asked)

    assert (asked.state, early.state, approved.state, done.state) == (
        "asked", "asked", "waiting", "done",
    )  # fmt: skip
    assert (done.decided_by, done.decision, done.count) == (guard.id, "可以", 3)
    assert (await desk.fetch(done)).path.is_file()
    assert await desk.acts() == ["asked", "approved", "written", "downloaded"]


async def test_zero_means_that_every_export_waits(desk: Desk) -> None:
    await desk.settings(approval_over=0)

    assert (await desk.ask({"where": 'name = "nobody"'})).state == "asked"


async def test_many_small_exports_are_a_large_one(desk: Desk) -> None:
    await desk.settings(approval_over=3)
    halves = ['name = "林徽因"', 'name = "沈从文"', 'name = "梁思成"', 'name = "林徽因"']

    states = [(await desk.ask({"where": one})).state for one in halves]

    assert states == ["waiting"] * 3 + ["asked"]


async def test_what_was_refused_stays_refused(desk: Desk) -> None:
    await desk.settings(approval_over=0)
    asked = await desk.ask()
    guard = await guard_of(desk)

    refused = await desk.decide(asked, "refused", guard, "不需要")
    again = await desk.run(asked)

    assert (refused.state, again.state, refused.decision) == ("refused", "refused", "不需要")
    with pytest.raises(Decided):
        await desk.decide(asked, "approved", guard)
    with pytest.raises(NotReady):
        await desk.fetch(asked)


async def test_nobody_decides_on_his_own(desk: Desk) -> None:
    await desk.settings(approval_over=0)
    both = await desk.joins("both", "clerk", "guard")
    asked = await desk.ask(by=both)

    with pytest.raises(OwnExport):
        await desk.decide(asked, "approved", both)
    with pytest.raises(NotAnApprover):
        await desk.decide(asked, "approved", desk.clerk)
    looking = replace(await guard_of(desk), seen_by=both.id)
    with pytest.raises(NotAnApprover):
        await desk.decide(asked, "approved", looking)


async def test_two_who_decide_at_once_decide_once(desk: Desk) -> None:
    await desk.settings(approval_over=0)
    asked = await desk.ask()
    guard, other = await guard_of(desk), await desk.joins("other", "guard")

    decided = await asyncio.gather(
        desk.decide(asked, "approved", guard),
        desk.decide(asked, "refused", other),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in decided) == ["Decided", "Export"]


async def test_who_approves_sees_the_question_and_no_answer(desk: Desk) -> None:
    await desk.settings(approval_over=0)
    asked = await desk.ask({"select": ["name"]}, reason="对账")
    guard = await guard_of(desk)

    async with desk.club.hands.db.reading(guard, desk.club.workspace) as tx:
        held = await desk.policy(guard)
        (waiting,) = await export.to_decide(tx, held, after=None, limit=10)
        with pytest.raises(UnknownExport):
            await export.own(tx, held, asked.id)
        with pytest.raises(NotAnApprover):
            await export.to_decide(tx, await desk.policy(desk.clerk), after=None, limit=10)
    with pytest.raises(UnknownExport):
        await desk.fetch(asked, by=guard)

    told = export.outline(waiting)
    assert (told["expected"], told["reason"], told["user"]["number"]) == (3, "对账", "E99")
    assert not {"file", "trace", "count"} & set(told)


async def test_more_than_was_approved_is_asked_again(desk: Desk) -> None:
    await desk.settings(approval_over=0)
    asked = await desk.ask({"where": 'title = "VIP"'})
    await desk.decide(asked, "approved", await guard_of(desk))
    await desk.club.do(
        "INSERT INTO member (name, title) SELECT 'x' || n, 'VIP' FROM generate_series(1, 120) n"
    )

    again = await desk.run(asked)

    assert (again.state, again.expected, again.decided_by) == ("asked", 120, None)
    assert not export.path(desk.club.hands.files, desk.club.workspace, again).exists()


async def test_more_than_may_be_had_unasked_is_asked(desk: Desk) -> None:
    await desk.settings(approval_over=3)
    asked = await desk.ask()
    await desk.club.do("INSERT INTO member (name) VALUES ('one'), ('too'), ('many')")

    assert (await desk.run(asked)).state == "asked"


async def test_a_right_that_was_lost_meanwhile_refuses(desk: Desk) -> None:
    asked = [await desk.ask({"select": ["name", "fee"]}) for _ in range(3)]
    clerk = desk.clerk
    assert clerk.id is not None

    desk.people[clerk.id] = replace(clerk, roles=frozenset({"guard"}))
    with pytest.raises(NotAllowed):
        await desk.run(asked[0])
    desk.people.pop(clerk.id)
    with pytest.raises(AskerGone):
        await desk.run(asked[1])
    desk.people[clerk.id] = clerk
    await desk.documents(
        "kind: role\nkey: clerk\nlabel: x\nobjects:\n"
        "  member: {read: all, export: all, fields: {fee: hidden}}"
    )
    with pytest.raises(Invalid):
        await desk.run(asked[2])

    states = await desk.club.rows("SELECT state, count FROM zk_export ORDER BY id")
    assert states == [("refused", 0)] * 3
    assert await desk.acts() == ["asked"] * 3 + ["refused"] * 3


async def test_a_key_with_less_rights_exports_less(desk: Desk) -> None:
    narrow = replace(desk.clerk, narrowed=frozenset({"member:read"}))
    with pytest.raises(ActionNotAllowed):
        await desk.ask(by=narrow)

    wide = replace(desk.clerk, narrowed=frozenset({"member:read", "member:export"}))
    asked = await desk.ask(by=wide)

    assert asked.narrowed == wide.narrowed
    assert (await desk.run(asked)).count == 3


async def test_who_looks_through_somebody_elses_eyes_takes_nothing(desk: Desk) -> None:
    looking = replace(desk.clerk, seen_by=(await guard_of(desk)).id)
    done = await desk.run(await desk.ask())

    with pytest.raises(NotAllowed):
        await desk.ask(by=looking)
    with pytest.raises(NotAllowed):
        await desk.fetch(done, by=looking)


async def test_only_so_many_at_a_time(desk: Desk) -> None:
    asked = await asyncio.gather(*(desk.ask() for _ in range(8)), return_exceptions=True)

    refused = [one for one in asked if isinstance(one, TooManyExports)]
    open_ = [one for one in asked if not isinstance(one, BaseException)]
    assert (len(refused), len(open_)) == (3, 5)
    await desk.cancel(open_[0])
    assert (await desk.ask()).state == "waiting"


async def test_what_was_cancelled_is_not_written(desk: Desk) -> None:
    asked = await desk.ask()
    other = await desk.joins("other", "clerk")

    with pytest.raises(UnknownExport):
        await desk.cancel(asked, by=other)
    cancelled = await desk.cancel(asked)
    after = await desk.run(asked)

    assert (cancelled.state, after.state) == ("cancelled", "cancelled")
    with pytest.raises(Over):
        await desk.cancel(asked)


async def test_one_that_runs_stops_when_it_is_cancelled(desk: Desk) -> None:
    await desk.club.do("INSERT INTO member (name) SELECT 'x' || n FROM generate_series(1, 6000) n")
    asked = await desk.ask()
    held = desk.club.hands.viewer_of

    async def cancelling(tx: object, person: object) -> Viewer | None:
        await desk.cancel(asked)
        return await held(tx, person)  # type: ignore[arg-type] # as it was given

    hands = replace(desk.club.hands, viewer_of=cancelling)
    ended = await export.run(hands, asked.id, workspace=desk.club.workspace)

    assert ended.state == "cancelled"
    assert not export.path(desk.club.hands.files, desk.club.workspace, ended).exists()
    assert await desk.acts() == ["asked", "cancelled"]


async def test_a_file_is_gone_when_its_time_is_up(desk: Desk) -> None:
    await desk.settings(keep_days=1)
    done = await desk.run(await desk.ask())
    path = (await desk.fetch(done)).path
    hands, workspace = desk.club.hands, desk.club.workspace
    assert await expire(hands, workspace) == 0

    await desk.club.do("UPDATE zk_export SET expires_at = now() - interval '1 second'")
    with pytest.raises(FileGone):
        await desk.fetch(done)
    assert await expire(hands, workspace) == 1

    assert not path.exists()
    assert await desk.club.rows("SELECT state, count FROM zk_export") == [("expired", 3)]
    with pytest.raises(FileGone):
        await desk.fetch(done)
    assert await expire(hands, workspace) == 0
    assert await desk.acts() == ["asked", "written", "downloaded", "expired"]


async def test_who_sees_less_now_does_not_get_the_old_file(desk: Desk) -> None:
    done = await desk.run(await desk.ask())
    clerk = desk.clerk
    await desk.fetch(done)

    with pytest.raises(RightsChanged):
        await desk.fetch(done, by=replace(clerk, departments=(clerk.id,)))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        await desk.fetch(done, by=replace(clerk, roles=frozenset()))
    await desk.documents(
        "kind: role\nkey: clerk\nlabel: x\nobjects:\n"
        "  member: {read: all, export: all, fields: {phone: masked}}"
    )
    with pytest.raises(RightsChanged):
        await desk.fetch(done)
