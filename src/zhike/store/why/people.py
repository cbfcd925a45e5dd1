"""
Who may do something with a record: everybody judged at once.

People with the same roles share their predicates; one statement judges all of them, the facts of
each taken from a row.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from zhike.access import Policy, Reason, policy
from zhike.kernel.sql import Sql, every, ident, joined, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Viewer
from zhike.meta import Snapshot
from zhike.store.why.verdict import Question, decisions

FACTS: Mapping[str, str] = {
    "id": "uuid",
    "department": "uuid",
    "departments": "uuid[]",
    "below": "uuid[]",
    "subordinates": "uuid[]",
    "grantees": "text[]",
    "roles": "text[]",
    "zone": "text",
}
"""The facts a predicate may ask of a viewer, with the types of the columns that hold them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Able:
    """Somebody who may, and the reasons that hold for them."""

    viewer: Viewer
    reasons: tuple[Reason, ...]


async def able(
    tx: Tx, snapshot: Snapshot, viewers: Iterable[Viewer], asked: Question
) -> list[Able]:
    """Give those of some people who may do what is asked with the record, in their order."""
    groups: dict[object, list[Viewer]] = defaultdict(list)
    order: dict[object, int] = {}
    for number, one in enumerate(viewers):
        groups[one.roles, one.personal].append(one)
        order[one.id] = number
    held = [policy(snapshot, members[0]) for members in groups.values()]
    reasons = [one.reasons(asked.object, asked.action, asked.field) for one in held]
    answers = await tx.several(
        [
            _statement(one, asked, why, members)
            for one, why, members in zip(held, reasons, groups.values(), strict=True)
        ]
    )
    found: list[Able] = []
    for members, why, rows in zip(groups.values(), reasons, answers, strict=True):
        by_id = {one.id: one for one in members}
        found += [
            Able(
                viewer=by_id[id_],
                reasons=tuple(
                    one for one, holds in zip(why, holding, strict=True) if holds and one.allows
                ),
            )
            for id_, holding in rows
        ]
    return sorted(found, key=lambda one: order[one.viewer.id])


def _statement(
    held: Policy, asked: Question, reasons: Sequence[Reason], members: Sequence[Viewer]
) -> Sql:
    rows = [{name: one.facts[name] for name in FACTS} for one in members]
    wanted = [one for one in _deciding(held, asked) if one]
    return sql(
        "SELECT w.id, ARRAY[{reasons}]::boolean[] FROM {table} AS t"
        " CROSS JOIN json_to_recordset({facts}) AS w({columns})"
        " WHERE t.id = {record} AND t.deleted_at IS NULL AND {decision}",
        reasons=joined(
            sql("({one}) IS TRUE", one=one.where.asked_of("w")) if one.where else sql("true")
            for one in reasons
        ),
        table=ident(held.snapshot.objects[asked.object].table),
        facts=param(orjson.dumps(rows).decode(), "json"),
        columns=joined(
            sql("{name} {type}", name=ident(name), type=vetted(type_))
            for name, type_ in FACTS.items()
        ),
        record=param(asked.record, "uuid"),
        decision=every(sql("({one}) IS TRUE", one=one.asked_of("w")) for one in wanted)
        or sql("true"),
    )


def _deciding(held: Policy, asked: Question) -> Iterable[Sql]:
    """Give what has to hold: the action, and of a field that is read at least a mask."""
    first, *levels = decisions(held, asked)
    yield first
    if levels:
        yield levels[-1]
