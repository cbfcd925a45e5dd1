"""
The shape of a file is its heads in their order, however they are spelt. What was decided about one
is proposed for the next; fields that may not be filled any more are left to be guessed.
"""

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from zhike.hub.ingest.guess import fold
from zhike.hub.ingest.spec import ColumnSpec, ImportSpec
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx

QUERIES = load(Path(__file__).with_name("queries.sql"))
WORDS = ("on_duplicate", "mode", "key", "blank", "triggers", "create_missing")


def shape(spec: ImportSpec) -> str | None:
    """Give the digest of a file's heads; None if it has none."""
    heads = [fold(one.header) for one in spec.columns]
    if not any(heads):
        return None
    return sha256("\0".join(heads).encode()).hexdigest()


async def remember(tx: Tx, obj: str, spec: ImportSpec) -> None:
    """Keep how a file was mapped, for the next one of its shape."""
    known = shape(spec)
    if known is not None:
        plan = spec.model_dump_json()
        await tx.run(QUERIES["remember"](object=obj, shape=known, actor=tx.viewer.id, plan=plan))


async def recalled(tx: Tx, obj: str, spec: ImportSpec, *, fields: Collection[str]) -> ImportSpec:
    """Give a proposal as the last file of its shape was mapped, if there was one."""
    known = shape(spec)
    row = known and await tx.row(QUERIES["recall"](object=obj, shape=known, actor=tx.viewer.id))
    if not row:
        return spec
    plan, own = row
    last = ImportSpec.model_validate_json(plan)
    columns = tuple(
        _as_last(one, before, fields)
        for one, before in zip(spec.columns, last.columns, strict=True)
    )
    words = {name: getattr(last, name) for name in WORDS} if own else {}
    return spec.model_copy(update={"columns": columns, **words})


def _as_last(one: ColumnSpec, last: ColumnSpec, fields: Collection[str]) -> ColumnSpec:
    if last.field is not None and last.field not in fields:
        return one
    same = {"field": last.field, "times": last.times, "how": "memory", "confidence": 1.0}
    return one.model_copy(update=same if last.field else {**same, "confidence": 0.0})
