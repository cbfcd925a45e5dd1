"""Which columns a table of people may have, and what people call them. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhike.hub.sheets import Cell, letter

NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "员工姓名", "人员姓名", "name", "full name"),
    "number": (
        *("工号", "员工编号", "员工号", "人员编号", "职工号"),
        *("number", "employee number", "employee id", "employee no"),
    ),
    "login": ("登录名", "登录账号", "账号", "帐号", "用户名", "login", "username", "account"),
    "mobile": ("手机", "手机号", "手机号码", "移动电话", "联系电话", "电话", "mobile", "phone"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "邮件", "企业邮箱", "email", "e-mail", "mail"),
    "departments": (
        *("部门", "所属部门", "所在部门", "部门路径", "主部门"),
        *("department", "departments"),
    ),
    "roles": ("角色", "岗位", "岗位/角色", "角色/岗位", "权限角色", "role", "roles", "position"),
    "manager": (
        *("直属上级", "上级", "直接上级", "直属领导", "直接领导", "汇报对象", "主管"),
        *("manager", "reports to"),
    ),
    "joined_on": ("入职", "入职日期", "入职时间", "joined on", "hire date", "joined"),
    "left_on": ("离职", "离职日期", "离职时间", "left on", "leave date", "left"),
    "state": ("状态", "在职状态", "人员状态", "员工状态", "state", "status"),
    "language": ("语言", "language"),
}
"""What a member of a person is called in tables; the first name is the one of the template."""

KNOWN_BY = frozenset({"number", "login", "mobile", "email"})
"""A table says by one of these who is meant."""

DECORATION = re.compile(r"[\s**::]|[((](?:必填|选填|required|optional)[))]", re.IGNORECASE)
MEMBERS: Mapping[str, str] = {
    DECORATION.sub("", name).casefold(): member for member, names in NAMES.items() for name in names
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the table; `member` is None for what nobody asked for."""

    at: int
    header: str
    member: str | None

    @property
    def letter(self) -> str:
        """Its name in the spreadsheet."""
        return letter(self.at)


def columns(cells: Sequence[Cell]) -> tuple[Column, ...]:
    """Give the columns that a line names; what is named twice counts once."""
    found: list[Column] = []
    for at, cell in enumerate(cells):
        header = str(cell).strip() if cell is not None else ""
        member = MEMBERS.get(DECORATION.sub("", header).casefold())
        taken = {one.member for one in found}
        found.append(Column(at=at, header=header, member=None if member in taken else member))
    return tuple(found)


def is_head(found: Sequence[Column]) -> bool:
    """Tell whether a line of cells is the head of a table of people."""
    members = {one.member for one in found}
    return "name" in members and not KNOWN_BY.isdisjoint(members)
