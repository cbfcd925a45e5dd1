"""
What is wrong with the rules of a match document, and with what somebody chooses by hand. Pure.
"""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from zhike.access import Policy
from zhike.hub.merge.faults import CannotChoose, CannotSurvive, ChosenElsewhere
from zhike.hub.merge.survive import JOINED, mergeable, rules
from zhike.kernel.faults import Problem, problem
from zhike.lang import unknown_field
from zhike.meta import MatchSpec, Object, Snapshot


def check(spec: MatchSpec, snapshot: Snapshot) -> list[Problem]:
    """Give everything that is wrong with the survival of values; unknown fields `meta` tells."""
    of = snapshot.objects.get(spec.object)
    return list(_check(spec, of)) if of else []


def _check(spec: MatchSpec, of: Object) -> Iterator[Problem]:
    for key, rule in spec.survive.items():
        field = of.fields.get(key)
        if field is None:
            continue
        fits = field.kind.writable and mergeable(field)
        fits = fits and (rule != "all" or field.kind.name in JOINED)
        if not fits or (rule == "trusted" and not spec.trust):
            yield problem(CannotSurvive, at=f"survive.{key}", field=key, rule=rule)


def choosable(
    policy: Policy, of: Object, records: Collection[UUID], choose: Mapping[str, UUID]
) -> list[Problem]:
    """Give everything that is wrong with a choice: a hidden field is one that is not there."""
    known = rules(policy.snapshot, of.key).fields
    seen = {key: one for key, one in of.fields.items() if policy.level(of.key, key) != "hidden"}
    writable = policy.writable(of.key)
    found: list[Problem] = []
    for name, record in choose.items():
        at = f"choose.{name}"
        if name not in seen:
            wrong = unknown_field(seen.values(), of.key, name).problems
            found.extend(one.under(at) for one in wrong)
        elif name not in known or name not in writable:
            found.append(problem(CannotChoose, at=at, name=name))
        elif record not in records:
            found.append(problem(ChosenElsewhere, at=at, record=record))
    return found
