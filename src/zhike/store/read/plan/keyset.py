"""
Order and keyset: how records are put in a row, and the condition for what comes after one of them.

Empty values come last, whichever way a key is ordered: whoever asks for the largest customers first
does not want the unknown ones on top. The record's id breaks ties in the direction of the last key,
so that an index on `(created_at, id)` serves the default order and its reverse.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhike.kernel.sql import NOTHING, Sql, blank, either, every, ident, joined, sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One thing that records are ordered by."""

    value: Sql
    """Its value inside the innermost query."""
    type: str
    """The SQL type that a cursor's value is read as."""
    descending: bool = False
    filled: bool = False
    """Whether it is never empty; such a key can use an index in both directions."""


def names(count: int) -> tuple[str, ...]:
    """Give the names under which the innermost query hands its order values on."""
    return tuple(f"zk_{number}" for number in range(1, count + 1))


def order_by(keys: Sequence[Key]) -> Sql:
    """Give what follows ORDER BY, in terms of the names."""
    return joined(
        _direction(ident(name), key) for name, key in zip(names(len(keys)), keys, strict=True)
    )


def after(keys: Sequence[Key], empty: Sequence[bool]) -> Sql:
    """
    Give the condition that a record comes after the place in the blanks `place0`, `place1` ….

    `empty` says which values of that place are empty: the condition takes another form then.
    """
    values = [blank(f"place{number}", key.type) for number, key in enumerate(keys)]
    if _uniform(keys) and not any(empty):
        return _row(keys, values)
    condition = NOTHING
    for key, value, gone in reversed(list(zip(keys, values, empty, strict=True))):
        condition = either(_beyond(key, value, condition, gone=gone))
    first = keys[0]
    if first.filled and len(keys) > 1:
        bound = sql(
            "{key} <= {it}" if first.descending else "{key} >= {it}", key=first.value, it=values[0]
        )
        return every([bound, condition])
    return condition


def _uniform(keys: Sequence[Key]) -> bool:
    return len({key.descending for key in keys}) == 1 and all(key.filled for key in keys)


def _row(keys: Sequence[Key], values: Sequence[Sql]) -> Sql:
    return sql(
        "({keys}) < ({values})" if keys[0].descending else "({keys}) > ({values})",
        keys=joined(key.value for key in keys),
        values=joined(values),
    )


def _beyond(key: Key, value: Sql, rest: Sql, *, gone: bool) -> Iterator[Sql]:
    if gone:
        yield every((sql("{key} IS NULL", key=key.value), rest)) if rest else NOTHING
        return
    yield sql("{key} < {it}" if key.descending else "{key} > {it}", key=key.value, it=value)
    if not key.filled:
        yield sql("{key} IS NULL", key=key.value)
    if rest:
        yield every((sql("{key} = {it}", key=key.value, it=value), rest))


def _direction(name: Sql, key: Key) -> Sql:
    if not key.descending:
        return name
    return sql("{name} DESC", name=name) if key.filled else sql("{name} DESC NULLS LAST", name=name)
