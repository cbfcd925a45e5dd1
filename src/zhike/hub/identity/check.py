"""
What is wrong with a match document: unknown fields and comparisons, fields nobody is known by.
"""

from collections.abc import Iterator

from zhike.hub.identity.faults import (
    NoDay,
    NoGroup,
    NotComparable,
    NothingAgainst,
    UnknownComparison,
    UnknownLevel,
)
from zhike.hub.identity.kinds import COMPARISONS
from zhike.hub.identity.scales import BY_KIND
from zhike.hub.identity.spec import MatchSpec
from zhike.kernel.faults import Problem, problem
from zhike.meta import Object, Snapshot, nearest

VAGUE = frozenset(
    {"boolean", "children", "formula", "rollup", "lookups", "users", "tags", "options", "json",
     "geo", "attachment", "image", "signature", "rating", "long_text"}
)  # fmt: skip
"""Kinds whose values many records share, or that have no one value."""


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
    yield from _compared(spec, known)
    yield from _lone(spec, known)


def _compared(spec: MatchSpec, known: Object) -> Iterator[Problem]:
    for number, one in enumerate(spec.compare):
        field = known.fields.get(one.field)
        if field is None:
            continue
        scale = BY_KIND.get(field.kind.name)
        if scale is None or field.column is None:
            yield problem(NotComparable, at=f"compare[{number}].field", field=one.field)
            continue
        words = [level.word for level in scale.levels]
        said = "、".join(words)
        for word in one.weights.keys() - set(words):
            at = f"compare[{number}].weights.{word}"
            yield problem(UnknownLevel, at=at, name=word, known=said)


def _lone(spec: MatchSpec, known: Object) -> Iterator[Problem]:
    group = known.fields.get(spec.group or "")
    if group is not None and (group.kind.name != "lookup" or group.target != known.key):
        yield problem(NoGroup, at="group", field=group.key)
    until = known.fields.get(spec.protected_until or "")
    if until is not None and (until.kind.name not in ("date", "datetime") or not until.column):
        yield problem(NoDay, at="protected_until", field=until.key)
