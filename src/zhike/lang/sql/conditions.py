"""
Conditions. Each is written so that it is true exactly where it holds; its opposite is `fails`.

What compares a bare column with a parameter stays just that, whatever the emptiness rules say: they
only show where the opposite is asked.
"""

from collections.abc import Mapping

from zhike.kernel.sql import Sql, ident, joined, param, sql, vetted
from zhike.lang.sql.joins import exists, through
from zhike.lang.sql.values import VALUES, operand, raw
from zhike.lang.sql.writer import Pen, Rule, Rules
from zhike.lang.typed import (
    Aggregate,
    All,
    Among,
    Apply,
    Changed,
    Constant,
    Created,
    Edge,
    Equal,
    Holds,
    Lies,
    Match,
    Negation,
    Order,
    Predicate,
    Present,
    Ranged,
    Read,
    SameItems,
    Some,
    Through,
    Typed,
)
from zhike.lang.types import LISTS

ASKING = frozenset({"ME", "MY_DEPARTMENT"})
ALWAYS = frozenset({"TODAY", "NOW", "LEN"})
"""Functions that always have a result."""


def is_alternative(node: Typed) -> bool:
    """Say whether what holds for a node is written with OR, and so needs parentheses beside AND."""
    return isinstance(node, Some) or (isinstance(node, Negation) and isinstance(node.item, All))


def all_of(node: All, pen: Pen) -> Sql:
    return joined([_beside_and(one, pen) for one in node.items], by=" AND ")


def some_of(node: Some, pen: Pen) -> Sql:
    return joined([pen.holds(one) for one in node.items], by=" OR ")


def all_fail(node: All, pen: Pen) -> Sql:
    return joined([pen.fails(one) for one in node.items], by=" OR ")


def some_fail(node: Some, pen: Pen) -> Sql:
    return joined([_beside_and(negated(one), pen) for one in node.items], by=" AND ")


def negated(node: Typed) -> Typed:
    return node.item if isinstance(node, Negation) else Negation(item=node)


def _beside_and(node: Typed, pen: Pen) -> Sql:
    held = pen.holds(node)
    return sql("({held})", held=held) if is_alternative(node) else held


def negation(node: Negation, pen: Pen) -> Sql:
    return pen.fails(node.item)


def not_negation(node: Negation, pen: Pen) -> Sql:
    return pen.holds(node.item)


def constant_holds(node: Constant, _pen: Pen) -> Sql:
    return sql("true") if node.value is True else sql("false")


def constant_fails(node: Constant, _pen: Pen) -> Sql:
    return sql("false") if node.value is True else sql("true")


def _filled(node: Typed) -> bool:
    """Say whether a value can never be empty, so that `=` may be written as such."""
    match node:
        case Constant(value=known):
            return known is not None
        case Apply(function=function, args=args):
            moved = function.name in {"earlier", "later", "midnight"}
            return function.name in ALWAYS or (moved and all(_filled(one) for one in args))
        case Aggregate(name=name):
            return name in {"COUNT", "SUM", "EXISTS"}
        case _:
            return isinstance(node, Edge | Predicate)


def _asking(node: Typed) -> bool:
    return isinstance(node, Apply) and node.function.name in ASKING


def equal(node: Equal, pen: Pen) -> Sql:
    left, right = operand(node.left, node.right, pen), operand(node.right, node.left, pen)
    plain = any(_filled(one) or _asking(one) for one in (node.left, node.right))
    if plain:
        return sql("{left} = {right}", left=left, right=right)
    return sql("{left} IS NOT DISTINCT FROM {right}", left=left, right=right)


def not_equal(node: Equal, pen: Pen) -> Sql:
    left, right = operand(node.left, node.right, pen), operand(node.right, node.left, pen)
    if _asking(node.left) or _asking(node.right):
        return sql("({left} = {right}) IS NOT TRUE", left=left, right=right)
    return sql("{left} IS DISTINCT FROM {right}", left=left, right=right)


def order(node: Order, pen: Pen) -> Sql:
    left, right = operand(node.left, node.right, pen), operand(node.right, node.left, pen)
    match node.op:
        case "<":
            return sql("{left} < {right}", left=left, right=right)
        case "<=":
            return sql("{left} <= {right}", left=left, right=right)
        case ">":
            return sql("{left} > {right}", left=left, right=right)
        case ">=":
            return sql("{left} >= {right}", left=left, right=right)


def ranged(node: Ranged, pen: Pen) -> Sql:
    return sql(
        "{item} BETWEEN {low} AND {high}",
        item=pen.value(node.item), low=pen.value(node.low), high=pen.value(node.high),
    )  # fmt: skip


def among(node: Among, pen: Pen) -> Sql:
    item = raw(node.item, pen) if isinstance(node.item, Read) else pen.value(node.item)
    these = operand(node.these, node.item, pen)
    if not isinstance(node.these, Constant | Apply):
        # ANY over a bare subquery would mean its rows, not the items of its one list.
        these = sql("{these}::{native}", these=these, native=vetted(node.these.shape.native))
    return sql("{item} = ANY({these})", item=item, these=these)


