"""
A lending library: the toy domain of the engine's tests.

Its documents, its snapshot, its tables and its people. The tables are made here in the plainest
way, so that a test of reading does not depend on the planner of configurations.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from zhike.kernel.sql import Sql, ident, joined, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Viewer
from zhike.meta import Document, Json, Object, ObjectSpec, RoleSpec, Snapshot, build
from zhike.store.catalog.formulas import settled
from zhike.store.search import searching
from zhike.store.titles import titling

GENRES = ["小说", "历史", "科学", "儿童"]

BOOK: Mapping[str, Any] = {
    "key": "book",
    "label": {"zh": "图书", "en": "Book"},
    "title": "title",
    "fields": [
        {"key": "title", "kind": "text", "label": "书名", "required": True, "search": True},
        {"key": "isbn", "kind": "text", "label": "书号", "unique": True, "search": True},
        {"key": "genre", "kind": "option", "label": "类别", "options": GENRES},
        {"key": "price", "kind": "money", "label": "定价"},
        {"key": "pages", "kind": "number", "label": "页数", "index": True},
        {"key": "published", "kind": "date", "label": "出版日期"},
        {"key": "rare", "kind": "boolean", "label": "珍本"},
        {"key": "tags", "kind": "tags", "label": "标签"},
        {"key": "remark", "kind": "text", "label": "备注", "search": True},
        {
            "key": "worth",
            "kind": "formula",
            "label": "估价",
            "formula": "price * 2",
            "stored": False,
        },
    ],
}

READER: Mapping[str, Any] = {
    "key": "reader",
    "label": {"zh": "读者", "en": "Reader"},
    "fields": [
        {"key": "name", "kind": "text", "label": "姓名", "required": True, "search": True},
        {"key": "phone", "kind": "text", "label": "电话", "search": True},
        {"key": "grade", "kind": "option", "label": "等级", "options": ["普通", "银卡", "金卡"]},
        {"key": "joined", "kind": "date", "label": "入会日期"},
        {"key": "balance", "kind": "money", "label": "余额"},
        {
            "key": "favourites",
            "kind": "lookups",
            "label": "收藏",
            "object": "book",
            "relation": "fans",
        },
        {
            "key": "cards",
            "kind": "children",
            "label": "借书证",
            "object": "card",
            "field": "reader",
        },
    ],
}

CARD: Mapping[str, Any] = {
    "key": "card",
    "label": {"zh": "借书证", "en": "Card"},
    "title": "number",
    "fields": [
        {"key": "reader", "kind": "lookup", "label": "读者", "object": "reader"},
        {"key": "number", "kind": "text", "label": "证号"},
        {"key": "valid_until", "kind": "date", "label": "有效期至"},
    ],
}

LOAN: Mapping[str, Any] = {
    "key": "loan",
    "label": {"zh": "借阅", "en": "Loan"},
    "title": "note",
    "fields": [
        {"key": "book", "kind": "lookup", "label": "图书", "object": "book"},
        {"key": "reader", "kind": "lookup", "label": "读者", "object": "reader"},
        {"key": "due", "kind": "date", "label": "应还日期"},
        {"key": "fee", "kind": "money", "label": "费用"},
        {"key": "note", "kind": "text", "label": "说明", "search": True},
    ],
}

OBJECTS: tuple[ObjectSpec, ...] = tuple(
    ObjectSpec.model_validate(one) for one in (BOOK, READER, CARD, LOAN)
)


def role(key: str, **objects: Any) -> RoleSpec:
    """
    Give a role by what it grants on each object; `others` is for all the rest, `deny` what nobody
    grants.
    """
    others, denied = objects.pop("others", None), objects.pop("deny", ())
    return RoleSpec.model_validate(
        {
            "key": key,
            "label": key,
            "objects": objects,
            "other_objects": others,
            "deny": tuple(denied),
        }
    )


ALL: Mapping[str, Any] = {
    "read": "all",
    "create": True,
    "update": "all",
    "delete": "all",
    "export": "all",
    "import": True,
}


def library(*more: Document, version: int = 1) -> Snapshot:
    """Give the snapshot of the library, with roles or whatever else a test brings along."""
    bare = build([*OBJECTS, *more], version=version, zone="Asia/Shanghai")
    return settled(bare).snapshot


async def make_tables(tx: Tx, snapshot: Snapshot) -> None:
    """Make a table for each object, and one for each many-to-many lookup."""
    for obj in snapshot.objects.values():
        if not obj.system:
            await tx.run(_table(obj))
            for link in (one for one in obj.fields.values() if one.kind.name == "lookups"):
                await tx.run(_link(obj.table, link.key))


def _table(obj: Object) -> Sql:
    return sql(
        "CREATE TABLE {table} (id uuid PRIMARY KEY DEFAULT uuidv7(),"
        " created_at timestamptz NOT NULL DEFAULT now(), created_by uuid,"
        " updated_at timestamptz NOT NULL DEFAULT now(), updated_by uuid,"
        " owner uuid, department uuid, version bigint NOT NULL DEFAULT 1, deleted_at timestamptz,"
        " zk_search tsvector, zk_match text[],"
        " zk_title text COLLATE \"C\" NOT NULL DEFAULT ''{columns})",
        table=ident(obj.table),
        columns=joined(
            (
                sql(", {key} {type}", key=ident(one.key), type=vetted(one.column))
                for one in obj.own
                if one.column is not None
            ),
            by="",
        ),
    )


def _link(table: str, key: str) -> Sql:
    return sql(
        "CREATE TABLE {link} (record uuid NOT NULL, target uuid NOT NULL,"
        " PRIMARY KEY (record, target))",
        link=ident(f"{table}__{key}"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works in the library."""

    id: UUID
    name: str
    departments: tuple[UUID, ...] = ()
    below: frozenset[UUID] = frozenset()
    roles: frozenset[str] = frozenset()
    facts: Mapping[str, Json] = field(default_factory=dict)

    def viewer(self) -> Viewer:
        """Give the person as who asks."""
        return Viewer(
            id=self.id,
            name=self.name,
            roles=self.roles,
            departments=self.departments,
            below=self.below,
        )


