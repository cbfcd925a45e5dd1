"""A small library with somebody looking at it, for the stories about who sees what."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.library import ALL, Person, hire, library, make_tables, role, shelve

from zhike.access import Policy, policy
from zhike.db.conversation import Conversation
from zhike.meta import RoleSpec, Snapshot
from zhike.store import read
from zhike.store.read import Query

NORTH, SOUTH = UUID(int=0xD1), UUID(int=0xD2)
ANNA = Person(id=UUID(int=0xA1), name="安娜", departments=(NORTH,), below=frozenset({NORTH}))
BORIS = Person(id=UUID(int=0xB1), name="鲍里斯", departments=(SOUTH,), below=frozenset({SOUTH}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The library as one person sees it."""

    tx: Conversation
    policy: Policy

    async def page(self, obj: str, **asked: Any) -> dict[str, Any]:
        """Give a page, read from its JSON."""
        found: dict[str, Any] = json.loads(
            await read.page(self.tx, self.policy, obj, Query(**asked))
        )
        return found

    async def items(self, obj: str, **asked: Any) -> list[dict[str, Any]]:
        """Give the items of a page."""
        found: list[dict[str, Any]] = (await self.page(obj, **asked))["items"]
        return found

    async def titles(self, **asked: Any) -> list[str]:
        """Give the titles of the books that answer a question."""
        return [one["title"] for one in await self.items("book", **asked)]


@asynccontextmanager
async def seen_by(
    tx: Conversation, person: Person, *roles: RoleSpec, snapshot: Snapshot | None = None
) -> AsyncIterator[Stage]:
    """Look at the library as somebody with some roles."""
    known = snapshot or library(*roles)
    viewer = Person(
        id=person.id,
        name=person.name,
        departments=person.departments,
        below=person.below,
        roles=frozenset(one.key for one in roles),
    ).viewer()
    before, tx.viewer = tx.viewer, viewer
    try:
        yield Stage(tx=tx, policy=policy(known, viewer))
    finally:
        tx.viewer = before


async def furnish(tx: Conversation) -> Mapping[str, UUID]:
    """Set up tables, people and a few records: books of two owners, a reader, loans of both."""
    known = library()
    await make_tables(tx, known)
    await hire(tx, ANNA, BORIS)
    mine, theirs = await shelve(
        tx,
        known,
        "book",
        {
            "title": "Alpha", "isbn": "111", "genre": "小说", "price": "10.00", "pages": 100,
            "remark": "first", "owner": ANNA.id, "department": NORTH,
        },
        {
            "title": "Beta", "isbn": "222", "genre": "历史", "price": "20.00", "pages": 200,
            "remark": "second", "owner": BORIS.id, "department": SOUTH,
        },
    )  # fmt: skip
    (reader,) = await shelve(
        tx, known, "reader", {"name": "Rita", "phone": "555", "favourites": [mine, theirs]}
    )
    loans = await shelve(
        tx,
        known,
        "loan",
        {"book": mine, "reader": reader, "fee": "1.00", "owner": ANNA.id, "note": "one"},
        {"book": mine, "reader": reader, "fee": "2.00", "owner": BORIS.id, "note": "two"},
        {"book": theirs, "reader": reader, "fee": "4.00", "owner": ANNA.id, "note": "three"},
    )
    return {"mine": mine, "theirs": theirs, "reader": reader, "loan": loans[2]}


__all__ = ["ALL", "ANNA", "BORIS", "NORTH", "SOUTH", "Stage", "furnish", "role", "seen_by"]
