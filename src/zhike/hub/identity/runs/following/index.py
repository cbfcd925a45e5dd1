"""
The sums of an object's records, as the last run left them.

Keeping them costs as much as reading the base, so that only a run that follows another one does:
the first reads everything and leaves them, those after it read what has changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from zhike.hub.identity.runs.aspects import Rules
from zhike.kernel.queries import load
from zhike.kernel.sql import ident
from zhike.kernel.tx import Tx

QUERIES = load(Path(__file__).with_name("queries.sql"))
Summed = tuple[str, Sequence[int]]
"""A record and its sums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The sums that stand as a run left them."""

    object: str
    run: UUID
    rules: Rules


async def standing(tx: Tx, obj: str, run: UUID) -> Standing | None:
    """Give the sums that a run left; None if it left none, or another one wrote them since."""
    row = await tx.row(QUERIES["standing"](object=obj, run=run))
    return Standing(object=obj, run=run, rules=_read(row[0])) if row else None


async def forget(tx: Tx, obj: str) -> None:
    """Take the sums of an object away; no run can be followed by what changed then."""
    await tx.several([QUERIES["forget_index"](object=obj), QUERIES["forget_sums"](object=obj)])


async def written(tx: Tx, new: Standing, found: Iterable[Summed]) -> None:
    """Keep the sums of all records of an object."""
    await forget(tx, new.object)
    await _add(tx, new, found)


async def replaced(
    tx: Tx, new: Standing, found: Iterable[Summed], *, changed: Iterable[UUID]
) -> None:
    """Keep the sums of those records that changed; those that are gone have none."""
    await tx.run(QUERIES["forget_some"](object=new.object, records=list(changed)))
    await _add(tx, new, found)


async def _add(tx: Tx, new: Standing, found: Iterable[Summed]) -> None:
    rules = orjson.dumps(new.rules).decode()
    await tx.copy_in(
        ident("zk_identity_block"),
        ("object", "record", "sums"),
        ((new.object, one, "{" + ",".join(map(str, told)) + "}") for one, told in found),
    )
    await tx.run(QUERIES["keep_index"](object=new.object, run=new.run, rules=rules))


def _read(said: Any) -> Rules:
    read: Rules = orjson.loads(said) if isinstance(said, str | bytes) else said
    return read
