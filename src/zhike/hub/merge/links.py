"""
Everything that leads to a record: lookups of all objects, lists of them, rows of its sub-tables.

Links are moved to the survivor and back through the intake, as many at once as there are. What lies
in the recycle bin is moved too: it may come back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhike.access import Policy, policy
from zhike.hub.hands import TakeIn
from zhike.kernel.sql import Sql, either, every, ident, joined, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Field, Object, Snapshot
from zhike.store.batch import Batch, Entry, Fate

AT_ONCE = 2_000
SOURCE = "merge"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reference:
    """A field of some object that points at records of the object; there is one of each."""

    object: Object
    field: Field

    @property
    def many(self) -> bool:
        """Whether it points at many."""
        return self.field.kind.name == "lookups"

    @property
    def key(self) -> tuple[str, str]:
        """Its object and name."""
        return self.object.key, self.field.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One record that points at another one."""

    reference: Reference
    record: UUID
    target: UUID
    binned: bool
    all: tuple[UUID, ...]
    """Everything the field points at."""
    seen: bool = True
    """Whether the viewer sees the record and the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Moves links in somebody's name, with the rights of the platform."""

    tx: Tx
    policy: Policy
    """Of the platform, acting for somebody."""
    take_in: TakeIn
    cause: str

    async def move(
        self, wanted: Mapping[tuple[Reference, UUID, bool], Sequence[UUID]]
    ) -> Mapping[tuple[tuple[str, str], UUID], str]:
        """
        Have fields point at what is wanted; give the word of the fault for those that cannot.

        What is wanted is named by the field, the record, and whether it lies in the bin.
        """
        lots: dict[tuple[Reference, bool], list[tuple[UUID, Sequence[UUID]]]] = {}
        for (reference, record, binned), ids in wanted.items():
            lots.setdefault((reference, binned), []).append((record, ids))
        refused: dict[tuple[tuple[str, str], UUID], str] = {}
        for (reference, binned), some in lots.items():
            for start in range(0, len(some), AT_ONCE):
                lot = some[start : start + AT_ONCE]
                for entry in await self._moved(reference, lot, binned=binned):
                    if entry.fate is Fate.REFUSED and entry.record is not None:
                        words = " ".join(one.word for one in entry.problems)
                        refused[reference.key, entry.record] = words[:200]
        return refused

    async def _moved(
        self, reference: Reference, some: Sequence[tuple[UUID, Sequence[UUID]]], *, binned: bool
    ) -> Sequence[Entry]:
        key = reference.field.key
        batch = Batch(
            policy=self.policy,
            object=reference.object,
            action="update",
            entries=tuple(
                Entry(record=record, given={key: _written(reference, ids)}) for record, ids in some
            ),
            on_duplicate="create",
            source=SOURCE,
            cause=self.cause,
            read=True,
            binned=binned,
            given=frozenset({key}),
        )
        return (await self.take_in(batch, self.tx)).entries


def _written(reference: Reference, ids: Sequence[UUID]) -> Any:
    if reference.many:
        return [str(one) for one in ids]
    return str(ids[0]) if ids else None


def references(snapshot: Snapshot, obj: str) -> tuple[Reference, ...]:
    """Give the fields that point at an object, worked out once per snapshot."""
    known: tuple[Reference, ...] | None = snapshot.memo.get(("references", obj))
    if known is None:
        known = snapshot.memo["references", obj] = tuple(_references(snapshot, obj))
    return known


def _references(snapshot: Snapshot, obj: str) -> Iterator[Reference]:
    writable = policy(snapshot, platform())
    for one in sorted(snapshot.objects.values(), key=lambda one: one.key):
        if one.system:
            continue
        names = writable.writable(one.key)
        for field in one.fields.values():
            if field.key in names and field.target == obj and field.kind.name in KINDS:
                yield Reference(object=one, field=field)


KINDS = frozenset({"lookup", "lookups"})


