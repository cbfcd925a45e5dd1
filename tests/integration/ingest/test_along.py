"""One sheet into several objects, and lookups whose records are made along with the line."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.integration.ingest.club import Club, sheet, somebody
from tests.integration.ingest.test_undo import undone

from zhike.hub import ingest
from zhike.hub.ingest import Change, rehearsal
from zhike.kernel.faults import Invalid

HEAD = ["分会", "会员姓名", "会员手机", "会员等级"]
PARTS = {"会员姓名": "members.name", "会员手机": "members.phone", "会员等级": "members.grade"}
LINES = (
    ["上海晨读社", "安", "13812345678", "金卡"],
    ["上海晨读社", "本", "13912345678", ""],
    ["杭州夜读社", "丙", "13712345678", "白金"],
    ["杭州夜读社", "", "13612345678", ""],
    ["苏州慢读社", "", "", ""],
)
BOTH = (
    "SELECT b.name, m.name FROM branch b LEFT JOIN member m ON m.branch = b.id"
    " AND m.deleted_at IS NULL WHERE b.deleted_at IS NULL ORDER BY b.name, m.name"
)


@pytest.mark.parametrize("chunk", [2, 4000])
async def test_a_line_makes_a_branch_and_a_member_that_belongs_to_it(
    club: Club, tmp_path: Path, chunk: int
) -> None:
    change = Change(mapping=PARTS)
    draft = await club.draft(sheet(HEAD, *LINES), "branch", change)
    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        asked = await rehearsal.ask(tx, await ingest.found(tx, draft.id))
    dry = await rehearsal.rehearse(club.hands, asked.id, workspace=club.workspace, chunk=chunk)
    assert await club.rows("SELECT count(*) FROM branch") == [(0,)]

    id_ = await club.started(sheet(HEAD, *LINES), "branch", change)
    task = await ingest.run(club.hands, id_, workspace=club.workspace, chunk=chunk)

    assert (task.counts.created, task.counts.skipped, task.counts.failed) == (3, 2, 0)
    assert task.counts.along == {"member": {"created": 3, "failed": 1}} == dry.totals.along
    assert sorted(await club.rows(BOTH), key=str) == sorted(
        [
            ("上海晨读社", "安"), ("上海晨读社", "本"), ("杭州夜读社", "丙"), ("苏州慢读社", None),
        ],
        key=str,
    )  # fmt: skip
    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        path = await ingest.write_errors(tx, task, tmp_path / "e.xlsx", language="zh")
    rows = list(load_workbook(path).worksheets[0].values)
    assert [row[:3] for row in rows[1:]] == [("杭州夜读社", None, "13612345678")]

    await undone(club, task.id)
    assert await club.rows(BOTH) == []
    assert await club.rows("SELECT count(*) FROM member WHERE deleted_at IS NULL") == [(0,)]


async def test_parts_take_the_rights_they_take(club: Club) -> None:
    newcomer = club.seen_by(somebody("helper"))
    with pytest.raises(Invalid) as refused:
        await newcomer.started(
            sheet(["说明", "x"], ["a", "b"]), "visit", Change(mapping={"x": "nothing.name"})
        )

    assert "not_importable" in [one.word for one in refused.value.problems]


@pytest.mark.parametrize("chunk", [2, 4000])
async def test_what_a_lookup_names_is_made_once_if_asked_for(club: Club, chunk: int) -> None:
    lines = [
        ["安", "13812345678", "新开读书社"],
        ["本", "13912345678", "新开读书社"],
        ["丙", "13712345678", "新开读书社"],
        ["丁", "13612345678", "旧社"],
    ]
    await club.imported(sheet(["分会名称"], ["旧社"]), "branch")
    content = sheet(["姓名", "手机", "分会"], *lines)

    id_ = await club.started(content, change=Change(create_missing=("branch",)))
    task = await ingest.run(club.hands, id_, workspace=club.workspace, chunk=chunk)

    assert (task.counts.created, task.counts.failed) == (4, 0)
    assert set(await club.told(task)) >= {(2, "C", "made_too")}
    assert sorted(await club.rows(BOTH)) == sorted(
        [("新开读书社", "安"), ("新开读书社", "本"), ("新开读书社", "丙"), ("旧社", "丁")]
    )
    await undone(club, task.id)
    assert await club.rows(BOTH) == [("旧社", None)]


async def test_whose_columns_they_are_is_proposed_and_remembered(club: Club) -> None:
    draft = await club.draft(sheet(HEAD, *LINES), "branch")
    told = {one["header"]: (one["field"], one["how"]) for one in draft.described("zh")["columns"]}  # type: ignore[union-attr, index, call-overload] # a list of objects
    assert told == {
        "分会": ("name", "label"),
        **{head: (field, "kin") for head, field in PARTS.items()},
    }

    mapping = {**PARTS, "会员等级": None}
    task = await club.imported(sheet(HEAD, *LINES), "branch", Change(mapping=mapping))
    assert task.counts.along["member"]["created"] == 3

    again = await club.draft(sheet(HEAD, ["苏州", "丁", "13512345678", "金卡"]), "branch")
    assert {one.header: (one.field, one.how) for one in again.spec.columns} == {
        "分会": ("name", "memory"),
        "会员姓名": ("members.name", "memory"),
        "会员手机": ("members.phone", "memory"),
        "会员等级": (None, "memory"),
    }


async def test_nothing_is_proposed_that_one_may_not_make(club: Club) -> None:
    reader = club.seen_by(somebody("opener"))

    draft = await reader.draft(sheet(HEAD, *LINES), "branch")

    assert not any(one.apart or one.proposed for one in draft.spec.columns)
