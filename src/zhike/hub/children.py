"""
Sub-tables: the rows that are edited inside a record go in, change and go out together with it.

The rows walk the same steps as everything else. Who may change them follows from the record they
belong to; which of their fields may be given was judged when their values were read. Only where a
role denies something of them, or speaks of their stages, are they judged like any record.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from zhike.access import Policy, policy
from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.sql import Sql, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Field, Json, Object
from zhike.store.batch import Action, Batch, Entry, Fate
from zhike.store.write import UnknownRecord, current, persist, touch

Walk = Callable[[Batch, Tx], Awaitable[Batch]]
WRITTEN = frozenset({Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED})
CHANGED = frozenset({Fate.CREATED, Fate.UPDATED, Fate.DELETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sub-table of the batch's object."""

    field: Field
    object: Object
    back: str
    """The lookup of a row that points at its record."""


class RowsRefused(Fault):
    """Some rows of a sub-table cannot be saved."""

    code = "H701"
    zh = "子表中有无法保存的行"

    def __init__(self, refused: Mapping[int, Sequence[Problem]]) -> None:
        self.refused = refused
        super().__init__()


async def persist_all(batch: Batch, tx: Tx, *, walk: Walk) -> Batch:
    """
    Write the records of a batch with the rows of their sub-tables.

    A record whose rows cannot be saved is not saved either; the other records are.
    """
    tables = _tables(batch)
    if not tables:
        return await persist(batch, tx)
    if batch.action in ("delete", "restore"):
        return await _moved(batch, tx, tables, walk=walk)
    if not any(one.children for one in batch.entries):
        return await persist(batch, tx)
    while True:
        try:
            async with tx.savepoint():
                return await _written(batch, tx, tables, walk=walk)
        except RowsRefused as undone:
            refused = undone.refused
        batch = batch.having(
            [
                one.refused(*refused[n]) if n in refused else one
                for n, one in enumerate(batch.entries)
            ]
        )


def _tables(batch: Batch) -> tuple[Table, ...]:
    objects = batch.policy.snapshot.objects
    return tuple(
        Table(
            field=one,
            object=objects[getattr(one.settings, "object", "")],
            back=getattr(one.settings, "field", ""),
        )
        for one in batch.object.of_kind("children")
    )


async def _written(batch: Batch, tx: Tx, tables: Sequence[Table], *, walk: Walk) -> Batch:
    done = await persist(batch, tx)
    changed: set[int] = set()
    for table in tables:
        parents = {
            n: one
            for n, one in enumerate(done.entries)
            if one.fate in WRITTEN and table.field.key in one.children
        }
        if parents:
            changed |= await _rows(done, tx, table, parents, walk=walk)
    stale = [n for n in changed if done.entries[n].fate is Fate.UNCHANGED]
    return await touch(done, tx, stale) if stale else done


async def _rows(
    batch: Batch, tx: Tx, table: Table, parents: Mapping[int, Entry], *, walk: Walk
) -> set[int]:
    """
    Make the rows of some records be as given; give the numbers of those whose rows changed.
    """
    there = [one.record for one in parents.values() if one.before is not None]
    held = await _held(tx, table, there)
    work: dict[Action, list[tuple[int, Entry]]] = {"delete": [], "update": [], "create": []}
    for n, parent in parents.items():
        for action, entry in _sorted(table, parent, held.get(parent.record, frozenset())):
            work[action].append((n, entry))
    _refuse([one for entries in work.values() for one in entries])
    changed: set[int] = set()
    for action, entries in work.items():
        if entries:
            done = await walk(_batch(batch, table, action, [one for _, one in entries]), tx)
            told = [(n, one) for (n, _), one in zip(entries, done.entries, strict=True)]
            _refuse(told)
            changed |= {n for n, one in told if one.fate in CHANGED}
    return changed


def _refuse(rows: Sequence[tuple[int, Entry]]) -> None:
    """Undo everything if something is wrong with a row, saying with which record's."""
    refused: dict[int, list[Problem]] = {}
    for n, entry in rows:
        if entry.problems:
            refused.setdefault(n, []).extend(one.under(entry.at) for one in entry.problems)
    if refused:
        raise RowsRefused(refused)


