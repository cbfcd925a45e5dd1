"""
Duplicates inside a file, beyond one chunk: what earlier lines would have brought is kept by its
digest, since nothing of it is in the base.

Told by what is exactly the same: an identity key or unique values. What is merely alike is found
inside one chunk only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

import orjson

from zhike.hub.identity import IdentityPlan
from zhike.hub.ingest.faults import SameAsLine
from zhike.hub.ingest.plan import Complaint
from zhike.hub.ingest.rehearsal.ledger import QUERIES
from zhike.hub.ingest.report import Told
from zhike.hub.ingest.spec import OnDuplicate
from zhike.kernel.faults import problem
from zhike.kernel.tx import Tx
from zhike.kernel.words import Words
from zhike.meta import Json, Object
from zhike.store.batch import Entry, Fate
from zhike.store.write import current

BRINGING = frozenset({Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED})


class Earlier(NamedTuple):
    """A line before this chunk that brings the same."""

    line: int
    apart: Sequence[Json]


class Key(NamedTuple):
    """One thing by which a record is known: an identity key, or values that are unique."""

    digest: int
    fields: tuple[str, ...]
    binding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What one rehearsal knows of its own earlier lines."""

    rehearsal: UUID
    object: Object
    ways: IdentityPlan
    rule: OnDuplicate
    unique: Sequence[Sequence[str]]
    """The fields by whose values one record is known, together."""

    async def settled(self, tx: Tx, lines: Sequence[Told]) -> list[Told]:
        """Give the lines of a chunk as they are once the earlier ones are known."""
        keys = {
            one.line.line: self._keys(one.entry)
            for one in lines
            if one.entry is not None and one.entry.fate in BRINGING
        }
        wanted = sorted({key.digest for some in keys.values() for key in some})
        if not wanted:
            return list(lines)
        rows = await tx.rows(QUERIES["earlier"](id=self.rehearsal, keys=wanted))
        known = {key: Earlier(line, orjson.loads(apart or b"[]")) for key, line, apart in rows}
        done = [self._one(one, keys.get(one.line.line, ()), known) for one in lines]
        await self._kept(tx, done, keys)
        return done

    def _keys(self, entry: Entry) -> Sequence[Key]:
        found = [
            Key(_digest(self.object.key, one), names, binding=False)
            for one in entry.keys
            # What is merely near has no name here.
            if (names := self.ways.reasons({one}))
        ]
        for fields in self.unique:
            values = [current(entry, name) for name in fields]
            if None not in values:
                text = orjson.dumps([fields, values]).decode()
                found.append(Key(_digest(self.object.key, text), tuple(fields), binding=True))
        return found

    def _one(self, one: Told, keys: Sequence[Key], known: Mapping[int, Earlier]) -> Told:
        entry = one.entry
        if not keys or entry is None or entry.fate is not Fate.CREATED:
            return one
        mine = self._apart(entry)
        same = [key for key in keys if key.digest in known and self._is(key, known, mine)]
        if self.rule == "create":
            same = [key for key in same if key.binding]
        if not same:
            return one
        line = known[same[0].digest].line
        reasons = self._reasons(same)
        told = Complaint(
            problem=problem(SameAsLine, line=line, reasons=reasons), failed=self.rule == "create"
        )
        match self.rule:
            case "update" | "merge":
                fate = Fate.UPDATED
            case "skip" | "review":
                fate = Fate.SKIPPED
            case _:
                fate = Fate.REFUSED
        kept = () if fate is Fate.SKIPPED else one.complaints
        return one._replace(entry=entry.having(fate=fate), complaints=[*kept, told])

    def _is(self, key: Key, known: Mapping[int, Earlier], mine: Sequence[Json]) -> bool:
        theirs = known[key.digest].apart
        return key.binding or not theirs or not self.ways.apart(mine, theirs)

    def _apart(self, entry: Entry) -> list[Json]:
        return [current(entry, name) for name in self.ways.differing]

    def _reasons(self, keys: Sequence[Key]) -> Words:
        names = dict.fromkeys(name for key in keys for name in key.fields)
        labels = [self.object.fields[name].label for name in names if name in self.object.fields]
        return Words(
            zh="、".join(one.zh for one in labels), en=", ".join(one.en or one.zh for one in labels)
        )

    async def _kept(self, tx: Tx, lines: Sequence[Told], keys: Mapping[int, Sequence[Key]]) -> None:
        brought = [
            {"key": key.digest, "line": one.line.line, "apart": self._apart(one.entry)}
            for one in lines
            if one.entry is not None and one.entry.fate in BRINGING
            for key in keys.get(one.line.line, ())
        ]
        if brought:
            written = orjson.dumps(brought).decode()
            await tx.run(QUERIES["add_keys"](id=self.rehearsal, keys=written))


def _digest(obj: str, text: str) -> int:
    """Give eight bytes for a key: of a million keys two share one once in thirty million files."""
    read = blake2b(f"{obj}\0{text}".encode(), digest_size=8).digest()
    return int.from_bytes(read, "big", signed=True)
