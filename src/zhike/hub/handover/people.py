"""Who takes part in a hand-over: the person, those who take over, the departments with a pool."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from zhike.hub.handover.spec import HandoverSpec, Someone
from zhike.kernel.faults import NotFound
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx

QUERIES = load(Path(__file__).with_name("queries.sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person as far as a hand-over has to know them."""

    id: UUID
    name: str
    active: bool
    manager: UUID | None
    absent: bool
    """Whether the person is away just now (请假)."""
    deputy: UUID | None
    """Who stands in for the person, if that one works here."""
    deputy_name: str
    leaving: bool
    """Whether a hand-over of this person is under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody a hand-over names."""

    person: Somebody
    known: Mapping[UUID, Somebody]
    """Those who take over, by id."""
    pools: Mapping[UUID, str]
    """The departments there are among those named, with their names."""
    below: frozenset[UUID]
    """Everybody under the person in the reporting line."""

    def taking(self, someone: Someone) -> UUID | None:
        """Give who is meant by a name or by the word manager."""
        return someone.user or self.person.manager


async def somebody(tx: Tx, id: UUID) -> Somebody:  # noqa: A002 - what it is
    """Give one person, who must exist."""
    found = await _people(tx, [id])
    if not found:
        raise NotFound
    return found[id]


async def cast(tx: Tx, id: UUID, spec: HandoverSpec) -> Cast:  # noqa: A002 - what it is
    """Look up everybody that a hand-over names."""
    person = await somebody(tx, id)
    named = {*_named(spec)}
    if person.manager is not None:
        named.add(person.manager)
    pools = {rule.to.pool for rule in spec.every_rule() if rule.to.pool is not None}
    departments, below = await tx.several(
        (QUERIES["pools"](ids=sorted(pools)), QUERIES["below"](id=id))
    )
    return Cast(
        person=person,
        known=await _people(tx, sorted(named)),
        pools={row[0]: row[1] for row in departments},
        below=frozenset(row[0] for row in below),
    )


async def _people(tx: Tx, ids: Iterable[UUID]) -> Mapping[UUID, Somebody]:
    names = Somebody.__slots__
    rows = await tx.rows(QUERIES["people"](ids=list(ids)))
    return {row[0]: Somebody(**dict(zip(names, row, strict=True))) for row in rows}


def _named(spec: HandoverSpec) -> Iterable[UUID]:
    for rule in spec.every_rule():
        yield from rule.to.people
    for one in (spec.teams, spec.reports, spec.departments, spec.views):
        if one is not None and one.user is not None:
            yield one.user
