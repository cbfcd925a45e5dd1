"""
Every check there is, over the whole configuration at once.

`meta` checks the words; here come the checks that need the expression language (formulas, roll-ups,
scopes of roles, conditions of views) and those of the stages that read a document.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zhike import access
from zhike.hub import identity, merge
from zhike.kernel.faults import Problem, problem
from zhike.lang import Checked, storable
from zhike.lang.tree import Call
from zhike.meta import (
    Field,
    FormSpec,
    Located,
    MatchSpec,
    ObjectSpec,
    PageSpec,
    Path,
    QualitySpec,
    Read,
    RoleSpec,
    Snapshot,
    ViewSpec,
    build,
    quality,
)
from zhike.meta import checked as words_checked
from zhike.packs import faces
from zhike.packs.faces import placed, wrong
from zhike.packs.faults import Drifting, NotARollup
from zhike.store.catalog import Settled, expression, settled

AGGREGATES = frozenset({"COUNT", "SUM", "AVG", "MIN", "MAX", "LATEST", "FIRST", "LIST", "EXISTS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Documents, what they mean (if they mean anything), and everything that is wrong with them."""

    read: Sequence[Read]
    settled: Settled | None
    problems: tuple[Problem, ...]


def understand(documents: Iterable[Located], *, version: int, zone: str) -> Understood:
    """Read, check and build a whole configuration."""
    read, found = words_checked(documents)
    if found:
        return Understood(read=read, settled=None, problems=tuple(found))
    typed = [one.spec for one in read if one.spec is not None]
    whole = settled(build(typed, version=version, zone=zone))
    problems = [one for each in read for one in _expressions(each, whole)]
    return Understood(read=read, settled=whole, problems=tuple(problems))


def _expressions(one: Read, whole: Settled) -> Iterator[Problem]:
    match one.spec:
        case ObjectSpec() as spec:
            yield from _formulas(one.located, spec, whole)
        case QualitySpec() as spec:
            yield from _quality(one.located, spec, whole)
        case RoleSpec() as spec:
            yield from _scopes(one.located, spec, whole.snapshot)
        case ViewSpec() | FormSpec() | PageSpec() as spec:
            yield from faces.check(one.located, spec, whole.snapshot)
        case MatchSpec() as spec:
            for found in (
                *identity.check(spec, whole.snapshot),
                *merge.check(spec, whole.snapshot),
            ):
                yield replace(found, at=one.located.at(*_steps(found.at)))
        case _:
            return


def _steps(at: str) -> Path:
    """Take an address inside a document apart: `keys[0].using`."""
    return tuple(int(step) if step.isdigit() else step for step in re.findall(r"\w+", at, re.ASCII))


def _formulas(located: Located, spec: ObjectSpec, whole: Settled) -> Iterator[Problem]:
    fields = whole.snapshot.objects[spec.key].fields
    for number, written in enumerate(spec.fields):
        name = (spec.key, written.key)
        at = located.at("fields", number, "formula")
        yield from placed(whole.problems.get(name, ()), at)
        known = whole.checked.get(name)
        if known is not None:
            yield from _stored(fields[written.key], known, at)


def _stored(field: Field, known: Checked, at: str) -> Iterator[Problem]:
    said = expression(field)
    if field.kind.name == "rollup":
        if not (isinstance(known.node, Call) and known.node.name in AGGREGATES):
            yield problem(NotARollup, at=at)
        elif not known.immutable:
            yield problem(Drifting, at=at, part=said)
    elif field.column is not None:
        yield from placed(storable(known), at)


def _quality(located: Located, spec: QualitySpec, whole: Settled) -> Iterator[Problem]:
    """Say first what is wrong with the words of people, then whether the whole can be kept."""
    found = [
        one
        for field, said in spec.valid.items()
        for one in wrong(
            said, whole.snapshot, spec.object, wants="boolean", at=located.at("valid", field)
        )
    ]
    places = {"quality_freshness": ("fresh", "since"), "quality_completeness": ("complete",)}
    for key in () if found else quality.KEYS:
        name, at = (spec.object, key), located.at(*places.get(key, ("valid",)))
        found += placed(whole.problems.get(name, ()), at)
        known = whole.checked.get(name)
        if known is not None:
            found += placed(storable(known), at)
    yield from found


def _scopes(located: Located, role: RoleSpec, snapshot: Snapshot) -> Iterator[Problem]:
    for object_, path, scope in access.said(role):
        if not access.is_word(scope):
            at = located.at(*path)
            yield from wrong(scope, snapshot, object_, wants="boolean", at=at)
