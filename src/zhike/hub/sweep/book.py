"""The books of what is done to few records at once: those of a job, written when it is done."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from zhike.hub.sweep import ledger
from zhike.hub.sweep.doing import along_with, outcome_of
from zhike.hub.sweep.ledger import QUERIES, Sweep
from zhike.hub.sweep.spec import SweepSpec
from zhike.kernel.tx import Tx
from zhike.meta import Object
from zhike.store.batch import Entry

NONE: Mapping[str, Sequence[Entry]] = {}


class Book:
    """What was done to some records within one transaction, so that it can be taken back."""

    def __init__(self, tx: Tx, *, object: Object, spec: SweepSpec) -> None:  # noqa: A002
        self._tx = tx
        self._object = object
        self._spec = spec
        self._sweep: Sweep | None = None

    @property
    def id(self) -> UUID | None:
        """The sweep by which it is taken back; None if nothing was changed."""
        return self._sweep.id if self._sweep else None

    async def enter(
        self, entries: Sequence[Entry], along: Mapping[str, Sequence[Entry]] = NONE
    ) -> None:
        """Write down what became of some records, and of those that went along by a relation."""
        found = [outcome_of(one) for one in entries]
        more = [*along_with(self._object, along)]
        if self._sweep is None:
            if all(one.outcome != "done" for one in found):
                return
            self._sweep = await self._begun()
        self._sweep = await ledger.advance(self._tx, self._sweep, [*found, *more])
        total = sum(self._sweep.counts.get(one, 0) for one in ("done", "unchanged", "refused"))
        await self._tx.run(QUERIES["set_total"](id=self._sweep.id, total=total))

    async def _begun(self) -> Sweep:
        id_ = await ledger.add(self._tx, self._object.key, self._spec)
        await ledger.turn(self._tx, id_, "done", since=("waiting",))
        return await ledger.found(self._tx, id_)
