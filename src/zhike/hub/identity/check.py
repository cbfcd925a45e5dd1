"""
What is wrong with a match document: unknown fields and comparisons, fields nobody is known by.
"""

from collections.abc import Iterator
from dataclasses import replace

from zhike.hub.identity.faults import (
    KeyTaken,
    NoDay,
    NoGroup,
    NotComparable,
    NothingAgainst,
    NothingToCompare,
    UnknownComparison,
    UnknownLevel,
)
from zhike.hub.identity.kinds import COMPARISONS
from zhike.hub.identity.scales import BY_KIND, BY_NAME
from zhike.hub.identity.spec import MatchSpec
from zhike.kernel.faults import Fault, Problem, problem
from zhike.lang import checked, storable
from zhike.meta import CompareSpec, Object, Snapshot, nearest

VAGUE = frozenset(
    {"boolean", "children", "formula", "rollup", "lookups", "users", "tags", "options", "json",
     "geo", "attachment", "image", "signature", "rating", "long_text"}
)  # fmt: skip
"""Kinds whose values many records share, or that have no one value."""


TOLD = frozenset({"text", "number", "money", "percent", "date", "datetime"})
"""Types of expressions whose values may say who somebody is."""


def check(spec: MatchSpec, snapshot: Snapshot) -> list[Problem]:
    """Give everything that is wrong with a match document; unknown fields are told by `meta`."""
    found: list[Problem] = []
    known = snapshot.objects.get(spec.object)
    for number, key in enumerate(spec.keys):
        if key.using not in COMPARISONS:
            near = nearest(key.using, COMPARISONS)
            found.append(
                problem(UnknownComparison, at=f"keys[{number}].using", name=key.using, near=near)
            )
        for place, name in enumerate(key.fields):
            field = known.fields.get(name) if known else None
            if field is not None and field.kind.name in VAGUE:
                found.append(
                    problem(NotComparable, at=f"keys[{number}].fields[{place}]", field=name)
                )
    if known is not None:
        found.extend(_likeness(spec, known, snapshot))
    return found


def _likeness(spec: MatchSpec, known: Object, snapshot: Snapshot) -> Iterator[Problem]:
    """Give what is wrong with how records are compared beyond their keys."""
    for number, some in enumerate(spec.near or ()):
        for place, name in enumerate(some):
            field = known.fields.get(name)
            if field is not None and (field.kind.name in VAGUE or field.column is None):
                yield problem(NotComparable, at=f"near[{number}][{place}]", field=name)
    for number, other in enumerate(spec.against):
        if other.object == spec.object or other.object not in snapshot.matches:
            yield problem(NothingAgainst, at=f"against[{number}].object", object=other.object)
    yield from _compared(spec, known, snapshot)
    yield from _lone(spec, known)


def _compared(spec: MatchSpec, known: Object, snapshot: Snapshot) -> Iterator[Problem]:
    for number, one in enumerate(spec.compare):
        at = f"compare[{number}]"
        if one.expression:
            scale = BY_NAME.get(one.using)
            yield from _expression(one, known, snapshot, at=at)
        elif (field := known.fields.get(one.name)) is not None:
            scale = BY_KIND.get(field.kind.name) if field.column else None
            if scale is None:
                yield problem(NotComparable, at=f"{at}.field", field=one.name)
        else:
            continue
        if scale is None:
            continue
        words = [level.word for level in scale.levels]
        said = "、".join(words)
        for word in one.weights.keys() - set(words):
            yield problem(UnknownLevel, at=f"{at}.weights.{word}", name=word, known=said)


def _expression(
    one: CompareSpec, known: Object, snapshot: Snapshot, *, at: str
) -> Iterator[Problem]:
    """Give what is wrong with an expression that records are compared by."""
    if one.using not in BY_NAME:
        near = nearest(one.using, BY_NAME)
        yield problem(UnknownComparison, at=f"{at}.using", name=one.using, near=near)
    if one.name in known.fields:
        yield problem(KeyTaken, at=f"{at}.key", name=one.name)
    try:
        read = checked(one.expression, snapshot, known.key)
    except Fault as fault:
        yield from (replace(each, at=f"{at}.expression") for each in fault.problems)
        return
    yield from (replace(each, at=f"{at}.expression") for each in storable(read))
    if read.type not in TOLD:
        yield problem(NothingToCompare, at=f"{at}.expression", type=read.type)
    for _, field in sorted(read.parts):
        if known.fields[field].kind.name in ("formula", "rollup"):
            yield problem(NotComparable, at=f"{at}.expression", field=field)


def _lone(spec: MatchSpec, known: Object) -> Iterator[Problem]:
    group = known.fields.get(spec.group or "")
    if group is not None and (group.kind.name != "lookup" or group.target != known.key):
        yield problem(NoGroup, at="group", field=group.key)
    until = known.fields.get(spec.protected_until or "")
    if until is not None and (until.kind.name not in ("date", "datetime") or not until.column):
        yield problem(NoDay, at="protected_until", field=until.key)
