"""
What a new record is given where its caller gave nothing: automatic numbers and computed defaults.

They are drawn before it is decided whether there will be a new record at all; a number drawn in
vain leaves a gap.
"""

import re
from collections.abc import Mapping, Sequence

from zhike import lang
from zhike.kernel.sql import Sql
from zhike.meta import Field, Json
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.write.around import Around, unnumbered

CALL = re.compile(r"[A-Z_]+\(.*\)", re.ASCII | re.DOTALL)


def is_expression(default: object) -> bool:
    """Say whether a default is computed when a record is created: a text that is one call."""
    return isinstance(default, str) and CALL.fullmatch(default) is not None


def computed(batch: Batch) -> Mapping[str, Sql]:
    """Give the default expressions that some new entry of the batch will need."""
    if batch.action != "create":
        return {}
    return {
        one.key: _value(batch, one)
        for one in _expressions(batch)
        if any(_needs(entry, one.key) for entry in batch.entries)
    }


def _expressions(batch: Batch) -> Sequence[Field]:
    """Give the fields with such defaults, looked for once per snapshot."""
    memo, kept = batch.policy.snapshot.memo, ("expressions", batch.object.key)
    known: Sequence[Field] | None = memo.get(kept)
    if known is None:
        fields = batch.object.fields.values()
        known = memo[kept] = tuple(one for one in fields if is_expression(one.default))
    return known


def _needs(entry: Entry, key: str) -> bool:
    return entry.fate is Fate.WAITING and entry.record is None and key not in entry.values


def _value(batch: Batch, field: Field) -> Sql:
    snapshot = batch.policy.snapshot
    kept = ("default", batch.object.key, field.key)
    value: Sql | None = snapshot.memo.get(kept)
    if value is None:
        value = snapshot.memo[kept] = lang.value(
            str(field.default), snapshot, batch.object.key, alias="t", sight=lang.FULL_SIGHT
        )
    return value


def drawn(batch: Batch, found: Around) -> Batch:
    """Give each new entry what was drawn for it."""
    if not found.numbers and not found.computed:
        return batch
    given: dict[int, dict[str, Json]] = {}
    for key, numbers in found.numbers.items():
        for place, number in zip(unnumbered(batch, key), numbers, strict=False):
            given.setdefault(place, {})[key] = number
    return batch.having(
        [
            one.having(drawn={**found.computed, **given.get(n, {})})
            if one.fate is Fate.WAITING and one.record is None
            else one
            for n, one in enumerate(batch.entries)
        ]
    )
