"""
Records from one person to another through the intake, and back: one chunk, one transaction.

A record that somebody else took meanwhile is theirs; it is left alone and told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhike.access import policy
from zhike.hub.handover.ledger import Item, Outcome
from zhike.hub.handover.spec import OWNER
from zhike.hub.hands import TakeIn
from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Row, Tx
from zhike.meta import Json, Object, Snapshot
from zhike.store.batch import Batch, Entry, Fate

SOURCE = "handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """What it takes to move records on behalf of one hand-over."""

    take_in: TakeIn
    snapshot: Snapshot
    handover: UUID
    person: UUID

    async def move(self, tx: Tx, items: Sequence[Item]) -> Sequence[Outcome]:
        """Give records to those they were settled on; all of them are of one lot."""
        place = self._place(items)
        if place is None:
            return [Outcome(position=one.position, outcome="gone") for one in items]
        obj, field = place
        held = await self._held(tx, obj, field, items)
        given = {
            one.position: self._given(one, held[one.record][0])
            for one in items
            if one.record in held and self._is_theirs(held[one.record][0])
        }
        done = await self._taken(tx, obj, items, given)
        return [self._moved(one, held.get(one.record), done) for one in items]

    async def give_back(self, tx: Tx, items: Sequence[Item]) -> Sequence[Outcome]:
        """Give records back to the person, unless they changed hands since."""
        place = self._place(items)
        if place is None:
            return [_kept(one, "gone") for one in items]
        obj, field = place
        held = await self._held(tx, obj, field, items)
        given = {
            one.position: self._returned(one, held[one.record])
            for one in items
            if one.record in held and _unchanged(one, held[one.record])
        }
        done = await self._taken(tx, obj, items, given)
        return [_given_back(one, held.get(one.record), done) for one in items]

    def _place(self, items: Sequence[Item]) -> tuple[Object, str] | None:
        obj = self.snapshot.objects.get(items[0].object)
        field = obj.fields.get(items[0].field) if obj else None
        return (obj, field.key) if obj and field and field.column else None

    async def _held(
        self, tx: Tx, obj: Object, field: str, items: Sequence[Item]
    ) -> Mapping[UUID, Row]:
        """Lock the records that are there; in the order of their ids, as every change does."""
        rows = await tx.rows(
            sql(
                "SELECT t.id, {field}, t.department FROM {table} AS t"
                " WHERE t.id = ANY({ids}) AND t.deleted_at IS NULL"
                " ORDER BY t.id FOR NO KEY UPDATE OF t",
                field=ident("t", field),
                table=ident(obj.table),
                ids=param([one.record for one in items], "uuid[]"),
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _is_theirs(self, now: Any) -> bool:
        return self.person in now if isinstance(now, list) else bool(now == self.person)

    def _given(self, item: Item, now: Any) -> Mapping[str, Json]:
        if isinstance(now, list):
            others = [item.target if one == self.person else one for one in now]
            return {item.field: [str(one) for one in dict.fromkeys(others)]}
        given: dict[str, Json] = {item.field: str(item.target) if item.target else None}
        if item.field == OWNER and item.department is not None:
            given["department"] = str(item.department)
        return given

    def _moved(self, item: Item, held: Row | None, done: Mapping[int, Entry]) -> Outcome:
        if item.position in done:
            now = held[0] if held else None
            joined = isinstance(now, list) and item.target in now
            return _told(item, done[item.position], "moved", why="joined" if joined else "")
        what = "gone" if held is None else "changed"
        return Outcome(position=item.position, outcome=what)

    def _returned(self, item: Item, held: Row) -> Mapping[str, Json]:
        now, department = held
        if isinstance(now, list):
            joined = item.why == "joined"
            back = [*now, self.person] if joined else _replaced(now, item.target, self.person)
            return {item.field: [str(one) for one in dict.fromkeys(back)]}
        given: dict[str, Json] = {item.field: str(self.person)}
        if item.field == OWNER and item.department is not None and department == item.department:
            given["department"] = str(item.was) if item.was else None
        return given

    async def _taken(
        self, tx: Tx, obj: Object, items: Sequence[Item], given: Mapping[int, Mapping[str, Json]]
    ) -> Mapping[int, Entry]:
        """Walk the changes through the intake, as the platform, in the name of who hands over."""
        going = [one for one in items if one.position in given]
        if not going:
            return {}
        batch = Batch(
            policy=policy(self.snapshot, tx.viewer),
            object=obj,
            action="update",
            entries=tuple(Entry(record=one.record, given=given[one.position]) for one in going),
            source=SOURCE,
            cause=str(self.handover),
        )
        entries = (await self.take_in(batch, tx)).entries
        return {one.position: entry for one, entry in zip(going, entries, strict=True)}


def _replaced(now: Sequence[UUID], old: UUID | None, new: UUID) -> Sequence[UUID]:
    return [new if one == old else one for one in now]


def _unchanged(item: Item, held: Row) -> bool:
    """Tell whether a record is still as the hand-over left it."""
    now, department = held
    if isinstance(now, list):
        return item.target in now
    pooled = item.target is None
    return bool(now == item.target and (not pooled or department == item.department))


def _given_back(item: Item, held: Row | None, done: Mapping[int, Entry]) -> Outcome:
    if item.position not in done:
        return _kept(item, "deleted" if held is None else "changed")
    return _told(item, done[item.position], "undone", refused="kept")


def _kept(item: Item, why: str) -> Outcome:
    return Outcome(position=item.position, outcome="kept", why=why)


def _told(
    item: Item, entry: Entry, word: str, *, refused: str = "refused", why: str = ""
) -> Outcome:
    if entry.fate is Fate.REFUSED:
        words = " ".join(one.word for one in entry.problems)
        return Outcome(position=item.position, outcome=refused, why=words[:200])
    return Outcome(position=item.position, outcome=word, why=why)
