"""SCIM filters (RFC 7644, 3.4.2.2) → SQL. What has no meaning here is refused, never ignored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from scim2_models.path import (
    STRING_OPERATORS,
    AttrPath,
    CompareOperator,
    Comparison,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
)

from zhike.kernel.sql import Sql, either, every, param, sql
from zhike.store.accounts.directory.faults import UnfitValue, UnknownAttribute


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What an attribute is in SQL."""

    value: Sql
    type: str = "text"
    exact: bool = False
    """Whether capitals count."""


EMAIL = Column(value=sql("u.email"))
MOBILE = Column(value=sql("u.mobile"))

USERS: Mapping[str, Column] = {
    "id": Column(value=sql("u.id::text")),
    "username": Column(value=sql("u.login")),
    "externalid": Column(value=sql("d.external"), exact=True),
    "displayname": Column(value=sql("u.name")),
    "name.formatted": Column(value=sql("u.name")),
    "name.familyname": Column(value=sql("nullif(d.family, '')")),
    "name.givenname": Column(value=sql("nullif(d.given, '')")),
    "active": Column(value=sql("u.active"), type="boolean"),
    "emails": EMAIL,
    "emails.value": EMAIL,
    "emails.type": Column(value=sql("CASE WHEN u.email IS NOT NULL THEN 'work' END")),
    "emails.primary": Column(
        value=sql("CASE WHEN u.email IS NOT NULL THEN true END"), type="boolean"
    ),
    "phonenumbers": MOBILE,
    "phonenumbers.value": MOBILE,
    "phonenumbers.type": Column(value=sql("CASE WHEN u.mobile IS NOT NULL THEN 'mobile' END")),
    "phonenumbers.primary": Column(
        value=sql("CASE WHEN u.mobile IS NOT NULL THEN true END"), type="boolean"
    ),
    "preferredlanguage": Column(value=sql("u.language")),
    "timezone": Column(value=sql("u.zone")),
    "meta.created": Column(value=sql("u.created_at"), type="timestamptz"),
    "meta.lastmodified": Column(value=sql("u.updated_at"), type="timestamptz"),
    "employeenumber": Column(value=sql("u.number")),
    "department": Column(value=sql("p.name")),
    "manager": Column(value=sql("u.manager::text")),
    "manager.value": Column(value=sql("u.manager::text")),
}
"""The attributes of people that can be asked for, in small letters."""


class People(FilterVisitor[Sql]):
    """Turns a filter over people into a condition."""

    def __init__(self, inside: str = "") -> None:
        self._inside = inside

    def visit_comparison(self, node: Comparison) -> Sql:
        """Compare an attribute with a value; what is not there equals nothing but null."""
        name = self._name(node.attr_path)
        if name in {"groups", "groups.value"}:
            return _in_group(name, node)
        column = self._column(name)
        if node.value is None:
            return _nothing(column, node, name)
        compared = _compared(column, node, name)
        if node.op is CompareOperator.ne:
            return sql("coalesce({one}, true)", one=compared)
        return sql("coalesce({one}, false)", one=compared)

    def visit_present(self, node: Present) -> Sql:
        """Tell whether there is a value."""
        name = self._name(node.attr_path)
        if name == "name":
            return sql("true")
        if name == "groups":
            return sql('EXISTS (SELECT FROM zk_user_role r WHERE r."user" = u.id)')
        return sql("{one} IS NOT NULL", one=self._column(name).value)

    def visit_not(self, node: Not) -> Sql:
        """Turn a condition around."""
        return sql("(NOT {one})", one=self.visit(node.expr))

    def visit_logical_expr(self, node: LogicalExpr) -> Sql:
        """Join conditions."""
        joining = every if node.op is LogicalOperator.and_ else either
        return sql("({all})", all=joining([self.visit(one) for one in node.terms]))

    def visit_value_path(self, node: ValuePath) -> Sql:
        """Look at the parts of one value: people have one e-mail and one telephone at most."""
        return People(self._name(node.attr_path)).visit(node.val_filter)

    def _name(self, path: AttrPath) -> str:
        name = ".".join(one for one in (path.attr, path.sub_attr) if one)
        return ".".join(one for one in (self._inside, name) if one).lower()

    def _column(self, name: str) -> Column:
        if name not in USERS:
            raise UnknownAttribute(at="filter", name=name[:80])
        return USERS[name]


def _nothing(column: Column, node: Comparison, name: str) -> Sql:
    match node.op:
        case CompareOperator.eq:
            return sql("{one} IS NULL", one=column.value)
        case CompareOperator.ne:
            return sql("{one} IS NOT NULL", one=column.value)
        case _:
            raise UnfitValue(at="filter", name=name, value="null")


OPERATORS: Mapping[CompareOperator, LiteralString] = {
    CompareOperator.eq: "{one} = {given}",
    CompareOperator.ne: "{one} <> {given}",
    CompareOperator.gt: "{one} > {given}",
    CompareOperator.ge: "{one} >= {given}",
    CompareOperator.lt: "{one} < {given}",
    CompareOperator.le: "{one} <= {given}",
    CompareOperator.co: "position({given} IN {one}) > 0",
    CompareOperator.sw: "starts_with({one}, {given})",
    CompareOperator.ew: "right({one}, length({given})) = {given}",
}


def _compared(column: Column, node: Comparison, name: str) -> Sql:
    if node.op in STRING_OPERATORS and column.type != "text":
        raise UnfitValue(at="filter", name=name, value=str(node.value)[:80])
    one, given = column.value, param(_value(column, node, name), column.type)
    if column.type == "text" and not column.exact:
        one, given = sql("lower({one})", one=one), sql("lower({one})", one=given)
    return sql(OPERATORS[node.op], one=one, given=given)


def _value(column: Column, node: Comparison, name: str) -> object:
    value = node.value
    unfit = UnfitValue(at="filter", name=name, value=str(value)[:80])
    try:
        match column.type, value:
            case "boolean", bool():
                return value
            case "text", str() if "\0" not in value:
                return value
            case "timestamptz", datetime():
                return value
            case "timestamptz", str():
                return datetime.fromisoformat(value)
            case _:
                raise unfit
    except ValueError as error:
        raise unfit from error


def _in_group(name: str, node: Comparison) -> Sql:
    if node.op is not CompareOperator.eq or not isinstance(node.value, str) or "\0" in node.value:
        raise UnfitValue(at="filter", name=name, value=str(node.value)[:80])
    return sql(
        'EXISTS (SELECT FROM zk_user_role r WHERE r."user" = u.id AND r.role = {role})',
        role=param(node.value, "text"),
    )
