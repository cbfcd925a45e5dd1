"""
How the product is asked what the model is asked: a library filled as a world says, and who looks.

`--hypothesis-profile thorough` asks many more questions.
"""

import json
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from tests.integration.access.model import FIELDS, GIVEN, Grant, Record, Role, World
from tests.integration.access.worlds import ME, NAMES, PARENTS, UNDER, USERS
from tests.library import BOOK, CARD, LOAN, READER, Person, hire, make_tables, role, shelve

from zhike.access import Policy, policy
from zhike.db.conversation import Conversation
from zhike.kernel.faults import Fault
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import Viewer
from zhike.meta import ObjectSpec, RoleSpec, Snapshot, build
from zhike.store import read
from zhike.store.catalog.formulas import settled
from zhike.store.read import Query

MANY = 100
"""What Hypothesis tries unless told otherwise; a profile with more means it."""
VERSIONS = count(100)
OBJECTS = tuple(FIELDS)
KEYS = {obj: (*fields, *GIVEN) for obj, fields in FIELDS.items()}
FORMULAS: Mapping[str, Sequence[tuple[str, str]]] = {
    "book": [("takings", "SUM(loans.fee)")],
    "loan": [("book_price", "book.price")],
}


def _computing(spec: Mapping[str, Any]) -> ObjectSpec:
    more = [
        {"key": key, "kind": "formula", "label": key, "formula": formula, "stored": False}
        for key, formula in FORMULAS.get(spec["key"], ())
    ]
    return ObjectSpec.model_validate({**spec, "fields": [*spec["fields"], *more]})


def computing(*roles: RoleSpec) -> Snapshot:
    """Give the library with fields that are computed from other records."""
    objects = [_computing(one) for one in (BOOK, READER, CARD, LOAN)]
    return settled(build([*objects, *roles], version=1, zone="Asia/Shanghai")).snapshot


