"""
Revealing: single masked values looked at in full, for a reason, within a quota, and noted.

What is hidden cannot be revealed: it does not exist. What is shown plainly need not be.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from zhike import lang
from zhike.access import Policy, Rights
from zhike.access.values import stored
from zhike.kernel.faults import Invalid, NotAllowed, NotFound, Problem, problem
from zhike.kernel.sql import Sql, ident, joined, sql
from zhike.kernel.tx import Tx
from zhike.meta import Field
from zhike.store.read.one import ONE, visible
from zhike.store.read.page import readable
from zhike.store.read.plan.select import RECORD
from zhike.store.trail import spend_reveals
from zhike.store.trail.faults import CannotReveal

Revealed = Mapping[str, Any]


async def reveal(
    tx: Tx, policy: Policy, record: tuple[str, UUID], fields: Sequence[str]
) -> Revealed:
    """
    Give the full values of some fields of one record.

    Raises NotFound for a record out of sight, the fault of an unknown name for a field that is
    hidden on it, CannotReveal for one that no role lets this viewer reveal there, TooManyReveals
    when the quota is used up: of several fields all are given or none.
    """
    obj, identity = record
    readable(policy, obj)
    if policy.viewer.seen_by is not None:
        raise NotAllowed
    wanted = tuple(dict.fromkeys(fields))
    _refuse_unknown(policy, obj, wanted)
    row = await tx.row(
        policy.rights.recent(
            ("reveal", obj, wanted), lambda: _statement(policy.rights, obj, wanted)
        ).filled(id=identity)
    )
    if row is None:
        raise NotFound
    _, title, *rest = row
    wrong: list[Problem] = []
    for number, (key, (seen, allowed)) in enumerate(
        zip(wanted, zip(rest[::3], rest[1::3], strict=True), strict=True)
    ):
        at = f"fields[{number}]"
        if not seen:
            wrong.append(problem(lang.UnknownField, at=at, field=key, object=obj))
        elif not allowed:
            label = policy.snapshot.objects[obj].fields[key].label
            wrong.append(problem(CannotReveal, at=at, name=label, field=key))
    if wrong:
        raise Invalid(wrong)
    await spend_reveals(
        tx,
        policy.snapshot.security,
        record,
        fields=wanted,
        label=title or "",
    )
    return {
        key: None if value is None else orjson.Fragment(value)
        for key, value in zip(wanted, rest[2::3], strict=True)
    }


def _refuse_unknown(policy: Policy, obj: str, wanted: Sequence[str]) -> None:
    """A hidden field and one that never was are the same thing."""
    seen = policy.seen.objects[obj].fields
    wrong: list[Problem] = []
    for number, key in enumerate(wanted):
        at = f"fields[{number}]"
        if key not in seen:
            wrong.append(problem(lang.UnknownField, at=at, field=key[:48], object=obj))
        elif not policy.reveals(obj, key) and policy.level(obj, key) == "masked":
            wrong.append(problem(CannotReveal, at=at, name=seen[key].label, field=key))
    if wrong:
        raise Invalid(wrong)


def _statement(rights: Rights, obj: str, wanted: Sequence[str]) -> Sql:
    known = rights.snapshot.objects[obj]
    title = rights.shown(obj, known.title, RECORD) if known.title in known.fields else None
    return sql(
        "SELECT {id}, ({title})::text, {values} FROM {table} AS {record} WHERE {where}",
        id=ident(RECORD, "id"),
        title=title or sql("NULL"),
        values=joined(_three(rights, obj, known.fields[key]) for key in wanted),
        table=ident(known.table),
        record=ident(RECORD),
        where=visible(rights, obj, ONE),
    )


def _three(rights: Rights, obj: str, field: Field) -> Sql:
    """Give whether a record shows a field at all, whether it may be revealed, and its value."""
    value = field.kind.out(stored(rights.snapshot, obj, field.key, RECORD), field.settings)
    plain = rights.plain(obj, field.key, RECORD)
    allowed = sql(
        "(({plain}) OR ({revealed}))",
        plain=plain or sql("true"),
        revealed=rights.revealed(obj, field.key, RECORD) or sql("true"),
    )
    return sql(
        "({seen}), {allowed}, CASE WHEN {allowed} THEN to_json({value}) END",
        seen=rights.unhidden(obj, field.key, RECORD) or sql("true"),
        allowed=allowed,
        value=value,
    )
