"""Values: constants as bound parameters, fields as columns, functions as their entries say."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from zhike.kernel.sql import NOTHING, Sql, ident, joined, param, sql, vetted
from zhike.lang.functions import Parameter
from zhike.lang.sight import FULL_SIGHT
from zhike.lang.sql.edges import edge
from zhike.lang.sql.joins import aggregate, read_over
from zhike.lang.sql.writer import Pen, Rule
from zhike.lang.typed import Aggregate, Apply, Constant, Edge, Former, Read, Typed

WHOLE = frozenset({"smallint", "integer", "bigint"})
LARGEST = 2**63 - 1


def constant(node: Constant, pen: Pen) -> Sql:
    """
    Write a value as a bound parameter; an empty one tells its type, so that PostgreSQL knows it.
    """
    native = node.shape.native
    match node.value:
        case None:
            return sql("NULL::{native}", native=vetted(native))
        case tuple() as items:
            return listed(items, native, pen)
        case int() as number if not isinstance(number, bool):
            return param(number, "integer")
        case value:
            return param(value, native)


def listed(items: tuple[Typed, ...], native: str, pen: Pen) -> Sql:
    """Write a list, in one parameter if every item is known."""
    known = [one.value for one in items if isinstance(one, Constant)]
    if len(known) == len(items):
        return param(known, native)
    each = joined([pen.value(one) for one in items])
    return sql("ARRAY[{each}]::{native}", each=each, native=vetted(native))


def read(node: Read, pen: Pen) -> Sql:
    """Write a field; whole numbers are reckoned with as exact ones."""
    column = raw(node, pen)
    if node.column in WHOLE or node.column.startswith(("real", "double")):
        return sql("{column}::numeric", column=column)
    return column


def raw(node: Read, pen: Pen) -> Sql:
    """Write a field as its column is, without a cast, so that an index can be used."""
    if node.hops:
        return read_over(node, pen, replace(node, hops=()))
    column = pen.column(node.object, node.field, node.span)
    if node.formula is None:
        return column
    bare = FULL_SIGHT.column(node.object, node.field, pen.alias)
    if column != bare:
        return column
    return pen.under(pen.alias, sight=FULL_SIGHT).value(node.formula)


def operand(node: Typed, other: Typed, pen: Pen) -> Sql:
    """
    Write one side of a comparison; a column stays bare, and a literal takes the column's type.
    """
    if isinstance(node, Read) and not node.hops:
        return raw(node, pen)
    if isinstance(node, Constant) and isinstance(other, Read) and other.column in WHOLE:
        return _whole(node) or pen.value(node)
    return pen.value(node)


def _whole(node: Constant) -> Sql:
    items = node.value if isinstance(node.value, tuple) else (node,)
    numbers = [one.value for one in items if isinstance(one, Constant)]
    known = [
        int(number)
        for number in numbers
        if isinstance(number, Decimal) and number == int(number) and abs(number) <= LARGEST
    ]
    if len(known) < len(items):
        return NOTHING
    return param(known, "bigint[]") if isinstance(node.value, tuple) else param(known[0], "bigint")


def applied(node: Apply, pen: Pen) -> Sql:
    """Write a function."""
    parameters = node.function.parameters
    written = [
        pen.holds(arg) if _is_condition(parameters, number) else pen.value(arg)
        for number, arg in enumerate(node.args)
    ]
    return node.function.sql(*written)


def _is_condition(parameters: tuple[Parameter, ...], number: int) -> bool:
    if number < len(parameters):
        return parameters[number].condition
    return len(parameters) > 1 and parameters[number % len(parameters)].condition


def former(node: Former, pen: Pen) -> Sql:
    """Write a field's value before or after the change."""
    pen.column(node.object, node.field, node.span)
    source = ident("event", node.side)
    key = param(node.field, "text")
    if node.shape.native.endswith("[]"):
        return sql(
            "(SELECT array_agg(item) FROM jsonb_array_elements_text("
            "CASE jsonb_typeof({source} -> {key}) WHEN 'array' THEN {source} -> {key} END"
            ") AS item)::{native}",
            source=source, key=key, native=vetted(node.shape.native),
        )  # fmt: skip
    return sql(
        "({source} ->> {key})::{native}", source=source, key=key, native=vetted(node.shape.native)
    )


VALUES: Mapping[type[Typed], Rule] = {
    Constant: constant,
    Read: read,
    Apply: applied,
    Aggregate: aggregate,
    Edge: edge,
    Former: former,
}
