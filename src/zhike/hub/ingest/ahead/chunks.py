"""
Lines of a sheet → a chunk that is ready for the intake. Pure.

Identity keys and search words depend on a line's own values only, unless a value is still to be
looked up or will be filled in by default: such lines are left to the intake.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from zhike.hub.hands import KeysOf
from zhike.hub.ingest.guess.ignored import records
from zhike.hub.ingest.plan import ImportPlan, Shaped, shaped
from zhike.hub.sheets import Piece
from zhike.meta import Json, Snapshot
from zhike.store.search import Searching, searching
from zhike.store.write import Shape, readied, shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some records of the sheet in standard form, and the lines among them that are none."""

    lines: Sequence[Shaped]
    ignored: Sequence[tuple[int, str]]
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """How far one import can look ahead."""

    plan: ImportPlan
    shape: Shape
    keys: Callable[[Mapping[str, Json]], tuple[str, ...]]
    finished: bool
    """Whether its records can be made ready to be written."""
    searched: Searching
    filled: frozenset[str]
    """The searched fields that are filled in when a line leaves them empty."""

    @classmethod
    def of(cls, plan: ImportPlan, snapshot: Snapshot, keys_of: KeysOf) -> Self:
        """Say what an import can know ahead."""
        object_ = plan.object
        match = snapshot.matches.get(object_.key)
        compared = {name for key in match.keys for name in key.fields} if match else set()
        searched = searching(snapshot, object_)

        def keys(values: Mapping[str, Json]) -> tuple[str, ...]:
            return keys_of(snapshot, object_.key, values)

        known = not compared & {column.field.key for column in plan.links}
        return cls(
            plan=plan,
            shape=shape(snapshot, object_.key),
            keys=keys if known else _unknown,
            finished=known and plan.spec.mode != "update",
            searched=searched,
            filled=frozenset(
                key
                for key in searched.fields
                if (one := object_.fields[key]).default is not None
                or one.kind.name == "auto_number"
            ),
        )

    def chunk(self, piece: Piece, *, after: int) -> Chunk | None:
        """Make the lines of a piece ready, as far as they come after some line."""
        new = [line for line in piece.lines if line[0] > after]
        if not new:
            return None
        kept, ignored = records(new, self.plan.spec, totals=piece.totals)
        lines = [self._seen(one) for one in shaped(self.plan, kept)]
        if self.finished:
            lines = self._readied(lines)
        return Chunk(lines=lines, ignored=ignored, last=new[-1][0])

    def _seen(self, line: Shaped) -> Shaped:
        number, cells, given, asks, complaints, _, _, typed, _ = line
        whole = not self.filled or all(given.get(key) is not None for key in self.filled)
        tokens = self.searched.tokens(given) if whole else None
        return Shaped(number, cells, given, asks, complaints, self.keys(given), tokens, typed)

    def _readied(self, lines: Sequence[Shaped]) -> list[Shaped]:
        """Have lines that wait for nothing ready to be written; their words are in what is."""
        some = {
            n: one
            for n, one in enumerate(lines)
            if one.tokens is not None and not one.asks and not one.failed
        }
        made = readied(
            self.shape,
            [one.given for one in some.values()],
            keys=[one.keys for one in some.values()],
            tokens=[one.tokens or "" for one in some.values()],
        )
        done = list(lines)
        for (n, one), ready in zip(some.items(), made, strict=True):
            done[n] = one._replace(tokens=None, ready=ready)
        return done


def _unknown(_: Mapping[str, Json]) -> tuple[str, ...]:
    """Give no keys: what is the same depends on what is still to be looked up."""
    return ()
