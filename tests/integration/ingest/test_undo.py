"""Runs taken back: the base is as it was, unless somebody else has been there since."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.integration.ingest.club import Club, sheet, somebody

from zhike.access import ActionNotAllowed
from zhike.hub import ingest
from zhike.hub.ingest import Change, Import
from zhike.hub.ingest.faults import UnknownImport, Untakable
from zhike.kernel.faults import Invalid, Unavailable
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch, Entry

HEAD = ["姓名", "手机", "邮箱", "年费", "等级", "好友", "分会", "备注"]
ANN, BEN, CAT = "13812345678", "13912345678", "13712345678"
BASE = (
    "SELECT m.id, name, phone, email, fee::text, grade, branch, remark, owner, zk_match,"
    " array(SELECT target FROM member__friends l WHERE l.record = m.id ORDER BY 1)"
    " FROM member m WHERE deleted_at IS NULL ORDER BY id"
)


async def undone(club: Club, id_: UUID, *, force: bool = False, chunk: int = 2000) -> Import:
    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        await ingest.undo.ask(tx, await club.policy(), id_, force=force)
    return await ingest.undo.undo(club.hands, id_, workspace=club.workspace, chunk=chunk)


async def asked_of_a_large_run(club: Club, id_: UUID, *, force: bool = False) -> None:
    """Ask as if the run were too large to be looked through while somebody waits."""
    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        await ingest.undo.ask(tx, await club.policy(), id_, force=force, at_once=0)


async def told(club: Club, id_: UUID) -> Mapping[str, Any]:
    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        return await ingest.undo.progress(tx, id_, "zh")


async def changed(club: Club, name: str, **values: Any) -> None:
    """Have a colleague change a member."""
    rows = await club.rows("SELECT name, id FROM member WHERE deleted_at IS NULL")
    record = dict(rows)[name]
    colleague = club.seen_by(somebody("clerk"))
    batch = Batch(
        policy=await colleague.policy(), object=(await club.policy()).snapshot.objects["member"],
        action="update", entries=(Entry(record=record, given=values),),
    )  # fmt: skip
    async with club.hands.db.transaction(colleague.viewer, club.workspace) as tx:
        done = await club.hands.take_in(batch, tx)
    assert not done.problems, done.problems


async def filled(club: Club) -> None:
    await club.imported(sheet(["分会名称"], ["上海晨读社"]), "branch")
    await club.imported(
        sheet(HEAD, ["安", ANN, "ann@b.cn", "100.10", "金卡", "", "", "旧"], ["乙", "", "y@b.cn"])
    )


async def test_what_was_made_goes_and_what_was_changed_comes_back(club: Club) -> None:
    await filled(club)
    before = await club.rows(BASE)

    task = await club.imported(
        sheet(
            HEAD,
            ["安", ANN, "new@b.cn", "2.50", "银卡", "乙", "上海晨读社", "新"],
            ["本", BEN, "", "9", "", "安", "", ""],
            ["安", ANN, "", "3.50", "", "", "", ""],
        ),
        change=Change(on_duplicate="update"),
    )
    assert await club.rows(BASE) != before
    done = await undone(club, task.id)

    assert done.state == "undone"
    assert await club.rows(BASE) == before
    assert {word: (await told(club, task.id))[word] for word in ingest.undo.WORDS} == {
        "removed": 1, "restored": 1, "kept": 0, "gone": 0, "waiting": 0,
    }  # fmt: skip
    assert await club.rows(
        "SELECT kind, e.source, count(*) FROM zk_event e JOIN zk_import i ON i.id::text = e.cause"
        " WHERE i.state = 'undone' GROUP BY 1, 2 ORDER BY 1"
    ) == [("created", "import", 1), ("deleted", "import", 1), ("updated", "import", 2)]
    with pytest.raises(Untakable):
        await undone(club, task.id)


LINES = st.lists(
    st.tuples(
        st.sampled_from(["安", "乙", "丙", "丁"]),
        st.sampled_from(["", ANN, BEN, CAT]),
        st.sampled_from(["", "ann@b.cn", "y@b.cn", "z@b.cn"]),
        st.sampled_from(["", "1", "2.5"]),
        st.sampled_from(["", "金卡", "银卡"]),
        st.sampled_from(["", "安", "乙"]),
        st.sampled_from(["", "上海晨读社"]),
        st.sampled_from(["", "早", "晚"]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.slow
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=LINES, rule=st.sampled_from(["skip", "update", "create"]), chunk=st.integers(1, 4))
async def test_after_an_undo_the_base_is_the_base_before(
    club: Club, lines: Sequence[Sequence[str]], rule: Any, chunk: int
) -> None:
    if not await club.rows("SELECT 1 FROM member LIMIT 1"):
        await filled(club)
    before = await club.rows(BASE)

    id_ = await club.started(sheet(HEAD, *lines), change=Change(on_duplicate=rule))
    await ingest.run(club.hands, id_, workspace=club.workspace, chunk=chunk)
    await undone(club, id_, chunk=chunk)

    assert await club.rows(BASE) == before


async def test_what_others_changed_since_is_listed_and_stays(club: Club) -> None:
    await filled(club)
    task = await club.imported(
        sheet(HEAD, ["安", ANN, "new@b.cn"], ["本", BEN]), change=Change(on_duplicate="update")
    )
    await changed(club, "安", email="late@b.cn", remark="他人")
    await changed(club, "本", remark="他人")
    now = await club.rows(BASE)

    with pytest.raises(Invalid) as refused:
        await undone(club, task.id)

    listed = [(one.word, one.facts["title"], one.facts["fields"]) for one in refused.value.problems]
    assert listed == [("changed_since", "安", "邮箱"), ("changed_since", "本", "备注")]
    assert await club.rows(BASE) == now
    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        assert (await ingest.found(tx, task.id)).state == "done"

    await undone(club, task.id, force=True)
    # To remove what somebody else worked on takes the right to delete.
    assert await club.rows(
        "SELECT name, email, remark FROM member WHERE deleted_at IS NULL ORDER BY 1"
    ) == [("乙", "y@b.cn", None), ("安", "ann@b.cn", "他人"), ("本", None, "他人")]
    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        kept = await ingest.undo.kept(tx, task.id, after=0, limit=9, language="en")
    assert [one["code"] for one in kept] == ["not_yours_any_more"]


async def test_a_change_of_another_field_does_not_stand_against_it(club: Club) -> None:
    await filled(club)
    task = await club.imported(
        sheet(HEAD, ["安", ANN, "new@b.cn"]), change=Change(on_duplicate="update")
    )
    await changed(club, "安", remark="他人")

    await undone(club, task.id)

    assert await club.rows("SELECT email, remark FROM member WHERE name = '安'") == [
        ("ann@b.cn", "他人")
    ]


async def test_what_others_linked_to_stands_against_it(club: Club) -> None:
    task = await club.imported(sheet(["分会名称"], ["上海晨读社"]), "branch")
    await club.imported(sheet(HEAD, ["本", BEN, "", "", "", "", "上海晨读社"]))

    with pytest.raises(Invalid) as refused:
        await undone(club, task.id)

    assert [one.word for one in refused.value.problems] == ["linked_since"]


async def test_it_takes_the_same_rights_as_the_run(club: Club) -> None:
    task = await club.imported(sheet(HEAD, ["本", BEN]))

    stranger = club.seen_by(somebody("clerk"))
    with pytest.raises(UnknownImport):
        await undone(stranger, task.id)
    reader = club.seen_by(replace(somebody("helper"), id=club.viewer.id))
    with pytest.raises(ActionNotAllowed):
        await undone(reader, task.id)
    typist = club.seen_by(replace(somebody("typist"), id=club.viewer.id))
    await undone(typist, task.id)
    assert await club.rows("SELECT count(*) FROM member WHERE deleted_at IS NULL") == [(0,)]


async def test_it_goes_on_after_the_last_whole_chunk(club: Club) -> None:
    lines = [[f"人{'甲乙丙丁戊己'[n]}", f"1381234567{n}"] for n in range(6)]
    task = await club.imported(sheet(HEAD, *lines))
    times = 0

    async def twice(batch: Batch, tx: Tx) -> Batch:
        nonlocal times
        times += 1
        if times == 2:
            raise Unavailable(reason="pulled")
        return await club.hands.take_in(batch, tx)

    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        await ingest.undo.ask(tx, await club.policy(), task.id)
    broken = replace(club.hands, take_in=twice)
    with pytest.raises(Unavailable):
        await ingest.undo.undo(broken, task.id, workspace=club.workspace, chunk=2)
    assert (await told(club, task.id))["waiting"] == 4

    done = await ingest.undo.undo(club.hands, task.id, workspace=club.workspace, chunk=2)
    assert (done.state, (await told(club, task.id))["removed"]) == ("undone", 6)


async def test_a_cancelled_run_stops_and_can_be_undone(club: Club) -> None:
    lines = [[f"人{'甲乙丙丁戊己'[n]}", f"1381234567{n}"] for n in range(6)]
    id_ = await club.started(sheet(HEAD, *lines))

    async def then_cancelled(batch: Batch, tx: Tx) -> Batch:
        done = await club.hands.take_in(batch, tx)
        if (await club.rows("SELECT count(*) FROM member"))[0][0] > 2:
            async with club.hands.db.transaction(club.viewer, club.workspace) as other:
                await ingest.cancel(other, await club.policy(), id_)
        return done

    hands = replace(club.hands, take_in=then_cancelled)
    with pytest.raises(ingest.faults.RunElsewhere):
        await ingest.run(hands, id_, workspace=club.workspace, chunk=2)
    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        assert (await ingest.found(tx, id_)).state == "cancelled"
    assert (await ingest.run(club.hands, id_, workspace=club.workspace)).state == "cancelled"

    await undone(club, id_)
    assert await club.rows("SELECT count(*) FROM member WHERE deleted_at IS NULL") == [(0,)]


async def test_a_large_run_is_settled_by_the_job_also_after_a_crash(club: Club) -> None:
    task = await club.imported(sheet(HEAD[:2], ["安", ANN], ["本", BEN]))
    await asked_of_a_large_run(club, task.id)
    assert (await told(club, task.id))["total"] == 0

    async def away(batch: Batch, tx: Tx) -> Batch:
        raise Unavailable(reason="gone")

    with pytest.raises(Unavailable):
        await ingest.undo.undo(replace(club.hands, take_in=away), task.id, workspace=club.workspace)
    assert (await told(club, task.id))["waiting"] == 2

    done = await ingest.undo.undo(club.hands, task.id, workspace=club.workspace)
    again = await ingest.undo.undo(club.hands, task.id, workspace=club.workspace)

    assert (done.state, again.state) == ("undone", "undone")
    assert (await told(club, task.id))["removed"] == 2
    assert await club.rows(BASE) == []


async def test_a_large_run_that_others_changed_since_ends_with_the_list(club: Club) -> None:
    task = await club.imported(sheet(HEAD[:2], ["安", ANN], ["本", BEN]))
    await changed(club, "安", remark="later")
    await asked_of_a_large_run(club, task.id)

    refused = await ingest.undo.undo(club.hands, task.id, workspace=club.workspace)

    assert refused.state == "done"
    (one,) = (await told(club, task.id))["refused"]
    assert one["code"] == "changed_since"
    assert "安" in one["message"]
    assert len(await club.rows(BASE)) == 2
    other = club.seen_by(somebody("clerk"))
    assert (await told(other, task.id))["refused"] == [], "told to whoever asked only"

    await asked_of_a_large_run(club, task.id, force=True)
    forced = await ingest.undo.undo(club.hands, task.id, workspace=club.workspace)

    assert forced.state == "undone"
    assert (await told(club, task.id))["removed"] == 1, "安 is the other's to delete"
