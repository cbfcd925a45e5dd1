"""
What the platform gives to every workspace: the fields each object has, and the objects user and
department. None of it can be removed; labels of the fields may be worded differently per object.
"""

from collections.abc import Mapping

from zhike.kernel.words import Words
from zhike.meta.kinds import KINDS
from zhike.meta.kinds.kind import Json
from zhike.meta.snapshot import Field, Object

WRITABLE = frozenset({"owner", "department"})
"""The fields of the platform that callers may write."""


def _field(key: str, kind: str, label: tuple[str, str], *synonyms: str, **settings: Json) -> Field:
    known = KINDS[kind]
    return Field(
        key=key,
        kind=known,
        settings=known.settings.model_validate(settings),
        label=Words(zh=label[0], en=label[1]),
        synonyms=synonyms,
        system=True,
        indexed=key in INDEXED,
        type=known.type,
    )


INDEXED = frozenset({"owner", "department", "created_at"})


def _fields(*fields: Field) -> Mapping[str, Field]:
    return {one.key: one for one in fields}


FIRST: Mapping[str, Field] = _fields(_field("id", "id", ("编码", "ID")))
"""What stands before the object's own fields."""

LAST: Mapping[str, Field] = _fields(
    _field(
        "owner",
        "user",
        ("负责人", "Owner"),
        *("归属人", "所有人", "业务员", "销售", "销售员", "销售人员", "销售代表", "所属销售"),
        *("客户经理", "跟进人", "salesman", "sales rep"),
    ),
    _field("department", "department", ("部门", "Department"), "所属部门", "归属部门"),
    _field("created_at", "datetime", ("创建时间", "Created at"), "录入时间", "创建日期"),
    _field("created_by", "user", ("创建人", "Created by"), "录入人"),
    _field("updated_at", "datetime", ("更新时间", "Updated at"), "修改时间", "最后修改时间"),
    _field("updated_by", "user", ("更新人", "Updated by"), "修改人", "最后修改人"),
    _field("version", "number", ("版本", "Version"), decimals=0),
    _field("deleted_at", "datetime", ("删除时间", "Deleted at")),
)
"""What stands after them."""

GIVEN = FIRST.keys() | LAST.keys()
"""The keys of all fields that every object has."""

PRESENT = (
    "active and (left_on is null or left_on >= TODAY())"
    " and (absent_from is null or absent_from > NOW() or absent_until <= NOW())"
)
"""Who can be given work: here, and not absent just now; asked anew each time."""

USER = Object(
    key="user",
    label=Words(zh="用户", en="User"),
    plural=Words(zh="用户", en="Users"),
    table="zk_user",
    title="name",
    system=True,
    order=("name",),
    fields=_fields(
        FIRST["id"],
        _field("name", "text", ("姓名", "Name")),
        _field("number", "text", ("工号", "Number")),
        _field("login", "text", ("登录名", "Login")),
        _field("mobile", "text", ("手机", "Mobile")),
        _field("email", "text", ("邮箱", "E-mail")),
        _field("department", "department", ("主部门", "Department")),
        _field("manager", "user", ("直属上级", "Manager")),
        _field("active", "boolean", ("在职", "Active")),
        _field("joined_on", "date", ("入职日期", "Joined on")),
        _field("left_on", "date", ("离职日期", "Left on")),
        _field("absent_from", "datetime", ("请假开始", "Absent from")),
        _field("absent_until", "datetime", ("请假结束", "Absent until")),
        _field("deputy", "user", ("代理人", "Deputy")),
        _field("present", "formula", ("在岗", "Present"), formula=PRESENT, stored=False),
    ),
)

DEPARTMENT = Object(
    key="department",
    label=Words(zh="部门", en="Department"),
    plural=Words(zh="部门", en="Departments"),
    table="zk_department",
    title="name",
    system=True,
    order=("name",),
    fields=_fields(
        FIRST["id"],
        _field("name", "text", ("名称", "Name")),
        _field("code", "text", ("编码", "Code")),
        _field("parent", "department", ("上级部门", "Parent")),
        _field("head", "user", ("负责人", "Head")),
        _field("active", "boolean", ("启用", "Active")),
    ),
)

PEOPLE: Mapping[str, Object] = {one.key: one for one in (USER, DEPARTMENT)}
"""The objects of the platform itself."""
