"""A lending library written down as documents, and the little verbs its stories are told with."""

from collections.abc import Collection, Sequence

from zhike.kernel.sql import ident, sql, vetted
from zhike.kernel.tx import Tx
from zhike.packs import Applied, Plan, Wish, apply, plan, read_text

LIBRARY = """
kind: object
key: author
label: {zh: 作者, en: Author}
fields:
  - {key: name, kind: text, label: {zh: 姓名, en: Name}, search: true}
  - {key: copies, kind: rollup, label: {zh: 册数, en: Copies}, formula: SUM(books.copies)}
  - {key: worth, kind: rollup, label: {zh: 总值, en: Worth}, formula: SUM(books.worth)}
---
kind: object
key: book
label: {zh: 图书, en: Book}
title: title
fields:
  - {key: title, kind: text, label: {zh: 书名, en: Title}, search: true}
  - {key: isbn, kind: text, label: {zh: 书号, en: ISBN}}
  - {key: pages, kind: text, label: {zh: 页数, en: Pages}}
  - {key: price, kind: money, label: {zh: 定价, en: Price}}
  - {key: copies, kind: number, label: {zh: 册数, en: Copies}}
  - {key: worth, kind: formula, label: {zh: 总值, en: Worth}, formula: price * copies}
  - {key: genre, kind: option, label: {zh: 类别, en: Genre}, options: [小说, 历史, 诗]}
  - {key: author, kind: lookup, label: {zh: 作者, en: Author}, object: author, relation: books}
  - {key: friends, kind: lookups, label: {zh: 相关, en: Friends}, object: author, relation: friends}
---
kind: match
key: book
object: book
keys: [{fields: [isbn]}]
---
kind: role
key: librarian
label: {zh: 馆员, en: Librarian}
objects:
  book: {read: all, create: true, update: own, fields: {price: hidden}}
"""

UNRENEWED = "DELETE FROM zk_renewal; DELETE FROM zk_stale; DELETE FROM zk_derived;"
"""Nothing was ever derived, and nobody is at it."""
FILLED = """
INSERT INTO author (id, name) VALUES
    ('00000000-0000-7000-8000-000000000001', '鲁迅'),
    ('00000000-0000-7000-8000-000000000002', '老舍'),
    ('00000000-0000-7000-8000-000000000003', '老舍');
INSERT INTO book (title, isbn, pages, price, copies, genre, author) VALUES
    ('呐喊', 'a1', '320', 20, 3, '小说', '00000000-0000-7000-8000-000000000001'),
    ('彷徨', 'a2', '1,024', 10, 1, '小说', '00000000-0000-7000-8000-000000000001'),
    ('茶馆', 'b1', '很多', 5, 2, '诗', '00000000-0000-7000-8000-000000000002'),
    ('骆驼祥子', 'b1', NULL, NULL, NULL, NULL, NULL);
INSERT INTO book__friends (record, target)
SELECT b.id, a.id FROM book AS b, author AS a WHERE b.title = '呐喊';
"""


def wish(text: str, *, app: str | None = None) -> Wish:
    """Take a text for what somebody wants."""
    read = read_text(text, file="library.yaml")
    assert read.problems == ()
    return Wish(documents=read.documents, app=app)


async def planned(tx: Tx, text: str) -> Plan:
    """Plan some documents."""
    return await plan(tx, wish(text))


async def applied(
    tx: Tx, text: str, *, confirm: Collection[str] | None = None, app: str | None = None
) -> Applied:
    """Apply some documents; unless told otherwise, whatever they lose is confirmed."""
    wanted = wish(text, app=app)
    if confirm is None:
        confirm = [one.id for one in (await plan(tx, wanted)).lossy]
    return await apply(tx, wanted, confirm=confirm)


async def library(tx: Tx) -> None:
    """Set up the library with its books."""
    await applied(tx, LIBRARY)
    await tx.script(UNRENEWED + FILLED)


async def values(tx: Tx, column: str, *, table: str = "book") -> list[object]:
    """Give a column by title, or by name."""
    statement = sql(
        "SELECT {column} FROM {table} ORDER BY {by}",
        column=vetted(column),
        table=ident(table),
        by=vetted("title" if table == "book" else "name, id"),
    )
    return [row[0] for row in await tx.rows(statement)]


def ids(made: Plan) -> Sequence[str]:
    """Name the steps of a plan."""
    return [one.id for one in made.steps]
