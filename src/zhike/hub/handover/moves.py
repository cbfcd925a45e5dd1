"""
Records from one person to another through the intake, and back: one chunk, one transaction.

A record that somebody else took meanwhile is theirs; it is left alone and told.
"""

from collections.abc import Callable, Mapping, Sequence
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

Given = Mapping[str, Json]
Change = Callable[[Item, Any, UUID | None], Given | None]
"""Says what a record becomes that holds this, and is in that department; None: it is left alone."""
Told = Callable[[Item, Row | None, Entry | None], Outcome]
"""Says what became of a record, from what it held and what the intake made of its change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """What it takes to move records on behalf of one hand-over."""

    take_in: TakeIn
    snapshot: Snapshot
    handover: UUID
    person: UUID

    async def move(self, tx: Tx, items: Sequence[Item]) -> Sequence[Outcome]:
        """Give records to those they were settled on; all of them are of one lot."""
        return await self._done(tx, items, change=self._given, told=_moved)

    async def give_back(self, tx: Tx, items: Sequence[Item]) -> Sequence[Outcome]:
        """Give records back to the person, unless they changed hands since; all of one lot."""
        return await self._done(tx, items, change=self._returned, told=_given_back)

    async def _done(
        self, tx: Tx, items: Sequence[Item], *, change: Change, told: Told
    ) -> Sequence[Outcome]:
        held: Mapping[UUID, Row] = {}
        done: Mapping[int, Entry] = {}
        if place := self._place(items):
            obj, field = place
            held = await self._held(tx, obj, field, items)
            there = [one for one in items if one.record in held]
            found = {one.position: change(one, *held[one.record]) for one in there}
            changes = {position: given for position, given in found.items() if given}
            done = await self._taken(tx, obj, items, changes)
        return [told(one, held.get(one.record), done.get(one.position)) for one in items]

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

    def _given(self, item: Item, now: Any, _: UUID | None) -> Given | None:
        """Say what a record becomes; nothing if it is not the person's any more."""
        if isinstance(now, list):
            others = [item.target if one == self.person else one for one in now]
            theirs = self.person in now
            return {item.field: [str(one) for one in dict.fromkeys(others)]} if theirs else None
        if now != self.person:
            return None
        given: dict[str, Json] = {item.field: str(item.target) if item.target else None}
        if item.field == OWNER and item.department is not None:
            given["department"] = str(item.department)
        return given

    def _returned(self, item: Item, now: Any, department: UUID | None) -> Given | None:
        """Say what a record becomes again; nothing if it is not as the hand-over left it."""
        if isinstance(now, list):
            joined = item.why == "joined"
            back = [*now, self.person] if joined else _replaced(now, item.target, self.person)
            left = item.target in now
            return {item.field: [str(one) for one in dict.fromkeys(back)]} if left else None
        pooled = item.target is None
        if now != item.target or (pooled and department != item.department):
            return None
        given: dict[str, Json] = {item.field: str(self.person)}
        if item.field == OWNER and item.department is not None and department == item.department:
            given["department"] = str(item.was) if item.was else None
        return given

    async def _taken(
        self, tx: Tx, obj: Object, items: Sequence[Item], given: Mapping[int, Given]
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


def _moved(item: Item, held: Row | None, entry: Entry | None) -> Outcome:
    if held is None or entry is None:
        return Outcome(position=item.position, outcome="gone" if held is None else "changed")
    joined = isinstance(held[0], list) and item.target in held[0]
    return _told(item, entry, "moved", why="joined" if joined else "")


def _given_back(item: Item, held: Row | None, entry: Entry | None) -> Outcome:
    if entry is None:
        why = "deleted" if held is None else "changed"
        return Outcome(position=item.position, outcome="kept", why=why)
    return _told(item, entry, "undone", refused="kept")


def _told(
    item: Item, entry: Entry, word: str, *, refused: str = "refused", why: str = ""
) -> Outcome:
    if entry.fate is Fate.REFUSED:
        words = " ".join(one.word for one in entry.problems)
        return Outcome(position=item.position, outcome=refused, why=words[:200])
    return Outcome(position=item.position, outcome=word, why=why)
