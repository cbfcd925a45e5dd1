"""The books of registers: what they said lately, how often they were asked, what it cost."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from zhike.hub.registry.asking import Question
from zhike.hub.registry.faults import CallsUsedUp
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.meta import RegistrySpec

QUERIES = load(Path(__file__).with_name("queries.sql"))
USAGE = ("registry", "month", "calls", "failed", "remembered", "cost")


async def remembered(tx: Tx, spec: RegistrySpec, question: Question) -> Any | None:
    """Give what the register said to a question, if that is not too long ago."""
    values = {"registry": spec.key, "question": question.key, "days": spec.keep_days}
    said = await tx.value(QUERIES["remembered"](**values))
    if said is not None:
        place = {"registry": spec.key, "person": tx.viewer.id, "zone": tx.viewer.zone}
        await tx.run(QUERIES["count_remembered"](**place))
    return None if said is None else orjson.loads(said)


async def count(tx: Tx, spec: RegistrySpec) -> None:
    """Count a call that is about to be made; raises CallsUsedUp if it is one too many."""
    await tx.run(QUERIES["wait_for_turn"](registry=spec.key))
    counted = await tx.value(
        QUERIES["count_call"](
            registry=spec.key,
            person=tx.viewer.id,
            zone=tx.viewer.zone,
            cost=spec.cost,
            per_day=spec.per_day,
            per_person=spec.per_person,
        )
    )
    if counted is None:
        raise CallsUsedUp(name=spec.label.words())


async def count_failed(tx: Tx, spec: RegistrySpec) -> None:
    """Take back what a call would have cost that brought nothing."""
    await tx.run(
        QUERIES["count_failed"](
            registry=spec.key, person=tx.viewer.id, zone=tx.viewer.zone, cost=spec.cost
        )
    )


async def remember(tx: Tx, spec: RegistrySpec, question: Question, said: Any) -> None:
    """Keep what the register said, and drop what it said too long ago."""
    await tx.several(
        [
            QUERIES["forget"](registry=spec.key, days=spec.keep_days),
            QUERIES["remember"](
                registry=spec.key, question=question.key, answer=orjson.dumps(said).decode()
            ),
        ]
    )


async def usage(tx: Tx) -> Sequence[Mapping[str, Any]]:
    """Give the calls to each register and what they cost, by month, newest first."""
    return [dict(zip(USAGE, row, strict=True)) for row in await tx.rows(QUERIES["usage"]())]
