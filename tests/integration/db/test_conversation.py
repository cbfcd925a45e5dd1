"""What a conversation with PostgreSQL promises, told with a lending library."""

import asyncio
import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from zhike.db import Database
from zhike.db.conversation import Conversation
from zhike.db.faults import (
    BadText,
    BadValue,
    BrokenStatement,
    Collided,
    ConstraintFailed,
    MissingReference,
    NotUnique,
    StillReferenced,
    ValueMissing,
)
from zhike.kernel.faults import Conflict, Fault, Invalid
from zhike.kernel.settings import Settings
from zhike.kernel.sql import Sql, asker, ident, param, sql
from zhike.kernel.tx import Mistaken, unanswered
from zhike.kernel.viewer import Viewer, platform

LIBRARY = """
CREATE TABLE reader (name text PRIMARY KEY, age integer CHECK (age < 150));
CREATE TABLE loan (reader text NOT NULL REFERENCES reader, book text);
INSERT INTO reader VALUES ('Anna', 40);
INSERT INTO loan VALUES ('Anna', 'Faust');
"""
DIVISION = sql("SELECT 1 / 0")


async def test_json_comes_as_the_bytes_that_postgresql_made(tx: Conversation) -> None:
    made = await tx.row(
        sql("SELECT json_build_object('a', {x}::text), '[1]'::jsonb", x=param("杭"))
    )

    assert made == ('{"a" : "杭"}'.encode(), b"[1]")


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (None, "text"),
        ("杭州 😀 'x' \\ {\"y\"}", "text"),
        (7, "bigint"),
        (2**40, "bigint"),
        (2**80, "numeric"),
        (True, "boolean"),
        (UUID(int=5), "uuid"),
        (Decimal("12.50"), "numeric"),
        (date(2026, 2, 28), "date"),
        (datetime(2026, 2, 28, 12, tzinfo=UTC), "timestamptz"),
        (b"\x00\xff", "bytea"),
        (["a,b", 'c"d', "", "null", "{}"], "text[]"),
        ([UUID(int=5)], "uuid[]"),
        ([], "text[]"),
    ],
)
async def test_a_value_comes_back_as_it_went(tx: Conversation, value: object, type_: str) -> None:
    assert await tx.value(sql("SELECT {x}", x=param(value, type_))) == value


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
async def test_what_is_no_text_is_refused(tx: Conversation, text: str) -> None:
    for value, type_ in ((text, "text"), ([text], "text[]")):
        with pytest.raises(BadText):
            await inside_a_savepoint(tx, sql("SELECT {x}", x=param(value, type_)))


async def test_the_facts_of_the_viewer_fill_a_statement(database: Database) -> None:
    anna = Viewer(id=UUID(int=1), roles=frozenset({"reader"}))

    async with database.reading(anna, "main") as tx:
        facts = await tx.row(
            sql("SELECT {id}, {roles}", id=asker("id", "uuid"), roles=asker("roles", "text[]"))
        )

    assert facts == (UUID(int=1), ["reader"])


async def test_several_statements_answer_in_order(tx: Conversation) -> None:
    await tx.script(LIBRARY)

    rows = await tx.several(
        [
            sql("SELECT name FROM reader"),
            sql("INSERT INTO reader VALUES ('Bert', 20)"),
            sql("SELECT count(*) FROM reader"),
        ]
    )

    assert [list(one) for one in rows] == [[("Anna",)], [], [(2,)]]


async def test_copy_takes_nulls_quotes_and_line_breaks(tx: Conversation) -> None:
    await tx.script("CREATE TABLE book (title text, year text)")
    books = [("a\tb\nc\\d", "1"), ("", None)]

    assert await tx.copy_in(ident("book"), ["title", "year"], books) == 2
    assert await tx.rows(sql("SELECT * FROM book ORDER BY year")) == books


async def test_a_large_result_comes_in_pieces(tx: Conversation) -> None:
    many = sql("SELECT generate_series(1, {n}::int)", n=param(2500))

    assert [len(rows) async for rows in tx.stream(many)] == [1000, 1000, 500]


