"""What can be wrong with a file that somebody says is a table."""

from zhike.kernel.faults import Invalid, TooLarge
from zhike.kernel.words import Words

LARGE = Words(
    zh="请删去多余的行、列和工作表，或拆成几个文件",
    en="remove surplus rows, columns and sheets, or split it into several files",
)


class NotATable(Invalid):
    """This file is not a table but {what}."""

    code = "H101"
    zh = "这不是表格文件，而是{what}"
    hint = Words(
        zh="请在 Excel 或 WPS 中打开，另存为 .xlsx 或 .csv 后再试",
        en="open it in Excel or WPS, save it as .xlsx or .csv and try again",
    )


class BrokenFile(Invalid):
    """The file is damaged and cannot be opened: {reason}."""

    code = "H102"
    zh = "文件已损坏，无法打开：{reason}"
    hint = Words(
        zh="请在 Excel 或 WPS 中打开并重新保存", en="open it in Excel or WPS and save it again"
    )


class LockedFile(Invalid):
    """The workbook is protected by a password."""

    code = "H103"
    zh = "工作簿有打开密码"
    hint = Words(zh="请去掉密码后再试", en="remove the password and try again")


class EmptyFile(Invalid):
    """There is nothing in the file."""

    code = "H104"
    zh = "文件里没有内容"


class TooLargeFile(TooLarge):
    """The file would not fit into memory: {limit} at most."""

    code = "H105"
    zh = "文件展开后过大：最多 {limit}"
    hint = LARGE


class TooManyColumns(TooLarge):
    """A row has {count} columns: {limit} at most."""

    code = "H106"
    zh = "有一行有 {count} 列：最多 {limit} 列"
    hint = LARGE


class TooManySheets(TooLarge):
    """The workbook has {count} sheets: {limit} at most."""

    code = "H107"
    zh = "工作簿有 {count} 个工作表：最多 {limit} 个"
    hint = LARGE


class UnknownSheet(Invalid):
    """There is no sheet called `{name}`."""

    code = "H108"
    zh = "没有名为“{name}”的工作表"
    hint = Words(zh="现有：{known}", en="there are: {known}")


FAULTS = {
    fault.code: fault
    for fault in (
        NotATable, BrokenFile, LockedFile, EmptyFile, TooLargeFile, TooManyColumns, TooManySheets,
        UnknownSheet,
    )
}  # fmt: skip
"""By code, as the reading process names them."""
