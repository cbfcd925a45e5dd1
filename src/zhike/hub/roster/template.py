"""The table to fill in: its columns, a line to see how it is meant, and what may be chosen."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from xlsxwriter import Workbook

from zhike.hub.roster.columns import NAMES
from zhike.meta import RoleSpec

SHEET = "人员"
HELP = "说明"
COLUMNS = (
    *("name", "number", "login", "mobile", "email", "departments", "roles", "manager"),
    *("joined_on", "left_on"),
)
SHOWN: Mapping[str, str] = {"roles": "岗位/角色", "joined_on": "入职日期", "left_on": "离职日期"}
NOTES: Mapping[str, str] = {
    "name": "必填，如 李明朗",
    "number": "工号、登录名、手机、邮箱至少填一项；工号唯一，按文本填写以保留前导零",
    "login": "不填时依次取工号、邮箱、手机",
    "mobile": "如 13800138000",
    "email": "如 liming@example.com",
    "departments": "完整路径，如 总部/华东大区/销售一部；多个部门用分号隔开，第一个为主部门",
    "roles": "角色名称，多个用分号隔开；可选：{roles}",
    "manager": "直属上级的工号或姓名",
    "joined_on": "如 2026-03-01",
    "left_on": "如 2026-12-31;过了这一天即不能登录",
}
LINES = 1000
WIDTH = 18


def write_template(path: Path, roles: Iterable[RoleSpec]) -> None:
    """Write the table to fill in; codes and numbers are texts, so that they keep their zeros."""
    labels = [one.label.zh for one in roles]
    with Workbook(str(path), {"strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#f2f2f2"})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, len(COLUMNS) - 1, WIDTH, text)
        sheet.freeze_panes(1, 0)
        helped = book.add_worksheet(HELP)
        helped.set_column(0, 0, WIDTH)
        helped.set_column(1, 1, 5 * WIDTH)
        for at, member in enumerate(COLUMNS):
            head = SHOWN.get(member, NAMES[member][0])
            sheet.write_string(0, at, head, bold)
            helped.write_string(at, 0, head, bold)
            helped.write_string(at, 1, NOTES[member].format(roles="、".join(labels)))
        for at, label in enumerate(labels):
            helped.write_string(len(COLUMNS) + 1 + at, 1, label)
        first, last = len(COLUMNS) + 2, len(COLUMNS) + 1 + len(labels)
        if labels:
            source = f"={HELP}!$B${first}:$B${last}"
            wanted = {"validate": "list", "source": source, "error_type": "information"}
            at = COLUMNS.index("roles")
            sheet.data_validation(1, at, LINES, at, wanted)
