"""
The lines of a chunk into the base, by the mode of the import: as new records, as changes of those
their key names, or either.

At most three batches whatever the chunk: what is new, what is named by its key, and what turned out
to be there already and is to be changed after all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from zhike.access import Policy
from zhike.hub.hands import TakeIn
from zhike.hub.ingest import spec
from zhike.hub.ingest.check import BY_HISTORY
from zhike.hub.ingest.links import Links
from zhike.hub.ingest.plan import Complaint, ImportPlan, Shaped
from zhike.hub.ingest.spec import ImportSpec
from zhike.hub.ingest.ways.along import Along, Counted
from zhike.hub.ingest.ways.blanks import blanks
from zhike.hub.ingest.ways.compare import Compared, Seen, Stand, compared
from zhike.hub.ingest.ways.keys import ID, Meant, meant
from zhike.hub.ingest.ways.parts import Part
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.batch import Action, Batch, Entry, Fate, OnDuplicate

NEW = Entry()
"""What every entry is made from: to have this one changed costs a third of making one."""


AS_FAR: Mapping[spec.OnDuplicate, OnDuplicate] = {
    "skip": "skip", "update": "update", "create": "create", "review": "skip", "merge": "skip",
}  # fmt: skip
"""What the intake does with duplicates, as far as it is the intake's to do."""
NOTHING: Counted = MappingProxyType({})


