"""The books of what is done to few records at once: those of a job, written when it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhike.hub.sweep import ledger
from zhike.hub.sweep.doing import along_with, outcome_of
from zhike.hub.sweep.ledger import QUERIES, Sweep
from zhike.hub.sweep.spec import SweepSpec
from zhike.kernel.tx import Tx
from zhike.meta import Object
from zhike.store.batch import Entry

NONE: Mapping[str, Sequence[Entry]] = {}


@dataclass(kw_only=True)
class Book:
    """What was done to some records within one transaction, so that it can be taken back."""

    tx: Tx
    object: Object
    spec: SweepSpec
    sweep: Sweep | None = None
    """None as long as nothing was changed: there is nothing to be taken back."""

    @property
    def id(self) -> UUID | None:
        """The sweep by which it is taken back."""
        return self.sweep.id if self.sweep else None

    async def enter(
        self, entries: Sequence[Entry], along: Mapping[str, Sequence[Entry]] = NONE
    ) -> None:
        """Write down what became of some records, and of those that went along by a relation."""
        found = [outcome_of(one) for one in entries]
        more = [*along_with(self.object, along)]
        if self.sweep is None:
            if all(one.outcome != "done" for one in found):
                return
            self.sweep = await self._begun()
        self.sweep = await ledger.advance(self.tx, self.sweep, [*found, *more])
        total = sum(self.sweep.counts.get(one, 0) for one in ("done", "unchanged", "refused"))
        await self.tx.run(QUERIES["set_total"](id=self.sweep.id, total=total))

    async def _begun(self) -> Sweep:
        id_ = await ledger.add(self.tx, self.object.key, self.spec)
        await ledger.turn(self.tx, id_, "done", since=("waiting",))
        return await ledger.found(self.tx, id_)
