"""
What is wrong with a match document: unknown fields and comparisons, fields nobody is known by.
"""

from zhike.hub.identity.faults import NotComparable, UnknownComparison
from zhike.hub.identity.kinds import COMPARISONS
from zhike.hub.identity.spec import MatchSpec
from zhike.kernel.faults import Problem, problem
from zhike.meta import Snapshot, nearest

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
    return found
