"""
What expressions give on real records: every example of every function, and the rules of emptiness.
"""

from tests.integration.lang.stage import WANG, Stage, set_up, worth
from tests.unit.lang.pairs import about, pairs

from zhike.db import Database
from zhike.kernel.faults import Fault
from zhike.kernel.tx import Tx
from zhike.lang import FUNCTIONS

UNDONE = RuntimeError("the test is over")


async def _on_stage(database: Database, check) -> None:
    try:
        async with database.transaction(WANG.viewer(), "main") as tx:
            await check(tx, await set_up(tx))
            raise UNDONE
    except RuntimeError as met:
        if met is not UNDONE:
            raise


async def test_every_example_of_a_function_is_true(database: Database) -> None:
    examples = [(one.text, one.gives) for each in FUNCTIONS.values() for one in each.examples]
    gives: dict[str, str | None] = {}

    async def check(tx: Tx, stage: Stage) -> None:
        for text, _ in examples:
            gives[text] = await worth(tx, text, stage.full)

    await _on_stage(database, check)

    assert gives == dict(examples)


def test_every_function_but_those_of_events_has_an_example() -> None:
    mute = [name for name, one in FUNCTIONS.items() if not one.examples and not one.event]

    assert mute == []


async def test_emptiness_is_treated_as_the_table_says(database: Database) -> None:
    vectors = pairs("emptiness")
    gives: dict[str, str] = {}

    async def check(tx: Tx, stage: Stage) -> None:
        for text, _ in vectors:
            full, bare = [await worth(tx, text, one) for one in (stage.full, stage.bare)]
            gives[text] = f"{'empty' if full is None else full} | {bare or 'empty'}"

    await _on_stage(database, check)

    assert gives == dict(vectors)


async def test_every_golden_pair_runs(database: Database) -> None:
    broken: dict[str, str] = {}

    async def check(tx: Tx, stage: Stage) -> None:
        for text, _ in pairs("sql"):
            obj, expression = about(text)
            try:
                async with tx.savepoint():
                    await worth(tx, expression, stage.full, obj)
            except Fault as fault:
                broken[text] = str(fault)

    await _on_stage(database, check)

    assert broken == {}
