"""
Which numbers are surely whole, so that JSON may write them as numbers: a count is `3`, a sum of
money `"3.00"`.

It looks at the tree only; where it cannot be sure, the number is written as exact text.
"""

from zhike.lang import Arithmetic, Call, Name, Negative, Node, Number
from zhike.meta import Field, Snapshot

COUNTS = frozenset(
    {
        "COUNT", "LEN", "FIND", "FLOOR", "CEIL", "YEAR", "MONTH", "QUARTER", "WEEK", "WEEKDAY",
        "DATEDIFF", "DAYS_SINCE", "DAYS_UNTIL", "WORKDAYS",
    }
)  # fmt: skip
"""Functions whose results are whole."""
CHOOSES = frozenset({"SUM", "MIN", "MAX", "FIRST", "LATEST"})
"""Functions over a relation's field whose results are as whole as that field."""
KEEPS = frozenset({"ABS", "MIN2", "MAX2", "COALESCE", "MOD"})
"""Functions whose results are whole if all their arguments are."""


def whole(node: Node, snapshot: Snapshot, obj: str) -> bool:
    """Say whether a number can have no decimals."""
    match node:
        case Number(value=value):
            return value == value.to_integral_value()
        case Negative(item=item):
            return whole(item, snapshot, obj)
        case Arithmetic(op="+" | "-" | "*", left=left, right=right):
            return whole(left, snapshot, obj) and whole(right, snapshot, obj)
        case Name(path=path):
            return _whole_field(snapshot, obj, [str(step) for step in path])
        case Call():
            return _whole_call(node, snapshot, obj)
        case _:
            return False


def _whole_call(call: Call, snapshot: Snapshot, obj: str) -> bool:
    if call.name in COUNTS:
        return True
    if call.name == "ROUND":
        return len(call.args) == 1
    if call.name in CHOOSES:
        return whole(call.args[0], snapshot, obj)
    return call.name in KEEPS and all(whole(one, snapshot, obj) for one in call.args)


def _whole_field(snapshot: Snapshot, obj: str, steps: list[str]) -> bool:
    here = snapshot.objects[obj]
    for step in steps[:-1]:
        field = here.fields.get(step)
        relation = here.relations.get(step)
        target = relation.object if relation else field.target if field else None
        if target is None:
            return False
        here = snapshot.objects[target]
    last = here.fields.get(steps[-1])
    return last is not None and _decimals(last) == 0


def _decimals(field: Field) -> int | None:
    if field.kind.name == "rating":
        return 0
    found: int | None = getattr(field.settings, "decimals", None)
    return found
