"""Out as a table, edited in a spreadsheet, in again; and the table to fill in to begin with."""

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook
from tests.integration.ingest.club import Club, sheet, somebody

from zhike.hub import ingest

SELECT = ["id", "name", "phone", "email", "fee", "joined", "grade", "branch", "remark"]
HEAD = ["姓名", "手机", "邮箱", "年费", "入会日期", "等级", "分会", "备注"]
SHOWN = (
    "SELECT name, phone, email, fee::text, joined::text, grade, branch, remark, version"
    " FROM member WHERE deleted_at IS NULL ORDER BY name"
)


async def filled(club: Club) -> None:
    await club.imported(sheet(["分会名称"], ["上海晨读社"]), "branch")
    await club.imported(
        sheet(
            HEAD,
            [
                "安",
                "13812345678",
                "ann@b.cn",
                "12000.5",
                "2024-05-06",
                "金卡",
                "上海晨读社",
                "=1+1",
            ],
            ["本", "0571-85634111", "", "", "", "", "", "两行\n文字"],
        )
    )


async def test_only_the_edited_cells_come_back_as_changes(club: Club) -> None:
    await filled(club)
    before = await club.rows(SHOWN)
    path = await club.exported({"select": SELECT, "order": ["name"]}, "xlsx")
    book = load_workbook(path)
    page = book.worksheets[0]
    found = {cell.value: cell for row in page.iter_rows() for cell in row}
    page.cell(found["安"].row, found["年费"].column).value = 99
    book.save(path)

    draft = await club.draft(path)
    assert (draft.spec.mode, draft.spec.key) == ("update", ("id",))
    task = await club.imported(path)

    assert (task.counts.updated, task.counts.unchanged, task.counts.failed) == (1, 1, 0)
    (ann,), (rest,) = [[one for one in before if one[0] == name] for name in ("安", "本")]
    assert sorted(await club.rows(SHOWN), key=lambda one: one[0] != "安") == [
        (*ann[:3], "99.00", *ann[4:8], 2), rest,
    ]  # fmt: skip
    assert await club.rows(
        "SELECT array(SELECT jsonb_object_keys(new)) FROM zk_event WHERE kind = 'updated'"
    ) == [(["fee"],)]


async def test_what_went_out_masked_never_comes_back_in(club: Club) -> None:
    await filled(club)
    before = await club.rows(SHOWN)
    editor = club.seen_by(replace(somebody("editor"), id=club.viewer.id))
    path = await editor.exported({"select": SELECT, "order": ["name"]}, "xlsx")
    book = load_workbook(path)
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "ann@b.cn" not in cells

    task = await editor.imported(path)

    assert (task.counts.updated, task.counts.unchanged, task.counts.failed) == (0, 2, 0)
    assert await club.rows(SHOWN) == before


async def test_a_template_holds_what_may_be_filled_in_and_is_understood(
    club: Club, tmp_path: Path
) -> None:
    typist = club.seen_by(replace(somebody("typist"), id=club.viewer.id))
    held = await typist.policy()
    path = ingest.write_template(tmp_path / "t.xlsx", held, held.snapshot.objects["member"], "zh")
    book = load_workbook(path)
    page = book.worksheets[0]
    heads = [cell.value for cell in page[2]]
    assert heads[0] == "姓名*"
    assert "年费" not in heads
    assert "内部评价" not in heads
    offered = page.data_validations.dataValidation
    assert [next(iter(one.sqref.ranges)).min_col for one in offered] == [heads.index("等级") + 1]
    page.cell(3, 1).value = "林徽因"
    page.cell(3, heads.index("手机") + 1).value = "13812345678"
    book.save(path)

    task = await typist.imported(path)

    assert (task.counts.created, task.counts.failed) == (1, 0)
    assert await club.rows("SELECT name, phone FROM member") == [("林徽因", "+86-13812345678")]
