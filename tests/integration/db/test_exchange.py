"""Statements and their results: all in one go, in order, whatever their size and their fate."""

import asyncio
import contextlib

import pytest

from zhike.db import Database
from zhike.db.wire import PREPARED_MOST
from zhike.kernel.faults import Fault
from zhike.kernel.sql import param, sql, vetted
from zhike.kernel.viewer import platform


async def test_large_statements_and_large_answers_do_not_wait_for_each_other(
    database: Database,
) -> None:
    large = "书" * 3_000_000
    echo = sql("SELECT {large}", large=param(large, "text"))

    async with database.reading(platform(), "main") as tx:
        answers = await tx.several([echo, echo, echo])

    assert [len(rows[0][0]) for rows in answers] == [len(large)] * 3


async def test_what_comes_after_a_failure_is_not_run(database: Database) -> None:
    async with database.reading(platform(), "main") as tx:
        await tx.run(sql("CREATE TEMP TABLE passing (n integer)"))
        with pytest.raises(Fault, match="division by zero"):
            await tx.several(
                [
                    sql("INSERT INTO passing VALUES (1)"),
                    sql("SELECT 1 / 0"),
                    sql("INSERT INTO passing VALUES (2)"),
                ]
            )
        left = await tx.rows(sql("SELECT n FROM passing"))
        await tx.run(sql("DROP TABLE passing"))

    assert left == []


async def test_a_statement_may_come_again_with_other_types(database: Database) -> None:
    async with database.reading(platform(), "main") as tx:
        told = [
            await tx.value(sql("SELECT pg_typeof({one})::text", one=param(one)))
            for one in (1, 2**40, 1, 2**40, 1, 2**40, 1, 2**40)
        ]

    assert told == ["integer", "bigint"] * 4


async def test_more_statements_than_are_kept_still_answer(database: Database) -> None:
    many = PREPARED_MOST + 20
    async with database.reading(platform(), "main") as tx:
        for _ in range(4):
            for number in range(many):
                assert await tx.value(sql("SELECT {n}", n=vetted(str(number)))) == number
        kept = await tx.value(sql("SELECT count(*) FROM pg_prepared_statements"))

    assert kept <= PREPARED_MOST + 8  # what is put away goes with a later question


async def test_a_table_that_gets_another_column_costs_one_answer_at_most(
    database: Database, workspace: str
) -> None:
    asked = sql("SELECT * FROM shelf")
    async with database.reading(platform(), workspace) as tx:
        await tx.run(sql("CREATE TABLE shelf (n integer)"))
        for _ in range(5):
            await tx.rows(asked)
        await tx.run(sql("ALTER TABLE shelf ADD COLUMN m integer"))
        await tx.run(sql("INSERT INTO shelf VALUES (1, 2)"))
        try:
            rows = await tx.rows(asked)
        except Fault:
            rows = await tx.rows(asked)

        assert rows == [(1, 2)]
        assert await tx.rows(asked) == [(1, 2)]


async def test_two_who_share_a_conversation_take_turns(database: Database) -> None:
    async with database.reading(platform(), "main") as tx:
        asked = [tx.value(sql("SELECT {n}", n=param(n, "integer"))) for n in range(20)]

        assert await asyncio.gather(*asked) == list(range(20))


async def test_a_failure_after_it_was_prepared_leaves_it_usable(database: Database) -> None:
    asked = [sql("SELECT 10 / {n}", n=param(n, "integer")) for n in (1, 2, 5, 0, 10)]
    async with database.reading(platform(), "main") as tx:
        answers = []
        for one in (*asked, *asked):
            try:
                answers.append(await tx.value(one))
            except Fault:
                answers.append(None)

    assert answers == [10, 5, 2, None, 1] * 2


PLANNED = sql("SELECT current_setting('plan_cache_mode'), {one}::int", one=param(1))
"""A statement with a value; without one there is nothing to plan for."""


async def test_what_depends_on_its_values_is_planned_for_them(database: Database) -> None:
    """One plan for all values is a bad one where people ask: a level that many have, or none."""
    for_values = PLANNED.planned_for_values()
    async with database.reading(platform(), "main") as tx:
        modes = [
            (await tx.row(statement) or ())[0]
            for statement in (PLANNED, for_values, for_values, PLANNED, for_values, PLANNED)
        ]

    custom = "force_custom_plan"
    assert modes == ["auto", custom, custom, "auto", custom, "auto"]


async def test_a_failure_takes_back_how_statements_are_planned(database: Database) -> None:
    failing = sql("SELECT 1 / {none}::int", none=param(0)).planned_for_values()
    for_values = PLANNED.planned_for_values()
    async with database.reading(platform(), "main") as tx:
        await tx.row(PLANNED)
        with pytest.raises(Fault):
            await tx.row(failing)
        after = await tx.row(PLANNED), await tx.row(for_values)

    assert after == (("auto", 1), ("force_custom_plan", 1))


async def test_a_transaction_that_is_undone_takes_back_how_statements_are_planned(
    database: Database,
) -> None:
    for_values = PLANNED.planned_for_values()
    for _ in range(3):
        async with database.reading(platform(), "main") as tx:
            assert await tx.row(for_values) == ("force_custom_plan", 1)
        with contextlib.suppress(KeyError):
            async with database.transaction(platform(), "main") as tx:
                assert await tx.row(PLANNED) == ("auto", 1)
                raise KeyError
        async with database.reading(platform(), "main") as tx:
            assert await tx.row(PLANNED) == ("auto", 1)
