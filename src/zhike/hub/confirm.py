"""
The look back: whether what was written lies where the viewer may write it.

What may be changed is judged by the record as it is before the change. Where a role says something
else for another stage, or grants the creation of some records only, the record is looked at again
once it is written, in the same transaction: nobody makes a record that is closed to them, nor fills
in what is closed in the state they bring it into.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhike.access import ClosedThen, NotLikeThis
from zhike.kernel.faults import Invalid, Problem, problem
from zhike.kernel.sql import Sql, blank, ident, joined, sql
from zhike.kernel.tx import Tx
from zhike.meta import WRITABLE
from zhike.store.batch import Batch, Entry, Fate

Write = Callable[[Batch, Tx], Awaitable[Batch]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is looked back at for one batch: conditions on a written record, and what they guard."""

    statement: Sql
    new: Mapping[str, int]
    """For a new record: the condition that guards a field; `""` is the record as such."""
    changed: Mapping[str, Sequence[int | None]]
    """For a changed record: the condition of each way to change a field; None: it always holds."""

    def closed(self, entry: Entry, held: Sequence[bool]) -> str | None:
        """Name the first field that may not be written (`""`: the record), None if all may."""
        if entry.fate is Fate.CREATED:
            names = ("", *entry.given)
            return next((one for one in names if one in self.new and not held[self.new[one]]), None)
        return next((one for one in entry.ways if not self._open(entry, one, held)), None)

    def _open(self, entry: Entry, field: str, held: Sequence[bool]) -> bool:
        conditions = [self.changed[field][n] for n in entry.ways[field]]
        return any(one is None or held[one] for one in conditions)


class Undone(Exception):
    """Some written entries have to be taken back."""

    def __init__(self, refused: Mapping[int, Problem]) -> None:
        self.refused = refused
        super().__init__()


async def confirmed(batch: Batch, tx: Tx, *, write: Write) -> Batch:
    """
    Write a batch; what turns out to be closed to the viewer is taken back, the rest is written.
    """
    watch = _watch(batch)
    if watch is None:
        return await write(batch, tx)
    while True:
        try:
            async with tx.savepoint():
                return await _looked_at(await write(batch, tx), tx, watch)
        except Undone as undone:
            refused = undone.refused
        batch = batch.having(
            [
                one.refused(refused[n]) if n in refused else one
                for n, one in enumerate(batch.entries)
            ]
        )
        if batch.atomic:
            raise Invalid(batch.problems)


async def _looked_at(done: Batch, tx: Tx, watch: Watch) -> Batch:
    written = {
        one.record: n
        for n, one in enumerate(done.entries)
        if one.fate is Fate.CREATED or (one.fate is Fate.UPDATED and one.ways)
    }
    rows = await tx.rows(watch.statement.filled(ids=list(written))) if written else ()
    refused = {}
    for record, held in rows:
        number = written[record]
        closed = watch.closed(done.entries[number], held)
        if closed is not None:
            refused[number] = _told(done, closed)
    if refused:
        raise Undone(refused)
    return done


def _told(batch: Batch, field: str) -> Problem:
    language = batch.policy.viewer.language
    if not field:
        return problem(NotLikeThis, object=batch.object.label.said(language))
    return problem(ClosedThen, at=field, label=batch.object.fields[field].label.said(language))


def _watch(batch: Batch) -> Watch | None:
    """Say what has to be looked back at; None, as for most roles, if nothing has."""
    if batch.action not in ("create", "update") or batch.policy.rights.roles is None:
        return None
    waiting = batch.waiting
    new = frozenset[str]().union(*(one.given for one in waiting if one.before is None))
    changed = frozenset[str]().union(*(one.ways for one in waiting if one.ways))
    making = any(one.before is None for one in waiting)
    key = ("watch", batch.object.key, making, new, changed)
    found = batch.policy.rights.recent(
        key, lambda: tuple(_made(batch, new, changed, making=making))
    )
    return found[0] if found else None


def _made(
    batch: Batch, new: frozenset[str], changed: frozenset[str], *, making: bool
) -> Iterator[Watch]:
    rights, obj = batch.policy.rights, batch.object.key
    known = batch.object.fields
    # Who made a record, and when, is no grant's to say: only a trusted source brings it at all.
    granted = (one for one in new & known.keys() if not known[one].system or one in WRITABLE)
    names = ["", *sorted(granted)] if making else []
    guards = {one: rights.rows(obj, "t", "create", (one,) if one else ()) for one in names}
    ways = {one: [after for _, after in rights.after(obj, one, "t")] for one in sorted(changed)}
    each = (*guards.values(), *(one for some in ways.values() for one in some))
    conditions = list(dict.fromkeys(one for one in each if one))
    if conditions:
        yield Watch(
            statement=sql(
                "SELECT t.id, ARRAY[{held}]::boolean[] FROM {table} AS t WHERE t.id = ANY({ids})",
                held=joined(sql("({one}) IS TRUE", one=one) for one in conditions),
                table=ident(batch.object.table),
                ids=blank("ids", "uuid[]"),
            ),
            new={name: conditions.index(one) for name, one in guards.items() if one},
            changed={
                name: [conditions.index(one) if one else None for one in some]
                for name, some in ways.items()
            },
        )