async def lock(tx: Tx, held: Policy, obj: str, ids: Iterable[UUID]) -> None:
    """Lock whatever points at some records, before they are locked themselves."""
    known, named = references(held.snapshot, obj), param(sorted(ids), "uuid[]")
    tables = {one.object.table: one.object for one in known}
    statements = [
        sql(
            "SELECT FROM {table} AS c WHERE {points} ORDER BY c.id FOR NO KEY UPDATE",
            table=ident(table),
            points=either(_points(one, named) for one in known if one.object is of),
        )
        for table, of in sorted(tables.items())
    ]
    if statements:
        await tx.several(statements)


def _points(one: Reference, ids: Sql) -> Sql:
    if one.many:
        return sql(
            "c.id IN (SELECT l.record FROM {link} AS l WHERE l.target = ANY({ids}))",
            link=_link(one),
            ids=ids,
        )
    return sql("{field} = ANY({ids})", field=ident("c", one.field.key), ids=ids)


def _link(one: Reference) -> Sql:
    return ident(f"{one.object.table}__{one.field.key}")


async def found(tx: Tx, held: Policy, obj: str, ids: Iterable[UUID]) -> Sequence[Link]:
    """Give everything that points at some records, in the eyes of a viewer."""
    known, named = references(held.snapshot, obj), param(sorted(ids), "uuid[]")
    if not known:
        return ()
    rows = await tx.rows(
        joined(
            (_asked(number, one, held, named) for number, one in enumerate(known)), by=" UNION ALL "
        )
    )
    return [
        Link(
            reference=known[number],
            record=record,
            target=target,
            binned=binned,
            all=tuple(all_),
            seen=seen,
        )
        for number, record, target, binned, all_, seen in rows
    ]


def _asked(number: int, one: Reference, held: Policy, ids: Sql) -> Sql:
    seen = sql("false")
    if held.may(one.object.key, "read") and held.level(*one.key) in ("read", "write"):
        conditions = (held.rows(one.object.key, "c"), held.plain(*one.key, "c"))
        seen = every((sql("c.deleted_at IS NULL"), *(each for each in conditions if each)))
    if one.many:
        return sql(
            "SELECT {number}::integer, c.id, l.target, c.deleted_at IS NOT NULL,"
            " ARRAY(SELECT o.target FROM {link} AS o WHERE o.record = c.id ORDER BY 1),"
            " ({seen}) IS TRUE FROM {link} AS l JOIN {table} AS c ON c.id = l.record"
            " WHERE l.target = ANY({ids})",
            number=vetted(str(number)),
            link=_link(one),
            seen=seen,
            table=ident(one.object.table),
            ids=ids,
        )
    return sql(
        "SELECT {number}::integer, c.id, {field}, c.deleted_at IS NOT NULL, ARRAY[{field}],"
        " ({seen}) IS TRUE FROM {table} AS c WHERE {field} = ANY({ids})",
        number=vetted(str(number)),
        field=ident("c", one.field.key),
        seen=seen,
        table=ident(one.object.table),
        ids=ids,
    )


async def standing(
    tx: Tx, some: Sequence[Reference], records: Iterable[UUID]
) -> Mapping[tuple[tuple[str, str], UUID], Link]:
    """Say what some fields of some records point at now, in the bin or out of it."""
    if not some:
        return {}
    named = param(sorted(records), "uuid[]")
    rows = await tx.rows(
        joined(
            (
                sql(
                    "SELECT {number}::integer, c.id, c.deleted_at IS NOT NULL, {all}"
                    " FROM {table} AS c WHERE c.id = ANY({ids})",
                    number=vetted(str(number)),
                    all=_all(one),
                    table=ident(one.object.table),
                    ids=named,
                )
                for number, one in enumerate(some)
            ),
            by=" UNION ALL ",
        )
    )
    return {
        (some[number].key, record): Link(
            reference=some[number],
            record=record,
            target=record,
            binned=binned,
            all=tuple(one for one in all_ if one is not None),
        )
        for number, record, binned, all_ in rows
    }


def _all(one: Reference) -> Sql:
    if one.many:
        return sql(
            "ARRAY(SELECT o.target FROM {link} AS o WHERE o.record = c.id ORDER BY 1)",
            link=_link(one),
        )
    return sql("ARRAY[{field}]", field=ident("c", one.field.key))
