"""What a person decides about lines that seem to be there already, done at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import orjson

from zhike.access import Policy
from zhike.hub.hands import KeysOf, TakeIn
from zhike.hub.ingest.ledger import Import
from zhike.hub.ingest.links import Links
from zhike.hub.ingest.plan import Shaped, plan, typed_in
from zhike.hub.ingest.report import told, written
from zhike.hub.ingest.review.waiting import QUERIES
from zhike.hub.ingest.ways import Way, parts
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.batch import Fate
from zhike.store.trail import note

Decision = Literal["skip", "create", "update", "merge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of the lines."""

    counts: Mapping[str, int]
    problems: Sequence[Json]
    """The lines that could not be done as decided; they wait on."""


async def decide(  # noqa: PLR0913 - a decision and what it takes to do it
    tx: Tx,
    held: Policy,
    task: Import,
    *,
    lines: Sequence[int],
    decision: Decision,
    take: TakeIn,
    keys_of: KeysOf,
) -> Decided:
    """Do with some lines what was decided, with the rights of whoever decides."""
    for right in ("import", "create" if decision == "create" else "update"):
        held.demand(task.object, right)
    rows = await tx.rows(QUERIES["open"](id=task.id, lines=list(lines)))
    shaped = [Shaped(line, orjson.loads(cells), orjson.loads(given)) for line, given, cells in rows]
    wrong: Sequence[Json] = ()
    counts: dict[str, int] = {}
    done = [one.line for one in shaped]
    if decision != "skip":
        spec = task.spec.model_copy(update={"on_duplicate": decision, "mode": "create"})
        known = plan(
            spec, held.snapshot.objects[task.object], writable=held.writable(task.object, "create")
        )
        way = Way(
            policy=held, plan=known, cause=str(task.id), take=take,
            links=Links(held, keys_of=keys_of), parts=parts(held, known.object, spec),
        )  # fmt: skip
        shaped = [one._replace(typed=typed_in(known, one)) for one in shaped]
        after, entries, _ = await way.taken(tx, shaped)
        result = told(known, after, entries, {})
        wrong = written([one for one in result if one.failed])
        done = [one.line.line for one in result if not one.failed]
        for one in result:
            fate = one.entry.fate if one.entry is not None else Fate.REFUSED
            counts[fate.value] = counts.get(fate.value, 0) + 1
    else:
        counts = {"skipped": len(done)}
    await tx.run(QUERIES["decided"](id=task.id, lines=done, decision=decision, actor=tx.viewer.id))
    told_of = {"decision": decision, "lines": len(done)}
    note(tx, "import.decided", object="import", target=task.id, label=task.name, new=told_of)
    return Decided(counts=counts, problems=wrong)