async def hire(tx: Tx, *people: Person) -> None:
    """Write down people, and the departments they sit in."""
    departments = {one for person in people for one in (*person.departments, *person.below)}
    for one in sorted(departments):
        await tx.run(
            sql(
                "INSERT INTO zk_department (id, name) VALUES ({id}, {name}) ON CONFLICT DO NOTHING",
                id=param(one, "uuid"),
                name=param(f"部门{str(one)[-2:]}", "text"),
            )
        )
    for person in people:
        await tx.run(
            sql(
                "INSERT INTO zk_user (id, login, name, department)"
                " VALUES ({id}, {login}, {name}, {department})",
                id=param(person.id, "uuid"),
                login=param(str(person.id), "text"),
                name=param(person.name, "text"),
                department=param(person.departments[0] if person.departments else None, "uuid"),
            )
        )


async def shelve(
    tx: Tx, snapshot: Snapshot, obj: str, *records: Mapping[str, Json]
) -> Sequence[UUID]:
    """Write records as they are, past every rule; lookups of many are written beside them."""
    return [await _shelve(tx, snapshot, snapshot.objects[obj], record) for record in records]


async def _shelve(tx: Tx, snapshot: Snapshot, obj: Object, record: Mapping[str, Json]) -> UUID:
    stored = {key: value for key, value in record.items() if obj.fields[key].column is not None}
    tokens = searching(snapshot, obj).tokens(stored)
    known = titling(obj)
    columns = [(key, obj.fields[key].column or "", value) for key, value in stored.items()]
    identity: UUID = await tx.value(
        sql(
            "INSERT INTO {table} (zk_search, zk_title{names})"
            " VALUES ({tokens}, {place}{values}) RETURNING id",
            table=ident(obj.table),
            names=_each(ident(key) for key, _, _ in columns),
            tokens=param(tokens, "tsvector"),
            place=param(known.place(stored) if known else "", "text"),
            values=_each(param(value, type_) for _, type_, value in columns),
        )
    )
    for key, targets in record.items():
        if obj.fields[key].kind.name == "lookups":
            await _linked(tx, ident(f"{obj.table}__{key}"), record=identity, targets=targets)
    return identity


def _each(pieces: Iterable[Sql]) -> Sql:
    return joined((sql(", {one}", one=one) for one in pieces), by="")


async def _linked(tx: Tx, link: Sql, *, record: UUID, targets: Sequence[UUID]) -> None:
    await tx.run(
        sql(
            "INSERT INTO {link} SELECT {record}, unnest({targets})",
            link=link,
            record=param(record, "uuid"),
            targets=param(list(targets), "uuid[]"),
        )
    )
