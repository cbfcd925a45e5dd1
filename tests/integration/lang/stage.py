"""
The lending library on PostgreSQL: one book with everything, one with nothing, and who reads them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.library import Person, hire, make_tables, shelve
from tests.unit.lang.shelves import SHELVES

from zhike.kernel.sql import Sql, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.lang import FULL_SIGHT, checked, compiled, told

HOUSE = UUID("0198c1c0-0000-7000-8000-00000000000a")
ROOM = UUID("0198c1c0-0000-7000-8000-00000000000b")
WANG = Person(
    id=UUID("0198c1c0-0000-7000-8000-000000000001"),
    name="王芳",
    departments=(HOUSE,),
    below=frozenset({HOUSE, ROOM}),
    roles=frozenset({"librarian"}),
)
LI = Person(id=UUID("0198c1c0-0000-7000-8000-000000000002"), name="李明", departments=(ROOM,))

FULL: dict[str, Any] = {
    "title": "三体 50%",
    "subtitle": "黑暗森林",
    "phone": "+86-13812345678",
    "genre": "novel",
    "themes": ["novel", "history"],
    "tags": ["新", "热门"],
    "price": "20.00",
    "pages": 300,
    "weight": "0.500",
    "discount": "0.25",
    "stars": 4,
    "published": "2026-01-31",
    "bought": "2026-02-28",
    "seen_at": "2026-01-31T23:30:00+08:00",
    "rare": True,
    "printed_in": "330106",
    "keepers": [WANG.id, LI.id],
    "owner": WANG.id,
    "department": ROOM,
    "created_at": "2026-01-01T00:00:00+08:00",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What stands on it: the ids of the records by name."""

    full: UUID
    bare: UUID
    third: UUID
    loans: Sequence[UUID]


async def set_up(tx: Tx) -> Stage:
    """Make the tables and fill them."""
    await make_tables(tx, SHELVES)
    await hire(tx, WANG, LI)
    full, bare, third = await shelve(
        tx,
        SHELVES,
        "book",
        FULL,
        {"created_at": "2026-01-02T00:00:00+08:00"},
        {
            "title": "史记",
            "genre": "history",
            "pages": 0,
            "price": "0",
            "rare": False,
            "tags": ["旧"],
            "printed_in": "110101",
            "owner": LI.id,
            "published": "2025-06-01",
            "created_at": "2026-01-03T00:00:00+08:00",
        },
    )
    await tx.run(
        sql(
            "INSERT INTO zk_share (object, record, grantee, level, team)"
            " VALUES ('book', {full}, {wang}, 'read', true)",
            full=_uuid(full),
            wang=param(f"user:{WANG.id}", "text"),
        )
    )
    old, young = await shelve(tx, SHELVES, "reader", {"name": "老张"}, {"name": "小张"})
    await tx.run(sql('UPDATE "reader" SET "sponsor" = {old} WHERE name = \'小张\'', old=_uuid(old)))
    await tx.run(
        sql(
            'INSERT INTO "reader__favourites" VALUES ({old}, {full}), ({young}, {full})',
            old=_uuid(old),
            young=_uuid(young),
            full=_uuid(full),
        )
    )
    loans = await shelve(
        tx,
        SHELVES,
        "loan",
        {
            "book": full,
            "reader": old,
            "due": "2026-01-10",
            "fee": "1.50",
            "state": "returned",
            "created_at": "2026-01-01T00:00:00+08:00",
        },
        {
            "book": full,
            "reader": young,
            "due": "2026-03-01",
            "fee": "5.00",
            "created_at": "2026-01-05T00:00:00+08:00",
        },
        {
            "book": full,
            "reader": young,
            "due": "2026-02-01",
            "state": "open",
            "created_at": "2026-01-09T00:00:00+08:00",
        },
        {
            "book": full,
            "reader": young,
            "due": "2027-02-01",
            "state": "lost",
            "fee": "99",
            "deleted_at": "2026-01-09T00:00:00+08:00",
            "created_at": "2026-01-10T00:00:00+08:00",
        },
        {"book": third, "note": "nobody's"},
    )
    return Stage(full=full, bare=bare, third=third, loans=loans)


async def titles(tx: Tx, text: str, obj: str = "book") -> list[str]:
    """Give the titles of the records for which a condition holds, the nameless as `-`."""
    known = checked(text, SHELVES, obj, wants="boolean")
    held = compiled(known, alias="r", sight=FULL_SIGHT)
    title = ident("r", SHELVES.objects[obj].title)
    found = await tx.rows(
        sql(
            "SELECT coalesce({title}, '-') FROM {table} r"
            " WHERE deleted_at IS NULL AND {held} ORDER BY 1",
            title=title,
            table=ident(obj),
            held=held,
        )
    )
    return [row[0] for row in found]


async def worth(tx: Tx, text: str, record: UUID, obj: str = "book") -> str | None:
    """Give the value of an expression on one record, as text without needless zeros."""
    known = checked(text, SHELVES, obj)
    value = told(known, alias="r", sight=FULL_SIGHT)
    if known.native == "numeric":
        value = sql("trim_scale({value})", value=value)
    found = await tx.value(
        sql(
            "SELECT ({value})::text FROM {table} r WHERE id = {id}",
            value=value,
            table=ident(obj),
            id=_uuid(record),
        )
    )
    return None if found is None else str(found)


def _uuid(value: UUID) -> Sql:
    return param(value, "uuid")
