"""What is wrong with the words of a hand-over, before anything is counted. Pure."""

from collections.abc import Iterator
from uuid import UUID

from zhike import lang
from zhike.access import Policy
from zhike.hub.handover.faults import (
    NoManager,
    NotALookup,
    NotHandedOver,
    OwnerOnly,
    TakesOverReports,
    TargetDeparted,
    TargetIsPerson,
    TargetLeaving,
    UnknownTarget,
)
from zhike.hub.handover.people import Cast
from zhike.hub.handover.spec import OWNER, HandoverSpec, Rule, Rules, Someone, Target
from zhike.kernel.faults import Fault, Problem, problem
from zhike.meta import Field, Object, Snapshot

NAMES_PEOPLE = frozenset({"user", "users"})
NEEDS_SOMEBODY = frozenset({"teams", "views"})
"""What cannot be left to nobody, as those can be who report to the person."""


def check(spec: HandoverSpec, policy: Policy, cast: Cast) -> list[Problem]:
    """
    Give everything that is wrong.

    A condition is checked in the sight of whoever hands over: what is hidden from them has no name.
    """
    found: list[Problem] = []
    for key, rules in spec.objects.items():
        at = f"objects.{key}"
        place = placed(policy.snapshot, key)
        if place is None:
            found.append(problem(NotHandedOver, at=at, name=key[:80]))
        else:
            found.extend(_rules(rules, at, policy, cast, place=place))
    if spec.others is not None:
        found.extend(_target(spec.others, "others", cast))
        if spec.others.parent:
            found.append(problem(NotALookup, at="others.parent", name=spec.others.parent))
    for name, someone in _taking_over(spec).items():
        found.extend(_someone(someone, name, cast))
    return found


def _taking_over(spec: HandoverSpec) -> dict[str, Someone]:
    """Give who takes over as a person, said or unsaid."""
    wanted = {
        "teams": spec.teams,
        "reports": spec.moving(spec.reports),
        "departments": spec.moving(spec.departments),
        "views": spec.views,
    }
    return {name: one for name, one in wanted.items() if one is not None}


def placed(snapshot: Snapshot, key: str) -> tuple[Object, Field] | None:
    """Give the object and the field that a key means: `customer`, `task.assignee`."""
    name, _, field = key.partition(".")
    obj = snapshot.objects.get(name)
    if obj is None or obj.system or field == OWNER:
        return None
    found = obj.fields.get(field or OWNER)
    if found is None or found.kind.name not in NAMES_PEOPLE or found.column is None:
        return None
    return None if found.system and found.key != OWNER else (obj, found)


def _rules(
    rules: Rules, at: str, policy: Policy, cast: Cast, *, place: tuple[Object, Field]
) -> Iterator[Problem]:
    obj, field = place
    for number, rule in enumerate(rules):
        here = f"{at}[{number}]"
        yield from _target(rule.to, f"{here}.to", cast)
        yield from _condition(rule, f"{here}.where", policy, obj)
        if field.key != OWNER and (rule.to.pool or rule.to.parent):
            yield problem(OwnerOnly, at=f"{here}.to")
        elif rule.to.parent and parent(policy.snapshot, obj, rule.to.parent) is None:
            yield problem(NotALookup, at=f"{here}.to.parent", name=rule.to.parent)


def parent(snapshot: Snapshot, obj: Object, key: str) -> Object | None:
    """Give the object that a lookup of another one leads to, if its records have owners."""
    field = obj.fields.get(key)
    if field is None or field.kind.name != "lookup" or field.target is None:
        return None
    target = snapshot.objects.get(field.target)
    return None if target is None or target.system else target


def _condition(rule: Rule, at: str, policy: Policy, obj: Object) -> Iterator[Problem]:
    if not rule.where:
        return
    try:
        lang.checked(rule.where, policy.snapshot, obj.key, wants="boolean", sight=policy)
    except Fault as fault:
        yield from (one.under(at) for one in fault.problems)


def _target(to: Target, at: str, cast: Cast) -> Iterator[Problem]:
    if to.pool is not None and to.pool not in cast.pools:
        yield problem(UnknownTarget, at=f"{at}.pool", id=to.pool)
    for number, one in enumerate(to.people):
        yield from _taking(one, f"{at}.user" if to.user else f"{at}.users[{number}]", cast)
    if to.manager:
        yield from _manager(f"{at}.manager", cast)


def _someone(someone: Someone, at: str, cast: Cast) -> Iterator[Problem]:
    if someone.user is not None:
        yield from _taking(someone.user, f"{at}.user", cast)
        if at == "reports" and someone.user in cast.below:
            yield problem(TakesOverReports, at="reports.user", name=_name(someone.user, cast))
    elif cast.person.manager is not None or at in NEEDS_SOMEBODY:
        yield from _manager(f"{at}.manager", cast)


def _manager(at: str, cast: Cast) -> Iterator[Problem]:
    if cast.person.manager is None:
        yield problem(NoManager, at=at)
    else:
        yield from _taking(cast.person.manager, at, cast)


def _taking(id_: UUID, at: str, cast: Cast) -> Iterator[Problem]:
    known = cast.known.get(id_)
    if id_ == cast.person.id:
        yield problem(TargetIsPerson, at=at)
    elif known is None:
        yield problem(UnknownTarget, at=at, id=id_)
    elif not known.active:
        yield problem(TargetDeparted, at=at, name=known.name)
    elif known.leaving:
        yield problem(TargetLeaving, at=at, name=known.name)


def _name(id_: UUID, cast: Cast) -> str:
    known = cast.known.get(id_)
    return known.name if known else str(id_)
