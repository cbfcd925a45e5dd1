"""What begins: a look that changes nothing, the run after it, and the way back."""

from uuid import UUID

from zhike.access import Policy
from zhike.hub.standardize.again import ledger
from zhike.hub.standardize.again.compare import wrong
from zhike.hub.standardize.again.faults import RunUnderWay, UnknownStandardRun
from zhike.hub.standardize.again.ledger import StandardRun
from zhike.hub.standardize.again.spec import AgainSpec
from zhike.kernel.faults import Invalid, NotAllowed
from zhike.kernel.tx import Tx
from zhike.store import read
from zhike.store.read import Query
from zhike.store.trail import note


def keeper(held: Policy, obj: str) -> None:
    """Only who configures brings the whole base to a standard, with their rights on its records."""
    if not held.configures:
        raise NotAllowed
    read.readable(held, obj)
    held.demand(obj, "update")


async def look(tx: Tx, held: Policy, obj: str, spec: AgainSpec) -> StandardRun:
    """Keep what is to be looked at; a job counts what would change, and changes nothing."""
    keeper(held, obj)
    problems = list(wrong(held, obj, spec.fields))
    if problems:
        raise Invalid(problems)
    # A condition that cannot be asked is told now, not by the job.
    await read.condition(tx, held, obj, Query(where=spec.where))
    made = await ledger.found(tx, await ledger.add(tx, obj, spec))
    _note(tx, made, "looked")
    return made


async def begin(tx: Tx, held: Policy, id: UUID) -> StandardRun:  # noqa: A002 - what it is
    """Have what was looked at done."""
    return await _turned(tx, held, id, "started")


async def undo(tx: Tx, held: Policy, id: UUID) -> StandardRun:  # noqa: A002 - what it is
    """Have what a run changed taken back, where nobody changed it since."""
    return await _turned(tx, held, id, "undone")


async def _turned(tx: Tx, held: Policy, id_: UUID, act: str) -> StandardRun:
    run = await ledger.found(tx, id_)
    if run.object not in held.snapshot.objects:
        raise UnknownStandardRun
    keeper(held, run.object)
    if await ledger.busy(tx, run):
        raise RunUnderWay(object=run.object)
    if act == "started":
        await ledger.turn(tx, run, "running", since=("ready",))
    else:
        await ledger.turn(tx, run, "undoing", since=("done", "failed"))
    _note(tx, run, act)
    return await ledger.found(tx, id_)


def _note(tx: Tx, run: StandardRun, act: str) -> None:
    facts = {"fields": list(run.spec.fields), "where": run.spec.where}
    note(tx, f"standardize.{act}", object=run.object, target=run.id, new=facts)