LIBRARY = computing()

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking a whole library takes minutes; `thorough` does it."""


@pytest.fixture
async def shelves(tx: Conversation) -> Conversation:
    """A transaction in which the tables of the library stand, and its people work."""
    await make_tables(tx, LIBRARY)
    people = [Person(id=one, name=name, below=frozenset(UNDER)) for one, name in USERS.items()]
    await hire(tx, *people)
    for one, name in NAMES.items():
        await tx.run(
            sql(
                "UPDATE zk_department SET name = {name}, parent = {parent} WHERE id = {one}",
                name=param(name, "text"),
                parent=param(PARENTS.get(one), "uuid"),
                one=param(one, "uuid"),
            )
        )
    return tx


def oracle(examples: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Run a test on random worlds; each one is cleared away by its own savepoint."""
    profile = settings.default
    more = profile is not None and profile.max_examples > MANY
    return settings(
        max_examples=profile.max_examples if more else examples,
        phases=profile.phases if more else QUICK,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@asynccontextmanager
async def opened(tx: Conversation, world: World) -> AsyncIterator[Policy]:
    """Fill the shelves as a world says, and look at them as whoever asks there."""
    over = RuntimeError("the probe is over")
    note(told(world))
    try:
        async with tx.savepoint():
            for obj in OBJECTS:
                await shelve(tx, LIBRARY, obj, *(_row(one) for one in world.records[obj]))
            await _share(tx, world)
            looking = policy(configured(world), viewer(world))
            platform, tx.viewer = tx.viewer, looking.viewer
            try:
                yield looking
            finally:
                tx.viewer = platform
            raise over
    except RuntimeError as met:
        if met is not over:
            raise


def told(world: World) -> str:
    """Give a world as a few lines, for whoever has to find out what went wrong in it."""
    lines = [f"departments {world.departments}", *(f"role {one}" for one in world.held)]
    lines += [f"subordinates {world.subordinates}", f"narrowed {world.narrowed}"]
    lines += [f"share {one}" for one in world.shares]
    lines += [f"{obj} {one}" for obj in OBJECTS for one in world.records[obj]]
    return "\n".join(re.sub(r"UUID\('0+-?([^']*)'\)", r"\1", line) for line in lines)


def _row(one: Record) -> Mapping[str, Any]:
    gone = "2026-03-01T00:00:00Z" if one["deleted"] else None
    values = {key: value for key, value in one.items() if key != "deleted"}
    return {**values, "deleted_at": gone}


async def _share(tx: Conversation, world: World) -> None:
    now = datetime.now(UTC)
    for number, one in enumerate(world.shares):
        until = now - timedelta(days=1) if one.over else (None, now + timedelta(days=1))[number % 2]
        await tx.run(
            sql(
                "INSERT INTO zk_share (object, record, grantee, level, until)"
                " VALUES ({object}, {record}, {grantee}, {level}, {until})",
                object=param(one.object, "text"),
                record=param(one.record, "uuid"),
                grantee=param(one.grantee, "text"),
                level=param(one.level, "text"),
                until=param(until, "timestamptz"),
            )
        )


def configured(world: World) -> Snapshot:
    """Give the library with the roles of a world."""
    roles = {}
    for number, one in enumerate(world.roles):
        grants = {obj: _grant(grant) for obj, grant in one.grants.items()}
        denied = [{"object": each.object, **_denial(each)} for each in one.deny]
        roles[f"role{number}"] = role(f"role{number}", deny=denied, **grants)
    return replace(LIBRARY, roles=roles, version=next(VERSIONS))


def _grant(grant: Grant) -> dict[str, Any]:
    stages = [
        {"when": one.when, "fields": one.fields, "other_fields": one.other_fields}
        for one in grant.stages
    ]
    return {
        "read": list(grant.read),
        "update": list(grant.update),
        "delete": list(grant.delete),
        "export": list(grant.export),
        "transfer": None if grant.transfer is None else list(grant.transfer),
        "fields": grant.fields,
        "other_fields": grant.other_fields,
        "stages": stages,
    }


def _denial(one: Any) -> dict[str, Any]:
    return {"actions": list(one.actions), "fields": list(one.fields), "where": one.where}


def _personal(role: Role | None) -> str:
    if role is None:
        return ""
    bodies = {
        obj: {**_grant(grant), "deny": [_denial(one) for one in role.deny]}
        for obj, grant in role.grants.items()
    }
    return json.dumps(bodies)


def viewer(world: World) -> Viewer:
    """Give whoever asks in a world."""
    return Viewer(
        id=ME,
        name="我",
        roles=frozenset(f"role{number}" for number in range(len(world.roles))),
        departments=tuple(world.departments),
        below=world.below,
        above=world.above,
        subordinates=world.subordinates,
        personal=_personal(world.personal),
        narrowed=world.narrowed,
    )


async def pages(tx: Conversation, looking: Policy, obj: str, query: Query) -> list[dict[str, Any]]:
    """Walk through all pages of a query by their cursors."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = json.loads(await read.page(tx, looking, obj, replace(query, cursor=cursor)))
        found.extend(page["items"])
        cursor = page["next"]
        assert len(page["items"]) == query.limit or cursor is None
        if cursor is None:
            return found


async def refusal(asked: Any) -> str:
    """Give the word of what refuses a question, or nothing if it was answered."""
    try:
        await asked
    except Fault as fault:
        return fault.problems[0].word
    return ""


def readable(looking: Policy, world: World) -> list[str]:
    """
    The objects that may be asked about at all; where the product refuses, nothing is to be seen.
    """
    found = []
    for obj in OBJECTS:
        if looking.may(obj, "read"):
            assert world.grants(obj)
            assert world.left(obj, "read")
            found.append(obj)
        else:
            assert not any(world.sees(obj, one) for one in world.records[obj])
    return found


def ids(records: Sequence[Record]) -> list[str]:
    """What a list of records is told by."""
    return [str(one["id"]) for one in records]