async def test_a_large_result_can_be_read_without_a_transaction(database: Database) -> None:
    many = sql("SELECT generate_series(1, 12)")

    async with database.reading(platform(), "main") as tx:
        assert [len(rows) async for rows in tx.stream(many, size=5)] == [5, 5, 2]
        assert await tx.value(sql("SELECT 1")) == 1


async def test_a_savepoint_undoes_what_happened_inside_and_nothing_else(tx: Conversation) -> None:
    await tx.script(LIBRARY)

    with pytest.raises(BadValue):
        await inside_a_savepoint(tx, sql("INSERT INTO reader VALUES ('Bert', 20)"), DIVISION)
    async with tx.savepoint():
        await tx.run(sql("INSERT INTO reader VALUES ('Carl', 30)"))
    with pytest.raises(NotUnique):
        await inside_a_savepoint(tx, sql("INSERT INTO reader VALUES ('Carl', 30)"))
    async with tx.savepoint():
        pass

    readers = await tx.rows(sql("SELECT name FROM reader ORDER BY name"))
    assert readers == [("Anna",), ("Carl",)]


@pytest.mark.parametrize(
    ("statement", "kind", "family"),
    [
        (sql("INSERT INTO reader VALUES ('Anna', 1)"), NotUnique, Conflict),
        (sql("INSERT INTO loan VALUES ('Zoe', 'Emma')"), MissingReference, Invalid),
        (sql("DELETE FROM reader"), StillReferenced, Conflict),
        (sql("INSERT INTO reader VALUES ('Bert', 200)"), ConstraintFailed, Invalid),
        (sql("INSERT INTO loan VALUES (NULL, 'Emma')"), ValueMissing, Invalid),
        (sql("SELECT {x}::int", x=param("zwölf")), BadValue, Invalid),
        (sql("SELECT {x}::int", x=param("99999999999")), BadValue, Invalid),
        (sql("SELECT {x}::date", x=param("0000-00-00")), BadValue, Invalid),
        (sql("SELECT {x}::uuid", x=param("1")), BadValue, Invalid),
        (sql("SELECT 1 / {x}::int", x=param(0)), BadValue, Invalid),
        (sql("SELECT nonsense"), BrokenStatement, Fault),
    ],
)
async def test_the_drivers_exceptions_stop_here(
    tx: Conversation, statement: Sql, kind: type[Fault], family: type[Fault]
) -> None:
    await tx.script(LIBRARY)

    with pytest.raises(family) as met:
        await tx.run(statement)

    assert type(met.value) is kind


async def test_a_duplicate_says_where(tx: Conversation) -> None:
    await tx.script(LIBRARY)

    with pytest.raises(NotUnique) as met:
        await tx.run(sql("INSERT INTO reader VALUES ('Anna', 1)"))

    facts = met.value.facts
    assert (facts["table"], facts["columns"], facts["values"]) == ("reader", "name", "Anna")
    assert facts["constraint"] == "reader_pkey"


