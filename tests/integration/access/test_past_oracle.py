"""
History and records as they were, compared with the model: the present decides who sees the past.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, note
from hypothesis import strategies as st
from tests.integration.access.model import Record, World, as_json
from tests.integration.access.probing import KEYS, opened, oracle, shelves
from tests.integration.access.worlds import MONEY, OWNERS, WORDED, worlds

from zhike.access import Policy
from zhike.db.conversation import Conversation
from zhike.kernel.sql import param, sql
from zhike.store import read

BORN = datetime(2026, 1, 1, tzinfo=UTC)
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "title": WORDED,
    "genre": st.sampled_from([None, "小说", "历史"]),
    "price": MONEY,
    "pages": st.sampled_from([None, 12, 900]),
    "remark": WORDED,
    "owner": OWNERS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one field of a book was before a day, and what it was from then on."""

    day: int
    key: str
    old: Any
    new: Any


Life = tuple[Record, Sequence[Change]]


@st.composite
def lives(draw: st.DrawFn) -> tuple[World, Sequence[Life]]:
    """Give a world, and for each of its books what it went through, oldest first."""
    world = draw(worlds())
    found = []
    for book in world.records["book"]:
        state, changes = dict(book), []
        for day in reversed(range(1, draw(st.integers(0, 3)) + 1)):
            key = draw(st.sampled_from(list(VALUES)))
            old = draw(VALUES[key])
            changes.append(Change(day=day, key=key, old=old, new=state[key]))
            state[key] = old
        found.append((book, changes[::-1]))
    return world, found


async def relive(tx: Conversation, lives: Sequence[Life]) -> None:
    """Write down what happened to the books."""
    await tx.run(sql("UPDATE book SET created_at = {born}", born=param(BORN, "timestamptz")))
    for book, changes in lives:
        for one in changes:
            await tx.run(
                sql(
                    "INSERT INTO zk_event (at, source, object, record, kind, old, new)"
                    " VALUES ({at}, 'api', 'book', {record}, 'updated', {old}, {new})",
                    at=param(BORN + timedelta(days=one.day), "timestamptz"),
                    record=param(book["id"], "uuid"),
                    old=param(json.dumps({one.key: as_json(one.key, one.old)}), "jsonb"),
                    new=param(json.dumps({one.key: as_json(one.key, one.new)}), "jsonb"),
                )
            )


@oracle(50)
@given(lives=lives())
async def test_the_past_shows_what_the_model_says(
    shelves: Conversation, lives: tuple[World, Sequence[Life]]
) -> None:
    world, books = lives
    note(str([changes for _, changes in books]))
    async with opened(shelves, world) as looking:
        await relive(shelves, books)
        if not looking.may("book", "read"):
            return
        for book, changes in books:
            if not world.sees("book", book):
                assert await as_of(shelves, looking, book["id"], day=0) is None
                continue
            await _compare_then(shelves, looking, world, (book, changes))
            found = json.loads(await read.history(shelves, looking, "book", book["id"]))
            assert [one["changes"] for one in found["items"]] == history(world, book, changes)


async def as_of(
    tx: Conversation, looking: Policy, book: UUID, *, day: int
) -> Mapping[str, Any] | None:
    """Give a book as it was at noon of a day."""
    moment = BORN + timedelta(days=day, hours=12)
    found = await read.then(tx, looking, "book", book, moment=moment)
    return json.loads(found.json) if found else None


async def _compare_then(tx: Conversation, looking: Policy, world: World, life: Life) -> None:
    book, changes = life
    state = dict(book)
    for one in reversed(changes):
        state[one.key] = one.old
    for day in range(len(changes) + 1):
        state.update({one.key: one.new for one in changes if one.day == day})
        shown = await as_of(tx, looking, book["id"], day=day)
        assert shown is not None
        assert {key: shown[key] for key in KEYS["book"] if key in shown} == {
            key: world.shown_value("book", key, book, world.value("book", key, state))
            for key in KEYS["book"]
            if world.best("book", key) != "hidden"
        }


def history(world: World, book: Record, changes: Sequence[Change]) -> list[list[dict[str, Any]]]:
    """Give what somebody may know of a book's changes, newest first."""
    return [
        [
            {
                "field": one.key,
                "old": world.shown_value("book", one.key, book, one.old),
                "new": world.shown_value("book", one.key, book, one.new),
            }
        ]
        for one in reversed(changes)
        if world.level("book", one.key, book) != "hidden"
    ]


__all__ = ["shelves"]