class Taken(NamedTuple):
    """What became of the lines of a chunk."""

    lines: Sequence[Shaped]
    entries: Mapping[int, Entry]
    """By line, in the order in which new ones went in; lines that never went in are left out."""
    along: Counted = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the lines of one import go in."""

    policy: Policy
    plan: ImportPlan
    cause: str
    take: TakeIn
    links: Links
    parts: Sequence[Part] = ()
    rehearsed: bool = False

    @property
    def _along(self) -> Along:
        rule = self.spec.on_duplicate
        return Along(
            policy=self.policy, links=self.links, cause=self.cause, take=self.take,
            rule=AS_FAR[rule],
            rehearsed=self.rehearsed,
        )  # fmt: skip

    @property
    def spec(self) -> ImportSpec:
        """What was asked for."""
        return self.plan.spec

    async def taken(self, tx: Tx, lines: Sequence[Shaped]) -> Taken:
        """Take the lines of a chunk in, as far as nothing is against them."""
        missing = [one for one in self.plan.links if one.field.key in self.spec.create_missing]
        if missing:
            lines = await self._along.made(tx, missing, lines)
        own = await self._own(tx, lines)
        if not self.parts:
            return own
        brought = await self._along.brought(tx, self.parts, own.lines, own.entries)
        return Taken(brought.lines, own.entries, brought.counts)

    async def _own(self, tx: Tx, lines: Sequence[Shaped]) -> Taken:
        going = [one for one in lines if not one.failed]
        if not going:
            return Taken(lines, {})
        if self.spec.mode == "create":
            return Taken(lines, await self._created(tx, going))
        found = await meant(tx, self.policy, self.plan.object, going, key=self.spec.key)
        lost = {
            line: one for line, one in found.items() if one.problem and not self._may_be_new(one)
        }
        fresh = [one for one in going if found[one.line].record is None and one.line not in lost]
        first, again = self._once(fresh)
        entries = dict(await self._created(tx, first))
        named = {
            one.line: record for one in going if (record := found[one.line].record) is not None
        }
        for line, of in again.items():
            made = entries[of].record
            if made is None:
                entries[line] = _joined(entries[of])
            else:
                named[line] = made
        entries |= await self._changed(tx, [one for one in going if one.line in named], named)
        return Taken([_told(one, lost.get(one.line)) for one in lines], entries)

    def _may_be_new(self, one: Meant) -> bool:
        """In an upsert, what nobody has yet is new; an ambiguous or empty key is not."""
        return (
            self.spec.mode == "upsert"
            and one.problem is not None
            and (one.problem.word == "no_such_key")
        )

    def _once(self, lines: Sequence[Shaped]) -> tuple[list[Shaped], Mapping[int, int]]:
        """Part the first line with a key from those that say more about the same record."""
        first: dict[tuple[str, ...], int] = {}
        kept: list[Shaped] = []
        again: dict[int, int] = {}
        for one in lines:
            key = tuple(str(one.given.get(name)) for name in self.spec.key)
            if key in first:
                again[one.line] = first[key]
            else:
                first[key] = one.line
                kept.append(one)
        return kept, again

    async def _created(self, tx: Tx, lines: Sequence[Shaped]) -> Mapping[int, Entry]:
        if not lines:
            return {}
        entries = tuple(
            NEW.having(
                given=given,
                values=given,
                keys=one.keys,
                tokens=one.tokens,
                ready=one.ready if given is one.given else None,
                line=one.line,
                raw=one.typed,
            )
            for one in lines
            for given in [self._given(one)]
        )
        rule = self.spec.on_duplicate
        after = rule == "merge" or (rule == "update" and self.spec.blank == "clear")
        base: OnDuplicate = "skip" if after else AS_FAR[rule]
        done = await self._through(tx, "create", entries, rule=base)
        found = dict(zip((one.line for one in lines), done, strict=True))
        return {**found, **await self._again(tx, lines, done)} if after else found

    async def _again(
        self, tx: Tx, lines: Sequence[Shaped], done: Sequence[Entry]
    ) -> Mapping[int, Entry]:
        """Have those that turned out to be there change what is there."""
        named: dict[int, UUID] = {}
        for line, entry in zip(lines, done, strict=True):
            if entry.fate is not Fate.SKIPPED or not entry.matches or not entry.matches[0].seen:
                continue
            inside = entry.matches[0].entry
            record = entry.record if inside is None else done[inside].record
            if record is not None:
                named[line.line] = record
        some = [one for one in lines if one.line in named]
        changed = await self._changed(tx, some, named)
        by_line = dict(zip((one.line for one in lines), done, strict=True))
        return {line: one.having(matches=by_line[line].matches) for line, one in changed.items()}

    async def _changed(
        self, tx: Tx, lines: Sequence[Shaped], named: Mapping[int, UUID]
    ) -> Mapping[int, Entry]:
        """Change records; what several lines say of one of them goes in together."""
        if not lines:
            return {}
        changes: Mapping[int, Mapping[str, Json]] = {one.line: self._change(one) for one in lines}
        if self.spec.mode != "create":
            changes = await self._edited(tx, lines, changes, named)
        wanted: dict[UUID, dict[str, Json]] = {}
        typed: dict[UUID, dict[str, Json]] = {}
        for one in lines:
            change = changes[one.line]
            wanted.setdefault(named[one.line], {}).update(change)
            earlier = typed.get(named[one.line], {})
            kept = {key: raw for key, raw in earlier.items() if key not in change}
            typed[named[one.line]] = {**kept, **(one.typed or {})}
        if self.spec.on_duplicate == "merge" and self.spec.mode == "create":
            wanted = await self._filling(tx, wanted)
        order = [id_ for id_, given in wanted.items() if given]
        said = {named[one.line]: one.line for one in reversed(lines)}
        entries = tuple(
            NEW.having(
                record=id_,
                given=wanted[id_],
                line=said.get(id_),
                raw={key: raw for key, raw in typed[id_].items() if key in wanted[id_]},
            )
            for id_ in order
        )
        done = await self._through(tx, "update", entries, rule="create") if entries else ()
        by_record = dict(zip(order, done, strict=True))
        told: dict[int, Entry] = {}
        seen: set[UUID] = set()
        for one in lines:
            record = named[one.line]
            same = NEW.having(record=record, fate=Fate.UNCHANGED)
            entry = by_record.get(record, same).having(matches=())
            told[one.line] = entry if record not in seen else _joined(entry)
            seen.add(record)
        return told

    async def _edited(
        self,
        tx: Tx,
        lines: Sequence[Shaped],
        changes: Mapping[int, Mapping[str, Json]],
        named: Mapping[int, UUID],
    ) -> Mapping[int, Mapping[str, Json]]:
        """
        Leave out what a line merely repeats: of a table that was exported and edited, only the
        edited cells are changes. What was exported masked comes back masked, and means nothing.
        """
        asked = [
            Compared(one.line, named[one.line], given)
            for one in lines
            if (given := changes[one.line])
        ]
        stands = await compared(tx, self.policy, self.plan.object, asked)
        at = {one.field.key: one.at for one in (*self.plan.columns, *self.plan.links)}
        return {
            one.line: {
                key: value
                for key, value in changes[one.line].items()
                if not _repeats(one, at.get(key), _seen(stands.get(one.line), key))
            }
            for one in lines
        }

    async def _filling(
        self, tx: Tx, wanted: Mapping[UUID, dict[str, Json]]
    ) -> dict[UUID, dict[str, Json]]:
        fields = {key for given in wanted.values() for key in given}
        empty = await blanks(tx, self.policy, self.plan.object, ids=wanted, fields=fields)
        return {
            id_: {key: one for key, one in given.items() if key in empty.get(id_, ())}
            for id_, given in wanted.items()
        }

    async def _through(
        self, tx: Tx, action: Action, entries: tuple[Entry, ...], *, rule: OnDuplicate
    ) -> Sequence[Entry]:
        batch = Batch(
            policy=self.policy, object=self.plan.object, action=action, entries=entries,
            on_duplicate=rule, source="import", cause=self.cause,
            blank_clears=action == "update", trusted=action == "create", read=True,
            rehearsed=self.rehearsed,
            given=frozenset(self.spec.create_missing) if self.rehearsed else frozenset(),
        )  # fmt: skip
        return (await self.take(batch, tx)).entries

    def _given(self, line: Shaped) -> Mapping[str, Json]:
        if ID not in line.given:
            return line.given
        return {key: one for key, one in line.given.items() if key != ID}

    def _change(self, line: Shaped) -> Mapping[str, Json]:
        """Give what a line says of a record that is there; who made it when is said already."""
        given = {
            key: one for key, one in line.given.items() if key != ID and (key not in BY_HISTORY)
        }
        if self.spec.blank == "clear":
            given |= dict.fromkeys(self._blank(line))
        return given

    def _blank(self, line: Shaped) -> list[str]:
        """Name the fields whose cells are blank; a cell that could not be read is not."""
        unread = {one.column.field.key for one in line.complaints if one.column is not None}
        return [
            key
            for column in (*self.plan.columns, *self.plan.links)
            if (key := column.field.key) not in line.given
            and key not in unread | {ID} | BY_HISTORY
            and key not in self.spec.key
            and (column.at >= len(line.cells) or line.cells[column.at] is None)
        ]


def _seen(stand: Stand | None, key: str) -> Seen | None:
    return stand.fields.get(key) if stand else None


def _repeats(line: Shaped, at: int | None, seen: Seen | None) -> bool:
    if seen is None or seen.differs is not None:
        return seen is not None and not seen.differs
    raw = line.cells[at] if at is not None and at < len(line.cells) else None
    return raw is not None and seen.old is not None and str(raw) == str(seen.old)


def _joined(entry: Entry) -> Entry:
    """A line that says more of a record that an earlier one changes went in with that one."""
    return entry if entry.fate is Fate.REFUSED else entry.having(fate=Fate.UNCHANGED)


def _told(line: Shaped, lost: Meant | None) -> Shaped:
    if lost is None or lost.problem is None:
        return line
    return line.having({}, [Complaint(problem=lost.problem, failed=True)])


__all__ = ["NEW", "Taken", "Way"]