def _sorted(table: Table, parent: Entry, held: frozenset[UUID]) -> Iterator[tuple[Action, Entry]]:
    """Say what each given row means for the rows that are there; those not given again go."""
    named: set[UUID] = set()
    for number, row in enumerate(parent.children[table.field.key]):
        at = f"{table.field.key}[{number}]"
        given = {key: value for key, value in row.items() if key != "id"}
        if row.get("id") is None:
            yield "create", Entry(at=at, given={**_inherited(table, parent), **given})
            continue
        record = _identified(row["id"])
        if record is None or record not in held or record in named:
            wrong = problem(UnknownRecord, at="id", value=row["id"], object=table.object.label)
            yield "update", Entry(at=at).refused(wrong)
            continue
        named.add(record)
        if given:
            yield "update", Entry(at=at, given=given, record=record)
    for record in sorted(held - named):
        yield "delete", Entry(at=table.field.key, record=record)


def _inherited(table: Table, parent: Entry) -> Mapping[str, Json]:
    """Give what a row has from its record: the way back, and who it belongs to."""
    owners = {key: current(parent, key) for key in ("owner", "department")}
    return {
        table.back: str(parent.record),
        **{key: value for key, value in owners.items() if value is not None},
    }


def _identified(given: Json) -> UUID | None:
    try:
        return UUID(given)
    except (ValueError, AttributeError, TypeError):
        return None


async def _held(
    tx: Tx, table: Table, parents: Sequence[UUID | None]
) -> Mapping[UUID | None, frozenset[UUID]]:
    if not parents:
        return {}
    rows = await tx.rows(
        sql(
            "SELECT {back}, array_agg(id) FROM {table} WHERE {back} = ANY({parents})"
            " AND deleted_at IS NULL GROUP BY 1",
            back=ident(table.back),
            table=ident(table.object.table),
            parents=param(list(parents), "uuid[]"),
        )
    )
    return {parent: frozenset(ids) for parent, ids in rows}


def _batch(batch: Batch, table: Table, action: Action, entries: Sequence[Entry]) -> Batch:
    return Batch(
        policy=_trusting(batch.policy, table.object.key),
        object=table.object,
        action=action,
        entries=tuple(entries),
        source=batch.source,
        cause=batch.cause,
        blank_clears=batch.blank_clears,
        given=frozenset({table.back}),
    )


def _trusting(held: Policy, rows: str) -> Policy:
    """Give the policy for rows: the same viewer acts, what they may do is settled by the record."""
    if held.rights.granted.minds(rows):
        return held
    return policy(held.snapshot, replace(held.viewer, trusted=True))


async def _moved(batch: Batch, tx: Tx, tables: Sequence[Table], *, walk: Walk) -> Batch:
    """Put records into the bin, or take them out, with the rows that went with them."""
    ids = [one.record for one in batch.waiting if one.record]
    rows: list[tuple[Table, list[UUID]]] = []
    for table in tables:
        found = await tx.rows(_together(batch, table, ids))
        if found:
            rows.append((table, [row[0] for row in found]))
    done = await persist(batch, tx)
    for table, records in rows:
        entries = [Entry(record=one) for one in records]
        inner = await walk(_batch(batch, table, batch.action, entries), tx)
        if inner.problems:
            raise RowsRefused({0: inner.problems})
    return done


def _together(batch: Batch, table: Table, ids: Sequence[UUID]) -> Sql:
    """Ask for the rows that are alive with their record, or went into the bin with it."""
    return sql(
        "SELECT c.id FROM {rows} AS c JOIN {records} AS p ON p.id = c.{back}"
        " WHERE p.id = ANY({ids}) AND c.deleted_at IS NOT DISTINCT FROM p.deleted_at ORDER BY c.id",
        rows=ident(table.object.table),
        records=ident(batch.object.table),
        back=ident(table.back),
        ids=param(list(ids), "uuid[]"),
    )
