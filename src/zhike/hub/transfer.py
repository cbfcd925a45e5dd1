"""
Records given to somebody else (转移), and with them what belongs to them, in one transaction.

What goes along is what the same owner had: a colleague's contact at a customer stays the
colleague's. The rights are those of a transfer, record by record, for what goes along too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhike.access import Policy
from zhike.hub.faults import NotCarried, TooManyGiven
from zhike.hub.hands import TakeIn
from zhike.kernel.faults import Invalid, Problem, problem
from zhike.kernel.sql import Sql, every, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object, Relation
from zhike.store import read, trail
from zhike.store.batch import Batch, Entry
from zhike.store.read import Query
from zhike.store.write import Departed, UnknownRecord

MOST = 20_000
"""Records given at once; a hand-over is the way for more."""
AT_ONCE = 2_000
NAMED = 100
"""How many ids the log names; the histories of the records name all."""

Owners = Mapping[UUID, UUID | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Who gets the records, what goes along, and why; `expected` is how many they shall be."""

    to: UUID
    along: tuple[str, ...] = ()
    reason: str = ""
    expected: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What became of the records themselves, and of those that went along, by relation."""

    entries: Sequence[Entry]
    along: Mapping[str, Sequence[Entry]]
    moved: Sequence[UUID]
    """The records themselves that changed hands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """One transfer under way."""

    tx: Tx
    policy: Policy
    take_in: TakeIn
    values: Mapping[str, Json]
    cause: str

    async def give(self, obj: Object, ids: Sequence[UUID]) -> list[Entry]:
        """Walk the new owner of some records through the intake."""
        done: list[Entry] = []
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            batch = Batch(
                policy=self.policy,
                object=obj,
                action="update",
                entries=tuple(Entry(at=str(one), given=self.values, record=one) for one in some),
                source=self.policy.viewer.source,
                cause=self.cause or None,
            )
            done.extend((await self.take_in(batch, self.tx)).entries)
        return done


async def transfer(
    tx: Tx,
    policy: Policy,
    obj: str,
    chosen: Query | Sequence[UUID],
    *,
    wanted: Transfer,
    take_in: TakeIn,
) -> Given:
    """Give records to somebody who works here; each one that may not be given is told."""
    await checked(tx, policy, obj, wanted)
    ids = await _ids(tx, policy, obj, chosen, expected=wanted.expected)
    done = await given_away(tx, policy, obj, ids, wanted=wanted, take_in=take_in)
    trail.note(
        tx, "record.transferred", object=obj, target=wanted.to,
        new={"to": str(wanted.to), "reason": wanted.reason, "with": list(done.along),
             "count": len(done.moved), "records": [str(one) for one in done.moved[:NAMED]]},
    )  # fmt: skip
    return done


async def checked(tx: Tx, policy: Policy, obj: str, wanted: Transfer) -> None:
    """Raise a fault unless the viewer may give records away, along these ways, to that person."""
    read.readable(policy, obj)
    policy.demand(obj, "transfer")
    dict(_along(policy, obj, wanted.along))
    await _values(tx, wanted.to)


async def given_away(  # noqa: PLR0913 - what a transfer is made of
    tx: Tx,
    policy: Policy,
    obj: str,
    ids: Sequence[UUID],
    *,
    wanted: Transfer,
    take_in: TakeIn,
    cause: str | None = None,
) -> Given:
    """Give some records away, as it was checked that they may be; nothing is noted of it."""
    relations = dict(_along(policy, obj, wanted.along))
    values = await _values(tx, wanted.to)
    known = policy.snapshot.objects[obj]
    before = await _owners(tx, known, ids)
    giving = Giving(
        tx=tx, policy=policy, take_in=take_in, values=values, cause=cause or wanted.reason
    )
    entries = await giving.give(known, ids)
    moved = dict(_moved(entries, before, wanted.to))
    along = {}
    for name, relation in relations.items():
        child = policy.snapshot.objects[relation.object]
        theirs = await _children(tx, policy, relation, moved)
        along[name] = await giving.give(child, theirs)
    return Given(entries=entries, along=along, moved=list(moved))


def _moved(
    entries: Sequence[Entry], before: Owners, to: UUID
) -> Iterator[tuple[UUID, UUID | None]]:
    """Give the records that changed hands, with whose they were."""
    for one in entries:
        if one.record is not None and not one.problems and before.get(one.record, to) != to:
            yield one.record, before[one.record]


def _along(policy: Policy, obj: str, names: Sequence[str]) -> Iterator[tuple[str, Relation]]:
    """Give the relations that people mean; what they do not see is not there."""
    seen = policy.seen.objects[obj].relations
    known = {
        key: one
        for key, one in seen.items()
        if not one.table and policy.may(one.object, "transfer")
    }
    wrong: list[Problem] = []
    for number, name in enumerate(names):
        if name in known:
            yield name, known[name]
        else:
            facts = {"name": name[:80], "known": "、".join(known)}
            wrong.append(problem(NotCarried, at=f"with[{number}]", **facts))
    if wrong:
        raise Invalid(wrong)


async def _values(tx: Tx, to: UUID) -> Mapping[str, Json]:
    """Give what the records get: the new owner, and with them the department."""
    row = await tx.row(
        sql(
            "SELECT name, active, department FROM zk_user WHERE id = {id} AND deleted_at IS NULL",
            id=param(to, "uuid"),
        )
    )
    if row is None:
        raise UnknownRecord(at="to", object="user", value=str(to))
    if not row[1]:
        raise Departed(at="to", value=row[0])
    values: dict[str, Json] = {"owner": str(to)}
    return {**values, "department": str(row[2])} if row[2] else values


async def _ids(
    tx: Tx, policy: Policy, obj: str, chosen: Query | Sequence[UUID], *, expected: int | None
) -> Sequence[UUID]:
    if isinstance(chosen, Query):
        ids = await read.identities(tx, policy, obj, chosen, most=MOST)
    else:
        ids = list(chosen)
    if len(ids) > MOST:
        raise TooManyGiven(limit=MOST)
    read.confirmed(len(ids), expected)
    return ids


async def _owners(tx: Tx, obj: Object, ids: Sequence[UUID]) -> Owners:
    """Say whose the records are now, and keep them so until they are given."""
    asked = "SELECT id, owner FROM {table} WHERE id = ANY({ids}) ORDER BY id FOR NO KEY UPDATE"
    rows = await tx.rows(sql(asked, table=ident(obj.table), ids=param(list(ids), "uuid[]")))
    return {row[0]: row[1] for row in rows}


async def _children(tx: Tx, policy: Policy, relation: Relation, moved: Owners) -> Sequence[UUID]:
    """Find what belongs to the records and had the same owner, as far as the viewer sees it."""
    if not moved:
        return ()
    seen: list[Sql] = [
        sql("c.deleted_at IS NULL AND c.owner = p.owner"),
        policy.rows(relation.object, "c"),
    ]
    rows = await tx.rows(
        sql(
            "SELECT c.id FROM unnest({ids}, {owners}) AS p(id, owner)"
            " JOIN {table} AS c ON {back} = p.id WHERE {seen} ORDER BY c.id LIMIT {most}",
            ids=param(list(moved), "uuid[]"),
            owners=param(list(moved.values()), "uuid[]"),
            table=ident(policy.snapshot.objects[relation.object].table),
            back=policy.column(relation.object, relation.field, "c"),
            seen=every(one for one in seen if one),
            most=param(MOST + 1, "integer"),
        )
    )
    if len(rows) > MOST:
        raise TooManyGiven(limit=MOST)
    return [row[0] for row in rows]
