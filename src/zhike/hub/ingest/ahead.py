"""
What can be worked out about lines while the database is busy with those before them.

Identity keys and search words depend on a line's own values only, unless a value is still to be
looked up or will be filled in by default: such lines are left to the intake.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from zhike.hub.hands import KeysOf
from zhike.hub.ingest.plan import ImportPlan, Shaped
from zhike.meta import Snapshot
from zhike.store.search import Searching, searching


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """How far one import can look ahead."""

    snapshot: Snapshot
    object: str
    keys_of: KeysOf | None
    """None: what is the same depends on what is looked up."""
    searched: Searching
    filled: frozenset[str]
    """The searched fields that are filled in when a line leaves them empty."""

    @classmethod
    def of(cls, plan: ImportPlan, snapshot: Snapshot, keys_of: KeysOf) -> Self:
        """Say what an import can know ahead."""
        object_ = plan.object
        match = snapshot.matches.get(object_.key)
        compared = {name for key in match.keys for name in key.fields} if match else set()
        linked = {column.field for column in plan.links}
        searched = searching(snapshot, object_)
        return cls(
            snapshot=snapshot,
            object=object_.key,
            keys_of=None if compared & linked else keys_of,
            searched=searched,
            filled=frozenset(
                key
                for key in searched.fields
                if (one := object_.fields[key]).default is not None
                or one.kind.name == "auto_number"
            ),
        )

    def seen(self, lines: Sequence[Shaped]) -> Sequence[Shaped]:
        """Give the lines with what can be known of them."""
        return [self._seen(one) for one in lines]

    def _seen(self, line: Shaped) -> Shaped:
        given = line.given
        whole = all(given.get(key) is not None for key in self.filled)
        return replace(
            line,
            keys=self.keys_of(self.snapshot, self.object, given) if self.keys_of else (),
            tokens=self.searched.tokens(given) if whole else None,
        )
