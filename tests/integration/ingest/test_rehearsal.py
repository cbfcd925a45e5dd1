"""Drafts that are tried: what they would do, cell by cell, and that they do nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.integration.ingest.club import Club, sheet, somebody

from zhike.hub import ingest
from zhike.hub.ingest import Change, rehearsal
from zhike.hub.ingest.faults import NotADraft
from zhike.hub.ingest.rehearsal import Kind, Rehearsal
from zhike.kernel.faults import Unavailable
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch

HEAD = ["姓名", "手机", "邮箱", "年费", "等级", "备注"]
ANN, BEN = "13812345678", "13912345678"


async def tried(
    club: Club, content: bytes, change: Change | None = None, *, chunk: int = 4000
) -> Rehearsal:
    draft = await club.draft(content, change=change)
    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        asked = await rehearsal.ask(tx, await ingest.found(tx, draft.id))
    return await rehearsal.rehearse(club.hands, asked.id, workspace=club.workspace, chunk=chunk)


async def found(club: Club, one: Rehearsal, *kinds: Kind) -> list[Mapping[str, Any]]:
    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        return await rehearsal.lines(
            tx, await club.policy(), one, kinds=kinds, after=0, limit=100, language="zh"
        )


def states(line: Mapping[str, Any]) -> dict[str, str | None]:
    return {cell["field"]: cell["state"] for cell in line["cells"]}


def cell(line: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    return next(one for one in line["cells"] if one["field"] == field)


async def counted(club: Club) -> Sequence[Any]:
    return await club.rows(
        "SELECT (SELECT count(*) FROM member), (SELECT count(*) FROM zk_event),"
        " (SELECT max(version) FROM member)"
    )


async def test_what_a_blank_cell_takes_away_is_a_change(club: Club) -> None:
    await club.imported(sheet(HEAD, ["安", ANN, "ann@b.cn", "100", "", ""]))
    await club.imported(sheet(HEAD, ["本", BEN, "", "100", "", ""]))
    lines = sheet(HEAD, ["安", ANN, "", "100", "", ""], ["本", BEN, "", "100", "", ""])
    change = Change(mode="update", key=("phone",), blank="clear")

    one = await tried(club, lines, change)
    (line,) = await found(club, one, "updated")
    assert states(line)["email"] == "changed"
    assert (cell(line, "email")["value"], cell(line, "email")["old"]) == (None, "ann@b.cn")
    assert states(line)["fee"] == "same"
    assert "remark" not in states(line)
    (same,) = await found(club, one, "unchanged")
    assert "changed" not in states(same).values()

    one = await tried(club, lines, Change(mode="update", key=("phone",), blank="keep"))
    assert await found(club, one, "changed") == []


async def test_each_cell_is_told_with_its_standard_form_and_nothing_is_written(club: Club) -> None:
    await club.imported(sheet(HEAD, ["安", ANN, "ann@b.cn", "100", "金卡", ""]))
    before = await counted(club)

    one = await tried(
        club,
        sheet(
            HEAD,
            ["安", "138-1234-5678", "new@b.cn", "1.2万", "", "早"],
            ["本", "139 1234 5678", "", "abc", "银卡", ""],
        ),
        Change(on_duplicate="update"),
    )

    told = one.described("zh")
    assert (told["state"], told["rows"]) == ("done", 2)
    assert (told["created"], told["updated"], told["failed"]) == (1, 1, 0)
    assert told["duplicates"] == {"in_file": 0, "in_base": 1}
    assert told["cells"] == {"new": 4, "changed": 2, "same": 2, "conflict": 0, "unreadable": 1}
    ann, ben = await found(club, one)
    assert states(ann) == {
        "name": "same", "phone": "same", "email": "changed", "fee": "changed", "remark": "new",
    }  # fmt: skip
    fee = cell(ann, "fee")
    assert (fee["raw"], fee["value"], fee["old"]) == ("1.2万", "12000.00", "100.00")
    assert (ann["title"], ann["line"]) == ("安", 2)
    assert states(ben) == {"name": "new", "phone": "new", "fee": "unreadable", "grade": "new"}
    assert cell(ben, "phone")["value"] == "+86-13912345678"
    assert [one["column"] for one in ben["problems"]] == ["D"]
    assert await counted(club) == before


async def test_findings_are_fetched_by_their_kind(club: Club) -> None:
    await club.imported(sheet(HEAD, ["安", ANN, "", "", "", ""]))
    one = await tried(
        club,
        sheet(
            HEAD,
            ["安", ANN, "", "5", "", ""],
            ["本", BEN, "", "", "", ""],
            ["丙", BEN, "", "", "", ""],
            ["", "13712345678", "", "", "", ""],
        ),
    )

    assert [line["line"] for line in await found(club, one, "duplicate_in_base")] == [2]
    assert [line["line"] for line in await found(club, one, "duplicate_in_file")] == [4]
    assert [line["line"] for line in await found(club, one, "failed")] == [5]
    assert [line["line"] for line in await found(club, one, "created", "failed")] == [3, 5]
    (doubled,) = await found(club, one, "duplicate_in_file")
    assert "第 3 行" in doubled["problems"][0]["message"]
    (kept,) = await found(club, one, "duplicate_in_base")
    assert states(kept) == {"name": "same", "phone": "same", "fee": "new"}


@pytest.mark.parametrize("rule", ["skip", "update", "create"])
async def test_a_rehearsal_foretells_its_run(club: Club, rule: Any) -> None:
    await club.imported(sheet(HEAD, ["安", ANN, "", "1", "", ""], ["戊", "", "e@b.cn", "", "", ""]))
    lines = [
        ["安", ANN, "", "2", "", ""],
        ["本", BEN, "", "", "", ""],
        ["丙", "", "c@b.cn", "3", "", ""],
        ["本", BEN, "", "4", "", ""],
        ["", "13712345678", "", "", "", ""],
        ["丙", "", "c@b.cn", "5", "", ""],
        ["戊", "", "e@b.cn", "", "", ""],
        ["己", "1381", "", "", "", ""],
    ]
    change = Change(on_duplicate=rule)

    whole = await tried(club, sheet(HEAD, *lines), change)
    parts = await tried(club, sheet(HEAD, *lines), change, chunk=2)
    task = await club.imported(sheet(HEAD, *lines), change=change)

    names = ("created", "unchanged", "failed")
    run = {name: getattr(task.counts, name) for name in names}
    for one in (whole, parts):
        told = one.described("zh")
        assert {name: told[name] for name in names} == run, one.spec.on_duplicate
        written = told["updated"] + told["skipped"]
        assert written == task.counts.updated + task.counts.skipped


@pytest.mark.parametrize("guess", ["ann@b.cn", "wrong@b.cn"])
async def test_a_hidden_field_gives_away_nothing_not_even_that_a_guess_was_right(
    club: Club, guess: str
) -> None:
    await club.imported(sheet(HEAD, ["安", ANN, "ann@b.cn", "777.77", "", ""]))
    typist = club.seen_by(replace(somebody("typist"), id=club.viewer.id))

    one = await tried(typist, sheet(HEAD, ["安", ANN, guess, "777.77", "金卡", ""]))

    (line,) = await found(typist, one)
    assert [(cell["field"], cell["state"], cell["old"]) for cell in line["cells"]] == [
        ("name", "same", "安"),
        ("phone", "same", "+86-13812345678"),
        ("email", None, None),
        ("grade", "new", None),
    ]


async def test_who_may_not_see_a_record_learns_no_more_than_in_a_run(club: Club) -> None:
    await club.imported(sheet(HEAD, ["机密人", ANN, "", "100", "", "机密备注"]))
    helper = club.seen_by(somebody("newcomer"))

    one = await tried(helper, sheet(HEAD, ["安", ANN, "", "100", "", ""]))

    (line,) = await found(helper, one)
    assert (line["kinds"], line["record"], line["title"]) == (
        ["duplicate_in_base", "skipped", "remarked"], None, None,
    )  # fmt: skip
    assert set(states(line).values()) == {None}
    assert "机密" not in str(line)


async def test_a_rehearsal_goes_on_after_the_last_whole_chunk(club: Club) -> None:
    lines = [[f"人{'甲乙丙丁戊己'[n]}", f"1381234567{n}", "", "", "", ""] for n in range(6)]
    draft = await club.draft(sheet(HEAD, *lines))
    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        asked = await rehearsal.ask(tx, await ingest.found(tx, draft.id))
    times = 0

    async def once(batch: Batch, tx: Tx) -> Batch:
        nonlocal times
        times += 1
        if times == 2:
            raise Unavailable(reason="pulled")
        return await club.hands.rehearse(batch, tx)

    broken = replace(club.hands, rehearse=once)
    with pytest.raises(Unavailable):
        await rehearsal.rehearse(broken, asked.id, workspace=club.workspace, chunk=2)
    done = await rehearsal.rehearse(club.hands, asked.id, workspace=club.workspace, chunk=2)

    assert (done.state, done.totals.rows) == ("done", 6)
    assert [line["line"] for line in await found(club, done)] == [2, 3, 4, 5, 6, 7]
    assert await club.rows("SELECT count(*) FROM zk_rehearsal_key") == [(0,)]


async def test_only_a_draft_is_tried_and_a_changed_one_says_so(club: Club) -> None:
    one = await tried(club, sheet(HEAD, ["安", ANN, "", "", "", ""]))
    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        task = await ingest.found(tx, one.draft)
        spec = task.spec.model_copy(update={"on_duplicate": "create"})
        await ingest.ledger.amend(tx, task, spec)
        assert (await rehearsal.latest(tx, task)).stale
        await ingest.start(tx, await club.policy(), one.draft)
        with pytest.raises(NotADraft):
            await rehearsal.ask(tx, await ingest.found(tx, one.draft))
