"""
Automatic numbers, drawn from a sequence so that nobody waits for anybody: gaps are allowed, the
same number twice is not.

A number is what the sequence says minus where it stood when the period began (`zk_number_period`).
The first draw in a new period writes that down; whoever draws at the same moment waits for it once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from zhike.kernel.sql import Sql, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Field, Json, Object
from zhike.meta.kinds.auto_number import AutoNumberSettings, numbered
from zhike.store.ddl.names import sequence

PERIODS: Mapping[str, str] = {"never": "", "year": "YYYY", "month": "YYYYMM", "day": "YYYYMMDD"}
"""How a period is written, as PostgreSQL formats the day."""
FAR = 1_000_000
"""More numbers than are ever drawn at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Some counts of one field, all of one day."""

    field: Field
    counts: Sequence[int]
    base: int | None
    day: date

    def written(self) -> list[str]:
        """Give the numbers as people read them."""
        return [
            numbered(_settings(self.field), count=count - (self.base or 0), day=self.day)
            for count in self.counts
        ]


def numbering(object_: Object) -> tuple[Field, ...]:
    """Give the fields of an object that are numbered."""
    return object_.of_kind("auto_number")


def draw(object_: Object, field: Field, count: Sql) -> Sql:
    """Give the expression that draws counts: one JSON value, which `told` reads."""
    return sql(
        "json_build_object('counts', (SELECT json_agg(nextval({name}::regclass))"
        " FROM generate_series(1, {count})), 'day', to_char(now(), 'YYYY-MM-DD'), 'base',"
        " (SELECT base FROM zk_number_period WHERE object = {object} AND field = {field}"
        " AND period = to_char(now(), {period})))",
        name=_name(object_, field),
        count=count,
        **_period(object_, field),
    )


def told(field: Field, answer: Mapping[str, Json]) -> Drawn:
    """Read what `draw` answered."""
    return Drawn(
        field=field,
        counts=answer["counts"] or (),
        base=answer["base"],
        day=date.fromisoformat(answer["day"]),
    )


def passed(object_: Object, field: Field, given: Sequence[str]) -> Iterator[Sql]:
    """
    Give the statements after which no number that somebody brought along will be drawn.

    They draw up to the highest of them, which can never set the count back. Only if that is farther
    away than anybody draws at once is the count set.
    """
    settings = _settings(field)
    if settings.reset != "never":
        yield _begun(object_, field)
    yield sql(
        "SELECT CASE WHEN c.top - c.at > {far} THEN setval({name}::regclass, c.top) ELSE"
        " (SELECT max(nextval({name}::regclass)) FROM generate_series(c.at + 1, c.top)) END"
        " FROM (SELECT CASE WHEN s.is_called THEN s.last_value ELSE s.last_value - 1 END AS at,"
        " (SELECT max(coalesce(p.base, 0) + substr(g, length(h.head) + 1)::bigint)"
        " FROM unnest({given}) AS g WHERE starts_with(g, h.head)"
        " AND substr(g, length(h.head) + 1) ~ '^[0-9]{1,12}$') AS top"
        " FROM {sequence} AS s CROSS JOIN (SELECT {prefix} || to_char(now(), {pattern}) || {joint}"
        " AS head) AS h LEFT JOIN zk_number_period AS p"
        " ON p.object = {object} AND p.field = {field}"
        " AND p.period = to_char(now(), {period})) AS c WHERE c.top > c.at",
        far=param(FAR, "bigint"),
        name=_name(object_, field),
        sequence=ident(sequence(object_.table, field.key)),
        given=param(list(given), "text[]"),
        prefix=param(settings.prefix, "text"),
        pattern=param(settings.date.replace("y", "Y").replace("d", "D"), "text"),
        joint=param("-" if settings.date[-1:].isalpha() else "", "text"),
        **_period(object_, field),
    )


def _begun(object_: Object, field: Field) -> Sql:
    """Begin the period, unless somebody has: it counts from where the sequence stands."""
    return sql(
        "INSERT INTO zk_number_period (object, field, period, base)"
        " SELECT {object}, {field}, to_char(now(), {period}),"
        " CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence}"
        " ON CONFLICT DO NOTHING",
        sequence=ident(sequence(object_.table, field.key)),
        **_period(object_, field),
    )


def _period(object_: Object, field: Field) -> Mapping[str, Sql]:
    return {
        "object": param(object_.key, "text"),
        "field": param(field.key, "text"),
        "period": param(PERIODS[_settings(field).reset], "text"),
    }


def _name(object_: Object, field: Field) -> Sql:
    return param(ident(sequence(object_.table, field.key)).text, "text")


async def settled(tx: Tx, object_: Object, drawn: Drawn) -> Drawn:
    """Give counts that stand: in a period that nobody has begun, begin it and draw again."""
    if drawn.base is not None or _settings(drawn.field).reset == "never":
        return drawn
    count = param(len(drawn.counts), "integer")
    answers = await tx.several(
        [
            _begun(object_, drawn.field),
            sql("SELECT {drawn}", drawn=draw(object_, drawn.field, count)),
        ]
    )
    return told(drawn.field, orjson.loads(answers[1][0][0]))


def _settings(field: Field) -> AutoNumberSettings:
    settings = field.settings
    if not isinstance(settings, AutoNumberSettings):
        raise TypeError(f"{field.key} is not numbered")
    return settings