async def test_what_is_raised_undoes_the_transaction(database: Database, workspace: str) -> None:
    async with database.transaction(platform(), workspace) as tx:
        await tx.script(LIBRARY)

    async def lose_all() -> None:
        async with database.transaction(platform(), workspace) as tx:
            await tx.run(sql("DELETE FROM loan"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await lose_all()

    async with database.reading(platform(), workspace) as tx:
        assert await tx.value(sql("SELECT count(*) FROM loan")) == 1


async def test_a_swallowed_fault_does_not_look_like_success(
    database: Database, workspace: str
) -> None:
    async def swallow() -> None:
        async with database.transaction(platform(), workspace) as tx:
            with pytest.raises(BadValue):
                await tx.run(DIVISION)

    with pytest.raises(BrokenStatement):
        await swallow()


async def test_the_last_question_is_answered_with_the_commit(
    database: Database, workspace: str
) -> None:
    await in_a_library(database, workspace)

    async with database.transaction(platform(), workspace) as tx:
        tx.soon(sql("INSERT INTO reader VALUES ('Bert', 20)"))
        tx.ending()
        assert await tx.value(sql("SELECT count(*) FROM reader")) == 2
        async with database.reading(platform(), workspace) as other:
            assert await other.value(sql("SELECT count(*) FROM reader")) == 2
        with pytest.raises(BrokenStatement):
            tx.soon(sql("INSERT INTO reader VALUES ('Cora', 20)"))
        with pytest.raises(BrokenStatement):
            await tx.value(sql("SELECT 1"))


async def test_a_last_question_that_fails_undoes_the_transaction(
    database: Database, workspace: str
) -> None:
    await in_a_library(database, workspace)

    async def ask_in_vain() -> None:
        async with database.transaction(platform(), workspace) as tx:
            tx.soon(sql("INSERT INTO reader VALUES ('Bert', 20)"))
            tx.ending()
            await tx.value(DIVISION)

    with pytest.raises(Fault, match="division by zero"):
        await ask_in_vain()

    async with database.reading(platform(), workspace) as tx:
        assert await tx.value(sql("SELECT count(*) FROM reader")) == 1


async def test_a_last_statement_that_never_came_is_no_loss(
    database: Database, workspace: str
) -> None:
    await in_a_library(database, workspace)

    async with database.transaction(platform(), workspace) as tx:
        await tx.run(sql("INSERT INTO reader VALUES ('Bert', 20)"))
        tx.ending()

    async with database.reading(platform(), workspace) as tx:
        assert await tx.value(sql("SELECT count(*) FROM reader")) == 2


ANYBODY = unanswered(sql("SELECT name AS id FROM reader WHERE name = 'Bert'"))


async def test_what_is_presumed_and_so_costs_nothing(database: Database, workspace: str) -> None:
    await in_a_library(database, workspace)

    async with database.transaction(platform(), workspace, presuming=True) as tx:
        tx.presume(ANYBODY)
        assert tx.presumed
        tx.soon(sql("INSERT INTO reader VALUES ('Bert', 20)"))
        assert await tx.value(sql("SELECT count(*) FROM reader")) == 2
        assert not tx.presumed


async def test_what_is_presumed_and_not_so_undoes_everything(
    database: Database, workspace: str
) -> None:
    await in_a_library(database, workspace)

    async def presume(*, inside: bool) -> None:
        async with database.transaction(platform(), workspace, presuming=True) as tx:
            tx.soon(sql("INSERT INTO reader VALUES ('Bert', 20)"))
            tx.presume(ANYBODY)
            if inside:
                async with tx.savepoint():
                    await tx.run(sql("INSERT INTO reader VALUES ('Cora', 20)"))

    for inside in (False, True):
        with pytest.raises(Mistaken):
            await presume(inside=inside)

    async with database.reading(platform(), workspace) as tx:
        assert await tx.value(sql("SELECT count(*) FROM reader")) == 1


async def test_nobody_presumes_where_the_door_does_not_begin_again(
    database: Database, workspace: str
) -> None:
    async with database.transaction(platform(), workspace) as tx:
        with pytest.raises(BrokenStatement):
            tx.presume(ANYBODY)


async def test_of_two_who_wait_for_each_other_one_is_told(
    database: Database, workspace: str
) -> None:
    async with database.transaction(platform(), workspace) as tx:
        await tx.script(LIBRARY)
        await tx.run(sql("INSERT INTO reader VALUES ('Bert', 20)"))
    met = asyncio.Barrier(2)

    async def older(first: str, second: str) -> None:
        async with database.transaction(platform(), workspace) as tx:
            for number, name in enumerate((first, second)):
                await tx.run(sql("UPDATE reader SET age = 1 WHERE name = {n}", n=param(name)))
                if number == 0:
                    await met.wait()

    told = await asyncio.gather(
        older("Anna", "Bert"), older("Bert", "Anna"), return_exceptions=True
    )

    assert sorted(type(one) for one in told if one) == [Collided]


async def test_a_connection_serves_each_workspace_with_its_own_tables_and_zone(
    database: Database, workspace: str
) -> None:
    await database_zone(database, workspace, "Europe/Berlin")
    looks = sql("SELECT current_schema(), current_setting('TimeZone')")

    seen = []
    for slug in ("main", workspace, "main", ""):
        async with database.reading(platform(), slug) as tx:
            seen.append(await tx.row(looks))

    assert seen == [
        ("ws_main", "Asia/Shanghai"),
        (f"ws_{workspace}", "Europe/Berlin"),
        ("ws_main", "Asia/Shanghai"),
        ("zhike", "UTC"),
    ]


async def test_a_cancelled_request_leaves_no_trace(database: Database, workspace: str) -> None:
    async with database.transaction(platform(), workspace) as tx:
        await tx.script(LIBRARY)

    async def slow() -> None:
        async with database.transaction(platform(), workspace) as tx:
            await tx.run(sql("DELETE FROM loan"))
            await tx.run(sql("SELECT pg_sleep(60)"))

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(slow(), 0.3)

    async with database.transaction(platform(), workspace) as tx:
        assert await tx.value(sql("SELECT count(*) FROM loan")) == 1


async def test_requests_that_are_cancelled_again_and_again_cost_no_connection(
    database: Database,
) -> None:
    async def slow() -> None:
        async with database.transaction(platform(), "main") as tx:
            await tx.run(sql("SELECT pg_sleep(60)"))

    tasks = [asyncio.create_task(slow()) for _ in range(database.settings.pool_size * 2)]
    await asyncio.sleep(0.5)
    while not all(task.done() for task in tasks):
        for task in tasks:
            task.cancel()
        await asyncio.sleep(0)

    async with asyncio.timeout(60), contextlib.AsyncExitStack() as every:
        for _ in range(database.settings.pool_size):
            tx = await every.enter_async_context(database.reading(platform(), "main"))
            assert await tx.value(sql("SELECT 1")) == 1


async def test_a_connection_that_heard_nothing_serves_no_workspace(database_url: str) -> None:
    """The choice of the workspace travels with the first statement; there may be none."""
    here = sql("SELECT current_schema()::text")
    async with Database(Settings(database_url=database_url, pool_size=1)) as alone:
        async with alone.reading(platform(), "main"):
            pass
        async with alone.reading(platform(), "main") as tx:
            assert await tx.value(here) == "ws_main"


async def test_what_fails_first_does_not_take_the_workspace_along(database_url: str) -> None:
    here = sql("SELECT current_schema()::text")
    async with Database(Settings(database_url=database_url, pool_size=1)) as alone:
        async with alone.reading(platform(), "main") as tx:
            with contextlib.suppress(Fault):
                await tx.run(DIVISION)
            assert await tx.value(here) == "ws_main"
        alone.forget()
        async with alone.transaction(platform(), "main") as tx:
            with contextlib.suppress(Fault):
                await inside_a_savepoint(tx, DIVISION)
            assert await tx.value(here) == "ws_main"
        async with alone.reading(platform(), "main") as tx:
            assert await tx.value(here) == "ws_main"


async def in_a_library(database: Database, workspace: str) -> None:
    """Give the workspace its readers and loans."""
    async with database.transaction(platform(), workspace) as tx:
        await tx.script(LIBRARY)


async def inside_a_savepoint(tx: Conversation, *statements: Sql) -> None:
    """Run statements of which one will fail."""
    async with tx.savepoint(), tx.savepoint():
        for statement in statements:
            await tx.run(statement)


async def database_zone(database: Database, workspace: str, zone: str) -> None:
    """Change a workspace's zone, as an administrator would."""
    async with database.transaction(platform(), "") as tx:
        await tx.run(
            sql(
                "UPDATE zhike.workspace SET zone = {zone} WHERE slug = {slug}",
                zone=param(zone),
                slug=param(workspace),
            )
        )
    database.forget()
