"""Stories of roll-ups: they follow their children wherever these go."""

from decimal import Decimal

from tests.lending import Desk

from zhike.kernel.sql import sql
from zhike.store.batch import Fate


async def test_a_new_record_counts_nothing(desk: Desk) -> None:
    record = await desk.one("reader", name="王强")

    assert await desk.held("reader", record, "loan_count", "fees") == (0, 0)


async def test_a_child_moves_the_sums_of_its_parent(desk: Desk) -> None:
    record = await desk.one("reader", name="王强")

    await desk.create(
        "loan",
        {"reader": str(record), "fee": "1.50"},
        {"reader": str(record), "fee": "2", "returned": True},
        {"fee": "100"},
    )

    assert await desk.held("reader", record, "loan_count", "loans_out", "fees") == (
        2,
        1,
        Decimal("3.50"),
    )


async def test_a_child_that_moves_leaves_one_parent_for_another(desk: Desk) -> None:
    old, new = await desk.one("reader", name="王强"), await desk.one("reader", name="李丽")
    loan = await desk.one("loan", reader=str(old), fee="3")

    await desk.change("loan", loan, {"reader": str(new)})
    moved = await sums(desk)
    await desk.change("loan", loan, {"reader": None})

    assert moved == {"王强": (0, 0), "李丽": (1, 3)}
    assert await sums(desk) == {"王强": (0, 0), "李丽": (0, 0)}


async def test_a_child_in_the_bin_does_not_count(desk: Desk) -> None:
    record = await desk.one("reader", name="王强")
    loan = await desk.one("loan", reader=str(record), fee="3")

    await desk.delete("loan", loan)
    gone = await sums(desk)
    await desk.restore("loan", loan)

    assert gone == {"王强": (0, 0)}
    assert await sums(desk) == {"王强": (1, 3)}


async def test_a_parent_changes_neither_version_nor_history(desk: Desk) -> None:
    record = await desk.one("reader", name="王强")

    await desk.one("loan", reader=str(record), fee="3")

    assert await desk.held("reader", record, "version") == (1,)
    assert await desk.tx.value(sql("SELECT count(*) FROM zk_event WHERE object = 'reader'")) == 1


async def test_a_rollup_of_rollups_follows(desk: Desk) -> None:
    east, west = await desk.one("branch", name="东馆"), await desk.one("branch", name="西馆")
    record = await desk.one("reader", name="王强", branch=str(east))
    loan = await desk.one("loan", reader=str(record), fee="3")
    there = await branches(desk)

    await desk.change("loan", loan, {"fee": "5"})
    await desk.change("reader", record, {"branch": str(west)})

    assert there == {"东馆": (3, 1), "西馆": (0, 0)}
    assert await branches(desk) == {"东馆": (0, 0), "西馆": (5, 1)}


async def test_fields_that_nothing_hangs_on_stir_nothing(desk: Desk) -> None:
    record = await desk.one("reader", name="王强")
    loan = await desk.one("loan", reader=str(record), fee="3")
    await desk.tx.run(sql("UPDATE reader SET fees = 77"))

    await desk.change("loan", loan, {"lent_at": "2026-01-01T00:00:00+08:00"})
    still = await sums(desk)
    done = await desk.change("loan", loan, {"fee": "4"})

    assert done.fate is Fate.UPDATED
    assert still == {"王强": (1, 77)}
    assert await sums(desk) == {"王强": (1, 4)}


async def sums(desk: Desk) -> dict[str, tuple[object, object]]:
    rows = await desk.tx.rows(sql("SELECT name, loan_count, fees FROM reader"))
    return {row[0]: (row[1], row[2]) for row in rows}


async def branches(desk: Desk) -> dict[str, tuple[object, object]]:
    rows = await desk.tx.rows(sql("SELECT name, fees, busy FROM branch"))
    return {row[0]: (row[1], row[2]) for row in rows}
