"""
The people of a workspace: listed and found. What changes of them must obey stands in `changing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Row, Tx
from zhike.meta.reading.pinyin import named
from zhike.store.accounts.people.queries import QUERIES

Given = Mapping[str, Any]

COLUMNS = (
    "id",
    "name",
    "number",
    "label",
    "department",
    "active",
    "present",
    "login",
    "mobile",
    "email",
    "manager",
    "language",
    "zone",
    "joined_on",
    "left_on",
    "must_change",
    "created_at",
    "updated_at",
    "version",
    "absence",
    "roles",
    "departments",
)
PUBLIC = COLUMNS[:7]
"""What everybody may know of everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which people are asked for."""

    id: UUID | None = None
    active: bool | None = None
    department: UUID | None = None
    below: bool = False
    """Whether who sits in a department below that one is meant too."""
    manager: UUID | None = None
    role: str | None = None
    absent: bool | None = None
    search: str | None = None
    after: tuple[str, UUID] | None = None
    limit: int = 100


async def users(tx: Tx, wanted: Wanted, *, full: bool) -> list[dict[str, Any]]:
    """Give a page of people; without `full`, only what everybody may know."""
    name, after = wanted.after or (None, None)
    found = await tx.rows(
        QUERIES["users"](
            id=wanted.id,
            active=wanted.active,
            department=wanted.department,
            below=wanted.below,
            manager=wanted.manager,
            role=wanted.role,
            absent=wanted.absent,
            search=wanted.search,
            full=full,
            name=name,
            after=after,
            limit=wanted.limit,
        )
    )
    return [person(row) if full else dict(zip(PUBLIC, row, strict=False)) for row in found]


async def user(tx: Tx, id: UUID, *, full: bool) -> dict[str, Any]:  # noqa: A002
    """Give one person, who must exist."""
    found = await users(tx, Wanted(id=id, limit=1), full=full)
    if not found:
        raise NotFound
    return found[0]


def person(row: Row) -> dict[str, Any]:
    """Give all that is known of a person."""
    known = dict(zip(COLUMNS, row, strict=True))
    absence = orjson.loads(known["absence"]) if known["absence"] else None
    return {**known, "absence": absence, "departments": orjson.loads(known["departments"])}


async def has_people(tx: Tx) -> bool:
    """Tell whether the workspace has anybody at all."""
    return bool(await tx.value(QUERIES["has_people"]()))


async def login_id(tx: Tx, login: str) -> UUID | None:
    """Give a person by login, disabled ones too."""
    found: UUID | None = await tx.value(QUERIES["login_id"](login=login))
    return found


def spoken(name: str) -> str:
    """Give how a name is read, whole and by first letters: 李明朗 is `liminglang lml`."""
    said = [one or letter for one, letter in zip(named(name), name.lower(), strict=False)]
    return f"{''.join(said)} {''.join(one[0] for one in said)}"
