"""
One person, one action, one record: the decision, and which of its reasons hold.

The decision is that of the very predicate every read and write uses; the reasons are its parts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhike.access import Action, Policy, Reason
from zhike.kernel.sql import Sql, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Level

LEVELS: tuple[Level, ...] = ("read", "masked")
"""What a read may give of a field, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """May somebody do this? With a record of an object, or with one certain field of it."""

    object: str
    action: Action
    record: UUID | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A reason, and whether it holds; None where no record is asked about and it depends on one."""

    reason: Reason
    holds: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to a question."""

    allowed: bool
    level: Level | None
    """If a field is to be read: what is seen of it."""
    chain: tuple[Found, ...]


async def judged(tx: Tx, held: Policy, asked: Question) -> Verdict:
    """
    Answer a question about the viewer of a policy, who is also the viewer of the transaction.

    A record that is not there, or lies in the bin, is allowed nothing, like one out of sight.
    """
    reasons = held.reasons(asked.object, asked.action, asked.field)
    if asked.record is None:
        return _in_general(held, asked, reasons)
    row = await tx.row(
        sql(
            "SELECT {decisions}, ARRAY[{reasons}]::boolean[] FROM {table} AS t"
            " WHERE t.id = {record} AND t.deleted_at IS NULL",
            decisions=joined(_true(one) for one in decisions(held, asked)),
            reasons=joined(_true(one.where) for one in reasons),
            table=ident(held.snapshot.objects[asked.object].table),
            record=param(asked.record, "uuid"),
        )
    )
    if row is None:
        return Verdict(
            allowed=False,
            level="hidden" if asked.field else None,
            chain=tuple(Found(reason=one, holds=None) for one in reasons),
        )
    allowed, *levels, holding = row
    found = tuple(
        Found(reason=one, holds=holds) for one, holds in zip(reasons, holding, strict=True)
    )
    if not levels:
        return Verdict(allowed=allowed, level=None, chain=found)
    level = _level(levels) if allowed else "hidden"
    return Verdict(allowed=level != "hidden", level=level, chain=found)


def decisions(held: Policy, asked: Question, alias: str = "t") -> Iterator[Sql]:
    """Give the predicates that decide: on the record, and on what is read of the field."""
    if asked.field is None or asked.action == "read":
        yield held.rows(asked.object, alias, asked.action)
    else:
        yield held.rows(asked.object, alias, asked.action, (asked.field,))
    if asked.field is not None and asked.action == "read":
        best = held.level(asked.object, asked.field)
        hidden = best == "hidden"
        masked = best in {"hidden", "masked"}
        plain = held.plain(asked.object, asked.field, alias)
        yield sql("false") if masked else plain
        yield sql("false") if hidden else held.rights.unhidden(asked.object, asked.field, alias)


def _in_general(held: Policy, asked: Question, reasons: Sequence[Reason]) -> Verdict:
    allowed = held.may(asked.object, asked.action)
    level: Level | None = None
    if asked.field is not None:
        level = held.level(asked.object, asked.field, asked.action)
        wanted = ("masked", "read", "write") if asked.action == "read" else ("write",)
        allowed = allowed and level in wanted
    return Verdict(
        allowed=allowed,
        level=level,
        chain=tuple(Found(reason=one, holds=None if one.where else True) for one in reasons),
    )


def _level(holding: Sequence[bool]) -> Level:
    return next((one for one, holds in zip(LEVELS, holding, strict=True) if holds), "hidden")


def _true(condition: Sql) -> Sql:
    return sql("({condition}) IS TRUE", condition=condition) if condition else sql("true")
