"""
How good the records of an object are, as one viewer may see it: counted over the records they see,
with the values these show plainly.

All figures are counts and sums' averages of scores (0 to 100); shares are left to the reader, so
that a hidden zero cannot hide behind a rounded one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from zhike import lang
from zhike.access import Policy
from zhike.hub.quality.faults import NotJudged
from zhike.hub.quality.trend import trend
from zhike.kernel.faults import Fault
from zhike.kernel.sql import NOTHING, Sql, ident, joined, param, sql
from zhike.kernel.tx import Row, Tx
from zhike.kernel.words import Language
from zhike.meta import Field, Json, Object
from zhike.meta.quality import PARTS, SCORE, conditions, counted
from zhike.store.read import readable

STEPS = 10
"""Scores are counted in tens: 0 to 9, 10 to 19 … 90 to 100."""
WORST = 10
"""So many owners are named."""


async def report(tx: Tx, held: Policy, key: str, *, language: Language) -> Mapping[str, Json]:
    """
    Tell the scores of an object's records: how many of each, the worst fields and owners, the days.

    Raises UnknownObject, ActionNotAllowed, NotJudged, and UnknownField where the score is hidden.
    """
    readable(held, key)
    obj = held.snapshot.objects[key]
    if key not in held.snapshot.qualities:
        raise NotJudged(object=obj.label)
    told = [SCORE, *(one for one in PARTS if _plain(held, key, one))]
    by_score = await tx.rows(_by_score(held, obj, told))
    count = sum(row[1] for row in by_score)
    return {
        "object": key,
        "records": count,
        "average": {one: _average(by_score, 2 + n) for n, one in enumerate(told)},
        "distribution": _distribution(by_score),
        "fields": await _fields(tx, held, obj, language),
        "owners": await _owners(tx, held, obj),
        "trend": await trend(tx, held, key, told),
    }


def _plain(held: Policy, obj: str, field: str) -> bool:
    return held.level(obj, field) in ("read", "write")


def _seen(held: Policy, obj: Object) -> Sql:
    rows = held.rows(obj.key, "t")
    there = sql("t.deleted_at IS NULL")
    return sql("{there} AND {rows}", there=there, rows=rows) if rows else there


def _by_score(held: Policy, obj: Object, told: Sequence[str]) -> Sql:
    score = held.column(obj.key, SCORE, "t")
    return sql(
        "SELECT least(floor({score} / 10), 9)::integer, count(*), {sums}"
        " FROM {table} AS t WHERE {seen} GROUP BY 1 ORDER BY 1",
        score=score,
        sums=joined(sql("sum({one})", one=held.column(obj.key, key, "t")) for key in told),
        table=ident(obj.table),
        seen=_seen(held, obj),
    )


def _average(rows: Sequence[Row], place: int) -> int | None:
    """Give the average over all records that show the score."""
    known = [row for row in rows if row[0] is not None]
    count = sum(row[1] for row in known)
    return round(sum(row[place] or 0 for row in known) / count) if count else None


def _distribution(rows: Sequence[Row]) -> list[Mapping[str, int]]:
    counts = {row[0]: row[1] for row in rows}
    return [
        {"from": 10 * n, "to": 10 * n + (10 if n == STEPS - 1 else 9), "records": counts.get(n, 0)}
        for n in range(STEPS)
    ]


async def _fields(
    tx: Tx, held: Policy, obj: Object, language: Language
) -> list[Mapping[str, Json]]:
    """Count by field how many records show it, hold a value, and a right one; the worst first."""
    spec = held.snapshot.qualities[obj.key]
    own = {one.key: one for one in obj.own}
    right = conditions(spec, own)
    weights = {key: one.weight for one in counted(spec, own, title=obj.title) for key in one.fields}
    keys = [key for key in (weights | dict.fromkeys(right, 0)) if _plain(held, obj.key, key)]
    if not keys:
        return []
    row = await tx.row(
        sql(
            "SELECT {counts} FROM {table} AS t WHERE {seen}",
            counts=joined(_counts(held, obj, key, right.get(key)) for key in keys),
            table=ident(obj.table),
            seen=_seen(held, obj),
        )
    )
    told = [
        _field(obj.fields[key], weights.get(key, 0), (row or ())[3 * n : 3 * n + 3], language)
        for n, key in enumerate(keys)
    ]
    return sorted(told, key=_worst)


def _counts(held: Policy, obj: Object, key: str, right: str | None) -> Sql:
    value = held.column(obj.key, key, "t")
    shown = held.plain(obj.key, key, "t")
    return sql(
        "count(*){shown}, count({value}), {right}",
        shown=sql(" FILTER (WHERE {shown})", shown=shown) if shown else NOTHING,
        value=value,
        right=_right(held, obj, right, value),
    )


def _right(held: Policy, obj: Object, right: str | None, value: Sql) -> Sql:
    """Count the values that are right, if that can be told from what the viewer sees."""
    if right is not None:
        try:
            holds = lang.predicate(right, held.seen, obj.key, "t", held)
        except Fault:
            return sql("NULL")
        return sql(
            "count(*) FILTER (WHERE {value} IS NOT NULL AND ({holds}))", value=value, holds=holds
        )
    return sql("NULL")


def _field(field: Field, weight: int, row: Sequence[Any], language: Language) -> dict[str, Json]:
    records, filled, right = row
    return {
        "field": field.key,
        "label": field.label.said(language),
        "weight": weight,
        "records": records,
        "filled": filled,
        "valid": right,
    }


def _worst(one: Mapping[str, Any]) -> tuple[float, float, str]:
    """Put first what costs most: by weight, the share of records without a right value."""
    count = one["records"] or 1
    good = one["filled"] if one["valid"] is None else one["valid"]
    return (-(one["weight"] or 1) * (count - good) / count, one["filled"] / count, one["field"])


async def _owners(tx: Tx, held: Policy, obj: Object) -> list[Mapping[str, Json]]:
    """Name those whose records are worst, with how many they have."""
    name = held.shown("user", "name", "u")
    if not _plain(held, obj.key, "owner") or name is None:
        return []
    rows = await tx.rows(
        sql(
            "SELECT o.owner, (SELECT {name} FROM zk_user AS u WHERE u.id = o.owner), o.count,"
            " o.score FROM (SELECT {owner} AS owner, count(*) AS count,"
            " round(avg({score}))::integer AS score FROM {table} AS t WHERE {seen} GROUP BY 1) AS o"
            " WHERE o.owner IS NOT NULL AND o.score IS NOT NULL"
            " ORDER BY o.score, o.count DESC, o.owner LIMIT {limit}",
            name=name,
            owner=held.column(obj.key, "owner", "t"),
            score=held.column(obj.key, SCORE, "t"),
            table=ident(obj.table),
            seen=_seen(held, obj),
            limit=param(WORST, "integer"),
        )
    )
    return [
        {"owner": {"id": id_, "name": name}, "records": count, SCORE: score}
        for id_, name, count, score in rows
    ]
