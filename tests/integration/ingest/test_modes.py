"""The modes of an import: new records, changes by a key, or either; blanks; duplicates."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.integration.ingest.club import Club, sheet, somebody
from tests.integration.ingest.test_rehearsal import found, states, tried
from tests.integration.ingest.test_undo import BASE, undone

from zhike.hub import ingest
from zhike.hub.ingest import Change, review
from zhike.kernel.faults import Invalid

HEAD = ["姓名", "手机", "邮箱", "年费", "等级", "备注"]
ANN, BEN = "13812345678", "13912345678"
SHOWN = (
    "SELECT name, phone, email, fee::text, remark FROM member WHERE deleted_at IS NULL"
    " ORDER BY created_at, name"
)


async def ann(club: Club) -> str:
    await club.imported(sheet(HEAD, ["安", ANN, "ann@b.cn", "100", "金卡", "旧"]))
    return str((await club.rows("SELECT id FROM member"))[0][0])


def counted(task: ingest.Import) -> tuple[int, int, int, int]:
    counts = task.counts
    return counts.created, counts.updated, counts.unchanged, counts.failed


async def test_an_update_changes_what_its_key_names_and_makes_nothing(club: Club) -> None:
    id_ = await ann(club)
    task = await club.imported(
        sheet(
            ["ID", "姓名", "年费", "备注"],
            [id_, "安", "200", ""],
            ["019a0000-0000-7000-8000-000000000000", "丙", "1", ""],
            ["", "丁", "1", ""],
        ),
        change=Change(mapping={"ID": "id"}, mode="update"),
    )

    assert counted(task) == (0, 1, 0, 2)
    assert [word for _, _, word in await club.told(task)] == ["no_such_key", "key_less"]
    assert await club.rows(SHOWN) == [("安", "+86-13812345678", "ann@b.cn", "200.00", "旧")]


async def test_an_upsert_does_either_by_any_field_that_all_see(club: Club) -> None:
    await ann(club)
    change = Change(mode="upsert", key=("name",))
    task = await club.imported(
        sheet(
            HEAD,
            ["安", "", "", "300", "", "新"],
            ["本", BEN, "", "", "", ""],
            ["本", "", "ben@b.cn", "", "", ""],
        ),
        change=change,
    )

    assert counted(task) == (1, 2, 0, 0)
    assert await club.rows(SHOWN) == [
        ("安", "+86-13812345678", "ann@b.cn", "300.00", "新"),
        ("本", "+86-13912345678", "ben@b.cn", None, None),
    ]
    again = await club.imported(sheet(HEAD, ["本", BEN, "ben@b.cn", "", "", ""]), change=change)
    assert counted(again) == (0, 0, 1, 0)


@pytest.mark.parametrize("blank", ["keep", "clear"])
@pytest.mark.parametrize("by", ["key", "duplicate"])
async def test_a_blank_cell_keeps_what_is_there_or_clears_it(
    club: Club, blank: Any, by: str
) -> None:
    await ann(club)
    change = (
        Change(mode="update", key=("name",), blank=blank)
        if by == "key"
        else Change(on_duplicate="update", blank=blank)
    )
    await club.imported(sheet(HEAD, ["安", ANN, "", "x1", "", ""]), change=change)

    kept = blank == "keep"
    assert await club.rows(SHOWN) == [
        ("安", "+86-13812345678", "ann@b.cn" if kept else None, "100.00", "旧" if kept else None)
    ]


async def test_a_merge_fills_in_what_is_missing_and_leaves_what_is_there(club: Club) -> None:
    await club.imported(sheet(HEAD, ["安", ANN, "ann@b.cn", "", "", ""]))
    content = sheet(HEAD, ["安妮", ANN, "other@b.cn", "5", "", "新"], ["本", BEN])
    change = Change(on_duplicate="merge")

    one = await tried(club, content, change)
    task = await club.imported(content, change=change)

    assert counted(task) == (1, 1, 0, 0)
    assert await club.rows(SHOWN) == [
        ("安", "+86-13812345678", "ann@b.cn", "5.00", "新"),
        ("本", "+86-13912345678", None, None, None),
    ]
    line = (await found(club, one))[0]
    assert states(line) == {
        "name": "conflict", "phone": "same", "email": "conflict", "fee": "new", "remark": "new",
    }  # fmt: skip
    before = await club.rows(BASE)
    assert before
    await undone(club, task.id)
    assert await club.rows(SHOWN) == [("安", "+86-13812345678", "ann@b.cn", None, None)]


async def test_what_is_sent_to_review_waits_for_a_decision(club: Club) -> None:
    await ann(club)
    task = await club.imported(
        sheet(HEAD, ["安", ANN, "", "7", "", ""], ["本", BEN], ["安", ANN, "", "8", "", ""]),
        change=Change(on_duplicate="review"),
    )
    assert (task.counts.created, task.counts.skipped) == (1, 2)

    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        held = await club.policy()
        lines = await review.waiting(tx, task.id, after=0, limit=9)
        assert [(one["line"], one["matches"][0]["title"]) for one in lines] == [
            (2, "安"),
            (4, "安"),
        ]
        done = await review.decide(
            tx,
            held,
            task,
            lines=[2, 99],
            decision="update",
            take=club.hands.take_in,
            keys_of=club.hands.keys_of,
        )
        assert (dict(done.counts), list(done.problems)) == ({"updated": 1}, [])
        await review.decide(
            tx,
            held,
            task,
            lines=[4],
            decision="skip",
            take=club.hands.take_in,
            keys_of=club.hands.keys_of,
        )
        assert await review.waiting(tx, task.id, after=0, limit=9) == []
    assert await club.rows("SELECT fee::text FROM member WHERE name = '安'") == [("7.00",)]
    await undone(club, task.id)
    assert await club.rows("SELECT name, fee::text FROM member WHERE deleted_at IS NULL") == [
        ("安", "100.00")
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Change(mode="update"), "key_unmapped"),
        (Change(mode="update", key=("secret",)), "key_unfit"),
        (Change(mode="upsert", key=("friends",)), "key_unfit"),
        (Change(mapping={"备注": "id"}), "not_importable"),
    ],
)
async def test_a_key_has_to_be_mapped_and_seen(club: Club, change: Change, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        await club.started(sheet(HEAD, ["安", ANN]), change=change)

    assert [one.word for one in refused.value.problems] == [code]


@pytest.mark.parametrize("mode", ["update", "upsert"])
async def test_a_rehearsal_foretells_a_run_by_key(club: Club, mode: Any) -> None:
    await ann(club)
    lines: Sequence[Sequence[str]] = [
        ["安", "", "", "1", "", ""],
        ["本", BEN],
        ["安", "", "", "100", "", ""],
        ["本", "", "b@b.cn"],
    ]  # fmt: skip
    change = Change(mode=mode, key=("name",))
    told = (await tried(club, sheet(HEAD, *lines), change)).described("zh")
    cut = (await tried(club, sheet(HEAD, *lines), change, chunk=2)).described("zh")
    task = await club.imported(sheet(HEAD, *lines), change=change)

    assert (told["created"], told["failed"]) == (task.counts.created, task.counts.failed)
    assert (cut["created"], cut["failed"]) == (task.counts.created, task.counts.failed)


async def test_who_sees_no_record_finds_none_by_its_key(club: Club) -> None:
    await ann(club)
    newcomer = club.seen_by(somebody("newcomer"))
    task = await newcomer.imported(
        sheet(HEAD, ["安", "", "", "1", "", ""]), change=Change(mode="update", key=("name",))
    )

    assert [word for _, _, word in await newcomer.told(task)] == ["no_such_key"]


async def test_a_file_of_the_same_shape_is_mapped_as_last_time(club: Club) -> None:
    head = ["称呼", "号码一", "随便"]
    await club.started(
        sheet(head, ["安", ANN, "x"]),
        change=Change(
            mapping={"称呼": "name", "号码一": "phone", "随便": "remark"}, on_duplicate="update"
        ),
    )

    again = await club.draft(sheet(["称 呼", "号码一*", "随便"], ["本", BEN, "y"]))
    other = await club.seen_by(somebody("clerk")).draft(sheet(head, ["本", BEN, "y"]))

    for one in (again, other):
        assert [column.field for column in one.spec.columns] == ["name", "phone", "remark"]
        assert {column.how for column in one.spec.columns} == {"memory"}
    assert (again.spec.on_duplicate, other.spec.on_duplicate) == ("update", "skip")


async def test_a_column_goes_where_its_cells_say_whatever_its_head_says(club: Club) -> None:
    draft = await club.draft(
        sheet(
            ["姓名", "年费", "备注", "分会"],
            ["安", ANN, ANN, "a@b.cn"],
            ["本", BEN, BEN, "b@b.cn"],
            ["丙", "13712345678", "13712345678", "c@b.cn"],
        )
    )

    assert [(one.field, one.how) for one in draft.spec.columns] == [
        ("name", "label"), ("phone", "content"), ("remark", "label"), ("email", "content"),
    ]  # fmt: skip


async def test_what_was_typed_is_kept_beside_what_it_changed(club: Club) -> None:
    await club.imported(sheet(["姓名", "手机", "邮箱"], ["安", "13812345678", "a@b.cn"]))
    change = Change(mode="update", key=("email",))
    lines = (["安", "139 1234 5678(王经理)", "a@b.cn"], ["安", "137 1234 5678 转人工", "a@b.cn"])
    task = await club.imported(sheet(["姓名", "手机", "邮箱"], *lines), change=change)

    assert task.counts.updated == 1
    events = "SELECT new ->> 'phone', raw ->> 'phone' FROM zk_event WHERE kind = 'updated'"
    assert await club.rows(events) == [("+86-13712345678", "137 1234 5678 转人工")]
