"""
What may be done, why, and what goes out, compared with the model on random libraries.

The predicates of the actions are asked of every record at once, thrown away or not.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.integration.access.model import FIELDS, LEVELS, Record, World
from tests.integration.access.probing import (
    KEYS,
    OBJECTS,
    configured,
    ids,
    opened,
    oracle,
    readable,
    refusal,
    shelves,
    viewer,
)
from tests.integration.access.worlds import UNDER, USERS, worlds

from zhike.access import Action, Policy, Reason, policy
from zhike.db.conversation import Conversation
from zhike.kernel.sql import Sql, ident, joined, param, sql, vetted
from zhike.store import read
from zhike.store.read import Query

ACTIONS: Sequence[Action] = ("read", "update", "delete", "export", "transfer")


async def asked(
    tx: Conversation, obj: str, conditions: Iterable[Sql]
) -> Mapping[str, Sequence[bool]]:
    """Ask of every record of an object whether some conditions hold, by its id."""
    rows = await tx.rows(
        sql(
            "SELECT t.id, ARRAY[{held}]::boolean[] FROM {table} AS t",
            held=joined(sql("({one}) IS TRUE", one=one or sql("true")) for one in conditions),
            table=ident(obj),
        )
    )
    return {str(row[0]): row[1] for row in rows}


@oracle(25)
@given(world=worlds(), data=st.data())
async def test_an_action_is_allowed_where_the_model_says(
    shelves: Conversation, world: World, data: st.DataObject
) -> None:
    fields = {obj: data.draw(st.sampled_from(FIELDS[obj])) for obj in OBJECTS}
    async with opened(shelves, world) as looking:
        for obj in OBJECTS:
            field = fields[obj]
            asks = [looking.rows(obj, "t", one) for one in ACTIONS]
            asks += [looking.rows(obj, "t", "update", (one,)) for one in (field, "owner")]
            found = await asked(shelves, obj, asks)
            for one in world.records[obj]:
                told = [world.may(obj, action, one) for action in ACTIONS]
                changes = world.may(obj, "update", one, field) and not _computed(
                    looking, obj, field
                )
                told += [changes, world.may(obj, "transfer", one, "owner")]
                assert found[str(one["id"])] == told
                assert all(
                    looking.may(obj, act) for act, held in zip(ACTIONS, told, strict=False) if held
                )


def _computed(looking: Policy, obj: str, field: str) -> bool:
    return not looking.snapshot.objects[obj].fields[field].kind.writable


@oracle(25)
@given(world=worlds())
async def test_an_export_holds_what_the_model_says(shelves: Conversation, world: World) -> None:
    async with opened(shelves, world) as looking:
        for obj in readable(looking, world):
            query = Query(order=("id",))
            told = [one for one in world.records[obj] if _leaves(world, obj, one)]
            if not looking.may(obj, "export"):
                assert told == []
                assert (
                    await refusal(_exported(shelves, looking, obj, query)) == "action_not_allowed"
                )
                continue

            found = await _exported(shelves, looking, obj, query)

            assert [one["id"] for one in found] == ids(told)
            shown = [world.shown(obj, one, KEYS[obj]) for one in told]
            assert [{key: one[key] for key in KEYS[obj] if key in one} for one in found] == shown


def _leaves(world: World, obj: str, one: Record) -> bool:
    return world.sees(obj, one) and world.may(obj, "export", one)


async def _exported(
    tx: Conversation, looking: Policy, obj: str, query: Query
) -> list[dict[str, Any]]:
    keys = [one.key for one in read.columns(looking, obj, query)]
    found: list[dict[str, Any]] = []
    async for rows in read.stream(tx, looking, obj, query):
        found.extend(dict(zip(keys, row, strict=True)) for row in rows)
    return found


@oracle(25)
@given(world=worlds(), text=st.sampled_from(["", "id is not empty", "owner is empty"]))
async def test_what_is_counted_part_by_part_is_what_the_model_says(
    shelves: Conversation, world: World, text: str
) -> None:
    async with opened(shelves, world) as looking:
        for obj in readable(looking, world):
            if text == "owner is empty" and world.best(obj, "owner") in ("hidden", "masked"):
                continue
            parts = looking.rights.parted(obj, "t")
            found = await asked(shelves, obj, parts)
            for one in world.records[obj]:
                if parts and not one["deleted"]:
                    assert sum(found[str(one["id"])]) == world.sees(obj, one)
            await _believed_large(shelves, obj)

            page = await read.page(shelves, looking, obj, Query(where=text, count="capped"))

            seen = [one for one in world.records[obj] if world.sees(obj, one)]
            if text == "owner is empty":
                seen = [one for one in seen if world.plain(obj, "owner", one) is None]
            assert json.loads(page)["count"] == {"value": len(seen), "exact": True}


async def _believed_large(tx: Conversation, obj: str) -> None:
    """Let the planner believe that there are very many records in the one page of a table."""
    await tx.run(
        sql(
            "UPDATE pg_class SET reltuples = 1e10, relpages = 1 WHERE oid = {table}::regclass",
            table=param(obj, "text"),
        )
    )


@oracle(25)
@given(world=worlds(), data=st.data())
async def test_the_reasons_come_to_the_decision(
    shelves: Conversation, world: World, data: st.DataObject
) -> None:
    action: Action = data.draw(st.sampled_from(ACTIONS))
    fields = {obj: data.draw(st.sampled_from(KEYS[obj])) for obj in OBJECTS}
    async with opened(shelves, world) as looking:
        for obj in OBJECTS:
            reasons = looking.reasons(obj, action)
            found = await asked(shelves, obj, [one.where for one in reasons])
            for one in world.records[obj]:
                holding = _holding(reasons, found[str(one["id"])])
                assert _allowed(holding, action) == world.may(obj, action, one)
            await _compare_levels(shelves, looking, world, about=(obj, fields[obj]))


async def _compare_levels(
    tx: Conversation, looking: Policy, world: World, *, about: tuple[str, str]
) -> None:
    obj, field = about
    reasons = looking.reasons(obj, "read", field)
    found = await asked(tx, obj, [one.where for one in reasons])
    for one in world.records[obj]:
        holding = _holding(reasons, found[str(one["id"])])
        levels = [each.level for each in holding if each.allows and each.level]
        best = max(levels, key=LEVELS.index, default="hidden")
        denied = any(each.kind in ("denial", "source") for each in holding)
        if world.there_to(obj, one) or not world.left(obj, "read"):
            assert ("hidden" if denied else best) == world.level(obj, field, one)


def _holding(reasons: Sequence[Reason], held: Sequence[bool]) -> list[Reason]:
    return [one for one, holds in zip(reasons, held, strict=True) if holds]


def _allowed(holding: Sequence[Reason], action: Action) -> bool:
    for_it = any(one.allows and one.action == action for one in holding)
    to_read = any(one.allows and one.action == "read" for one in holding)
    return for_it and to_read and all(one.allows for one in holding)


@oracle(25)
@given(world=worlds(), data=st.data())
async def test_one_statement_judges_many_viewers(
    shelves: Conversation, world: World, data: st.DataObject
) -> None:
    action: Action = data.draw(st.sampled_from(ACTIONS))
    known, me = configured(world), viewer(world)
    people = [
        me,
        *(
            replace(me, id=one, departments=(place,), below=UNDER[place], above=frozenset({place}))
            for one, place in zip(list(USERS)[1:], UNDER, strict=False)
        ),
    ]
    async with opened(shelves, world):
        for obj in OBJECTS:
            where = policy(known, me).rows(obj, "t", action) or sql("true")
            rows = await shelves.rows(
                sql(
                    "SELECT v.id, t.id FROM {table} AS t, (VALUES {facts}) AS v"
                    " (id, department, departments, below, subordinates, grantees, roles)"
                    " WHERE {where}",
                    table=ident(obj),
                    facts=joined(_facts(one.facts) for one in people),
                    where=where.asked_of("v"),
                )
            )
            for one in people:
                alone = await _alone(shelves, policy(known, one), obj, action)
                assert {found for who, found in rows if who == one.id} == alone


async def _alone(tx: Conversation, looking: Policy, obj: str, action: Action) -> set[Any]:
    before, tx.viewer = tx.viewer, looking.viewer
    where = looking.rows(obj, "t", action) or sql("true")
    rows = await tx.rows(
        sql("SELECT t.id FROM {table} AS t WHERE {where}", table=ident(obj), where=where)
    )
    tx.viewer = before
    return {row[0] for row in rows}


TYPES = {
    "id": "uuid",
    "department": "uuid",
    "departments": "uuid[]",
    "below": "uuid[]",
    "subordinates": "uuid[]",
    "grantees": "text[]",
    "roles": "text[]",
}


def _facts(facts: Mapping[str, Any]) -> Sql:
    values = joined(
        sql("{one}::{type}", one=param(facts[key], type_), type=vetted(type_))
        for key, type_ in TYPES.items()
    )
    return sql("({values})", values=values)


__all__ = ["shelves"]