def lies(node: Lies, pen: Pen) -> Sql:
    if not isinstance(node.item, Read):
        return sql(
            "zhike.within({item}, {low}, {high})",
            item=pen.value(node.item),
            low=param([low for low, _ in node.ranges], "text[]"),
            high=param([high for _, high in node.ranges], "text[]"),
        )
    item = raw(node.item, pen)
    each = [
        sql(
            "{item} >= {low} AND {item} < {high}",
            item=item, low=param(low, "text"), high=param(high, "text"),
        )
        for low, high in node.ranges
    ]  # fmt: skip
    if len(each) == 1:
        return each[0]
    return sql("({each})", each=joined(each, by=" OR "))


def match_text(node: Match, pen: Pen) -> Sql:
    item = pen.value(node.item)
    if isinstance(node.part, Constant):
        text = str(node.part.value)
        before = "" if node.how == "starts with" else "%"
        after = "" if node.how == "ends with" else "%"
        return sql(
            "{item} {like} {part}",
            item=item,
            # Han characters have no case: looking for them need not turn whole texts to lower case.
            like=sql("LIKE" if text.lower() == text.upper() else "ILIKE"),
            part=param(f"{before}{_escaped(text)}{after}", "text"),
        )
    part = pen.value(node.part)
    match node.how:
        case "contains":
            return sql("strpos(lower({item}), lower({part})) > 0", item=item, part=part)
        case "starts with":
            return sql("starts_with(lower({item}), lower({part}))", item=item, part=part)
        case "ends with":
            return sql(
                "starts_with(reverse(lower({item})), reverse(lower({part})))", item=item, part=part
            )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def has_items(node: Holds, pen: Pen) -> Sql:
    item, these = pen.value(node.item), pen.value(node.these)
    if node.how == "all" or _count(node.these) == 1:
        return sql("{item} @> {these}", item=item, these=these)
    return sql("{item} && {these}", item=item, these=these)


def _count(node: Typed) -> int:
    items = node.value if isinstance(node, Constant) else ()
    return len(items) if isinstance(items, tuple) else 0


def same_items(node: SameItems, pen: Pen) -> Sql:
    left, right = pen.value(node.left), pen.value(node.right)
    return sql("zhike.same_items({left}, {right})", left=left, right=right)


def present(node: Present, pen: Pen) -> Sql:
    item = raw(node.item, pen) if isinstance(node.item, Read) else pen.value(node.item)
    if node.item.shape.name in LISTS:
        return sql("cardinality({item}) > 0", item=item)
    return sql("{item} IS NOT NULL", item=item)


def absent(node: Present, pen: Pen) -> Sql:
    item = raw(node.item, pen) if isinstance(node.item, Read) else pen.value(node.item)
    if node.item.shape.name in LISTS:
        return sql("(cardinality({item}) > 0) IS NOT TRUE", item=item)
    return sql("{item} IS NULL", item=item)


def not_through(node: Through, pen: Pen) -> Sql:
    return sql("NOT {held}", held=through(node, pen))


def aggregate_holds(node: Aggregate, pen: Pen) -> Sql:
    return exists(node, pen) if node.name == "EXISTS" else VALUES[Aggregate](node, pen)


def aggregate_fails(node: Aggregate, pen: Pen) -> Sql:
    if node.name == "EXISTS":
        return sql("NOT {held}", held=exists(node, pen))
    return sql("{value} IS NOT TRUE", value=VALUES[Aggregate](node, pen))


def changed(node: Changed, pen: Pen) -> Sql:
    pen.column(node.object, node.field, node.span)
    return sql(
        "coalesce({new} ? {key}, false)", new=ident("event", "new"), key=param(node.field, "text")
    )


def created(_node: Created, _pen: Pen) -> Sql:
    return sql("{kind} = 'created'", kind=ident("event", "kind"))


HOLDING: Mapping[type[Typed], Rule] = {
    All: all_of,
    Some: some_of,
    Negation: negation,
    Equal: equal,
    Order: order,
    Ranged: ranged,
    Among: among,
    Lies: lies,
    Match: match_text,
    Holds: has_items,
    SameItems: same_items,
    Present: present,
    Through: through,
    Constant: constant_holds,
    Aggregate: aggregate_holds,
    Changed: changed,
    Created: created,
}

FAILING: Mapping[type[Typed], Rule] = {
    All: all_fail,
    Some: some_fail,
    Negation: not_negation,
    Equal: not_equal,
    Present: absent,
    Through: not_through,
    Constant: constant_fails,
    Aggregate: aggregate_fails,
}

RULES = Rules(
    values=VALUES,
    holding=HOLDING,
    failing=FAILING,
    certain=frozenset({Present, Through, Created, Changed, SameItems}),
)
