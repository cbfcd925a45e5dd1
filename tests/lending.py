"""
The library at work: its records taken in by the people at the desk, into tables that the planner of
configurations made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.library import ALL, Person, hire, role

from zhike.access import policy
from zhike.db.conversation import Conversation
from zhike.hub.intake import INTAKE, Step, take_in
from zhike.kernel.sql import Sql, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Document, Json, MatchSpec, ObjectSpec, Snapshot, build
from zhike.store.batch import Action, Batch, Entry
from zhike.store.catalog import settled
from zhike.store.ddl import Kept, Refresh, perform, steps

BRANCH: Mapping[str, Any] = {
    "key": "branch",
    "label": {"zh": "分馆", "en": "Branch"},
    "fields": [
        {"key": "name", "kind": "text", "label": "馆名", "required": True, "unique": True},
        {"key": "fees", "kind": "rollup", "label": "收费", "formula": "SUM(readers.fees)"},
        {"key": "busy", "kind": "rollup", "label": "借出", "formula": "SUM(readers.loans_out)"},
    ],
}

READER: Mapping[str, Any] = {
    "key": "reader",
    "label": {"zh": "读者", "en": "Reader"},
    "fields": [
        {"key": "number", "kind": "text", "label": "编号", "unique": True, "search": True},
        {"key": "name", "kind": "company_name", "label": "姓名", "required": True, "search": True},
        {"key": "phone", "kind": "phone", "label": "电话", "search": True},
        {"key": "email", "kind": "email", "label": "邮箱"},
        {"key": "code", "kind": "text", "label": "证件号"},
        {
            "key": "grade",
            "kind": "option",
            "label": "等级",
            "options": ["普通", "银卡", "金卡"],
            "default": "普通",
        },
        {"key": "deposit", "kind": "money", "label": "押金"},
        {"key": "secret", "kind": "text", "label": "内部备注", "search": True},
        {"key": "branch", "kind": "lookup", "label": "分馆", "object": "branch"},
        {"key": "favourites", "kind": "lookups", "label": "收藏", "object": "book"},
        {
            "key": "cards",
            "kind": "children",
            "label": "借书证",
            "object": "card",
            "field": "reader",
        },
        {"key": "loan_count", "kind": "rollup", "label": "借阅次数", "formula": "COUNT(loans)"},
        {
            "key": "loans_out",
            "kind": "rollup",
            "label": "在借",
            "formula": "COUNT(loans, returned = false)",
        },
        {"key": "fees", "kind": "rollup", "label": "费用", "formula": "SUM(loans.fee)"},
        {
            "key": "last_loan",
            "kind": "rollup",
            "label": "最近借阅",
            "formula": "MAX(loans.lent_at)",
        },
        {"key": "card_count", "kind": "rollup", "label": "证数", "formula": "COUNT(cards)"},
    ],
}

CARD: Mapping[str, Any] = {
    "key": "card",
    "label": {"zh": "借书证", "en": "Card"},
    "title": "number",
    "fields": [
        {"key": "reader", "kind": "lookup", "label": "读者", "object": "reader", "required": True},
        {"key": "number", "kind": "text", "label": "证号", "required": True, "unique": True},
        {"key": "valid_until", "kind": "date", "label": "有效期至"},
    ],
}

BOOK: Mapping[str, Any] = {
    "key": "book",
    "label": {"zh": "图书", "en": "Book"},
    "title": "title",
    "fields": [
        {"key": "title", "kind": "text", "label": "书名", "required": True, "search": True},
        {"key": "isbn", "kind": "text", "label": "书号", "unique": True},
        {"key": "shelf", "kind": "text", "label": "架位"},
        {"key": "fan_count", "kind": "rollup", "label": "收藏数", "formula": "COUNT(readers)"},
    ],
    "unique": [["title", "shelf"]],
}

LOAN: Mapping[str, Any] = {
    "key": "loan",
    "label": {"zh": "借阅", "en": "Loan"},
    "title": "number",
    "fields": [
        {
            "key": "number",
            "kind": "auto_number",
            "label": "单号",
            "prefix": "JY-",
            "date": "yyyyMMdd",
            "digits": 4,
            "reset": "day",
            "unique": True,
        },
        {"key": "reader", "kind": "lookup", "label": "读者", "object": "reader"},
        {"key": "book", "kind": "lookup", "label": "图书", "object": "book"},
        {"key": "lent_at", "kind": "datetime", "label": "借出时间", "default": "NOW()"},
        {"key": "returned", "kind": "boolean", "label": "已还", "default": False},
        {"key": "fee", "kind": "money", "label": "费用"},
    ],
}

SAME_READER: Mapping[str, Any] = {
    "key": "reader",
    "object": "reader",
    "keys": [
        {"fields": ["phone"]},
        {"fields": ["email"]},
        {"fields": ["name"], "using": "company_core"},
    ],
    "unless_differs": ["code"],
}

OBJECTS = tuple(ObjectSpec.model_validate(one) for one in (BRANCH, BOOK, READER, CARD, LOAN))
LIBRARIAN = role("librarian", others=ALL)
ANNA = Person(
    id=UUID(int=0xA),
    name="安娜",
    departments=(UUID(int=0xD1),),
    below=frozenset({UUID(int=0xD1)}),
    roles=frozenset({"librarian"}),
)
BEN = Person(
    id=UUID(int=0xB),
    name="小本",
    departments=(UUID(int=0xD2),),
    below=frozenset({UUID(int=0xD2)}),
    roles=frozenset({"librarian"}),
)


def lending(*more: Document, match: Mapping[str, Any] | None = SAME_READER) -> Snapshot:
    """Give the snapshot of the library, with roles or whatever else a test brings along."""
    same = (MatchSpec.model_validate(match),) if match else ()
    built = build([*OBJECTS, LIBRARIAN, *same, *more], version=1, zone="Asia/Shanghai")
    return settled(built).snapshot


async def furnish(tx: Tx, snapshot: Snapshot, *people: Person) -> None:
    """Make the tables as an installation would, and hire people."""
    before = settled(build([], version=0, zone="Asia/Shanghai"))
    await perform(tx, steps(before, settled(snapshot), Kept()), refresh=_nothing)
    await hire(tx, *(people or (ANNA, BEN)))


async def _nothing(tx: Tx, deed: Refresh) -> None:
    """Leave the empty tables as they are."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Desk:
    """Somebody at the desk, taking records in."""

    tx: Conversation
    snapshot: Snapshot
    person: Person = ANNA

    def batch(self, object_: str, action: Action, *entries: Entry, **more: Any) -> Batch:
        """Give a batch of this person's."""
        return Batch(
            policy=policy(self.snapshot, self.person.viewer()),
            object=self.snapshot.objects[object_],
            action=action,
            entries=entries,
            **more,
        )

    async def take(self, batch: Batch, *, steps: Sequence[Step] = INTAKE) -> tuple[Entry, ...]:
        """Walk a batch through the intake, in a transaction of this person's."""
        self.tx.viewer = self.person.viewer()
        return (await take_in(batch, self.tx, steps=steps)).entries

    async def create(
        self, object_: str, *given: Mapping[str, Json], **more: Any
    ) -> tuple[Entry, ...]:
        """Create records."""
        entries = (Entry(at=f"[{n}]", given=one) for n, one in enumerate(given))
        return await self.take(self.batch(object_, "create", *entries, **more))

    async def one(self, object_: str, **given: Json) -> UUID:
        """Create one record, which nothing may be said against."""
        (done,) = await self.create(object_, given)
        assert done.problems == ()
        assert done.record is not None
        return done.record

    async def change(
        self, object_: str, record: UUID, given: Mapping[str, Json], **more: Any
    ) -> Entry:
        """Change one record."""
        entry = Entry(record=record, given=given, version=more.pop("version", None))
        return (await self.take(self.batch(object_, "update", entry, **more)))[0]

    async def delete(self, object_: str, record: UUID) -> Entry:
        """Put one record into the bin."""
        return (await self.take(self.batch(object_, "delete", Entry(record=record))))[0]

    async def restore(self, object_: str, record: UUID, **more: Any) -> Entry:
        """Take one record out of the bin."""
        return (await self.take(self.batch(object_, "restore", Entry(record=record), **more)))[0]

    async def held(self, object_: str, record: UUID, *keys: str) -> tuple[Any, ...]:
        """Give what a record holds in some columns."""
        row = await self.tx.row(
            sql(
                "SELECT {columns} FROM {table} WHERE id = {id}",
                columns=_columns(keys),
                table=ident(self.snapshot.objects[object_].table),
                id=param(record, "uuid"),
            )
        )
        assert row is not None
        return tuple(row)

    async def count(self, object_: str) -> int:
        """Count the records that are not in the bin."""
        table = ident(self.snapshot.objects[object_].table)
        return int(
            await self.tx.value(
                sql("SELECT count(*) FROM {table} WHERE deleted_at IS NULL", table=table)
            )
        )


def _columns(keys: Sequence[str]) -> Sql:
    pieces = [ident(key) for key in keys]
    out = pieces[0]
    for one in pieces[1:]:
        out = sql("{out}, {one}", out=out, one=one)
    return out


def words(entry: Entry) -> list[str]:
    """Give what is said against an entry: addresses and words."""
    return [f"{one.at}: {one.word}" if one.at else one.word for one in entry.problems]
