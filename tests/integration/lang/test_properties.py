"""
Whatever makes sense also runs, a condition is true or false on every record, and `not` is its
opposite.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from tests.integration.lang.stage import WANG, set_up
from tests.unit.lang.shelves import SHELVES
from tests.unit.lang.trees import conditions, dates, moments, numbers, texts

from zhike.db import Database
from zhike.kernel.sql import sql
from zhike.lang import FULL_SIGHT, Node, checked, compiled, told, written
from zhike.lang.tree import Name, Not

TYPES = (numbers(3), texts(3), dates(3), moments(3))
ONE_STAGE_FOR_ALL = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large
    ],
)  # fmt: skip


@pytest.fixture
async def staged(database: Database, workspace: str) -> str:
    """A workspace with the library in it."""
    async with database.transaction(WANG.viewer(), workspace) as tx:
        await set_up(tx)
    return workspace


@ONE_STAGE_FOR_ALL
@given(tree=conditions(3))
async def test_a_condition_is_true_or_false_and_its_opposite_the_other(
    database: Database, staged: str, tree: Node
) -> None:
    held = checked(tree, SHELVES, "book", wants="boolean")
    failed = checked(Not(item=tree), SHELVES, "book", wants="boolean")
    columns = sql(
        "SELECT {told}, {not_told}, ({where}) IS TRUE, ({not_where}) IS TRUE FROM book r",
        told=told(held, alias="r", sight=FULL_SIGHT),
        not_told=told(failed, alias="r", sight=FULL_SIGHT),
        where=compiled(held, alias="r", sight=FULL_SIGHT),
        not_where=compiled(failed, alias="r", sight=FULL_SIGHT),
    )

    async with database.reading(WANG.viewer(), staged) as tx:
        rows = await tx.rows(columns)

    assert len(rows) == 3
    for said, said_not, found, found_not in rows:
        assert said_not is (not said), written(tree)
        assert found is bool(said), written(tree)
        assert found_not is (not said), written(tree)
        assert said is not None or isinstance(tree, Name), written(tree)


@ONE_STAGE_FOR_ALL
@given(tree=TYPES[0] | TYPES[1] | TYPES[2] | TYPES[3])
async def test_a_value_is_computed_without_an_error(
    database: Database, staged: str, tree: Node
) -> None:
    known = checked(tree, SHELVES, "book")
    value = told(known, alias="r", sight=FULL_SIGHT)

    async with database.reading(WANG.viewer(), staged) as tx:
        rows = await tx.rows(sql("SELECT ({value})::text FROM book r", value=value))

    assert len(rows) == 3
    assert all(row[0] != "" for row in rows)
