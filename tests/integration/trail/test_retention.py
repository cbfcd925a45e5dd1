"""What is older than its log is kept leaves it by sealed periods; the chain still holds."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.integration.trail.conftest import Books
from tests.lending import ANNA, Desk, furnish, lending

from zhike.access import policy
from zhike.kernel.sql import param, sql, vetted
from zhike.kernel.viewer import platform
from zhike.store import read, trail
from zhike.store.trail import LOGS


async def _aged(books: Books, count: int, *, months: int) -> None:
    """Write operations of long ago, and seal them."""
    async with books.db.transaction(platform(), books.workspace) as tx:
        await tx.run(
            sql(
                "INSERT INTO zk_operation (at, act) SELECT now() - make_interval(months => {m}),"
                " 'user.changed' FROM generate_series(1, {count})",
                m=vetted(str(months)),
                count=vetted(str(count)),
            )
        )
    await books.seal()


async def _events(books: Books, *, month: str, count: int) -> None:
    """Write events of a month of long ago into its own partition, and seal them."""
    async with books.db.transaction(platform(), books.workspace) as tx:
        await tx.run(
            sql(
                "SELECT zhike.make_event_month({workspace}, {month}::date)",
                workspace=vetted(f"'{books.workspace}'"),
                month=vetted(f"'{month}-01'"),
            )
        )
        await tx.run(
            sql(
                "INSERT INTO zk_event (at, source, object, record, kind)"
                " SELECT {month}::timestamptz + interval '10 days', 'api', 'book', uuidv7(),"
                " 'created' FROM generate_series(1, {count})",
                month=vetted(f"'{month}-01'"),
                count=vetted(str(count)),
            )
        )
    await books.seal("changes")


async def _clear(books: Books, log: str = "operations", *, months: int = 12) -> int:
    async with books.db.transaction(platform("retention"), books.workspace) as tx:
        return await trail.clear(tx, LOGS[log], books.key, months=months)


async def test_old_sealed_rows_go_and_the_chain_holds(books: Books) -> None:
    await _aged(books, 3, months=30)
    await _aged(books, 2, months=20)
    await books.write(4)
    await books.seal()

    assert await _clear(books) == 5

    verdict = await books.verdict()
    assert verdict.sound
    assert (verdict.cleared, verdict.rows) == (5, 4)
    acts = books.asked("SELECT act, source, new->>'rows' FROM zk_operation ORDER BY seq DESC")
    assert acts[0] == ("log.cleared", "retention", "5")


async def test_clearing_again_takes_nothing_until_more_is_old(books: Books) -> None:
    await _aged(books, 3, months=30)
    await books.write(1)
    await books.seal()

    assert (await _clear(books), await _clear(books)) == (3, 0)
    assert (await books.verdict()).sound


async def test_for_ever_is_for_ever(books: Books) -> None:
    await _aged(books, 3, months=300)

    assert await _clear(books, months=0) == 0


async def test_what_is_not_sealed_stays(books: Books) -> None:
    """However old: nobody could tell afterwards that it was there."""
    async with books.db.transaction(platform(), books.workspace) as tx:
        await tx.run(
            sql("INSERT INTO zk_operation (at, act) VALUES (now() - interval '9 years', 'x')")
        )

    assert await _clear(books) == 0
    assert books.asked("SELECT count(*) FROM zk_operation WHERE act = 'x'") == [(1,)]


async def test_a_seal_that_holds_something_young_stays_whole(books: Books) -> None:
    async with books.db.transaction(platform(), books.workspace) as tx:
        await tx.run(
            sql("INSERT INTO zk_operation (at, act) VALUES (now() - interval '9 years', 'x')")
        )
    await books.write(1)
    await books.seal()

    assert await _clear(books) == 0


async def test_a_whole_month_of_events_goes_as_a_partition(books: Books) -> None:
    await _events(books, month="2020-03", count=1500)
    await _events(books, month="2020-04", count=10)
    await books.events(5)
    await books.seal("changes")

    assert await _clear(books, "changes") == 1510

    parts = books.asked(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'zk_event'::regclass"
        " AND inhrelid::regclass::text LIKE '%2020%'"
    )
    verdict = await books.verdict("changes")
    assert parts == [(0,)]
    assert (verdict.sound, verdict.cleared, verdict.rows) == (True, 1510, 5)


async def test_the_past_begins_where_the_kept_changes_begin(books: Books) -> None:
    """What was before them would be told wrongly; so it is not told."""
    await _events(books, month="2020-03", count=3)
    desk = Desk(tx=None, snapshot=lending())  # type: ignore[arg-type] # given below
    async with books.db.transaction(platform(), books.workspace) as tx:
        await furnish(tx, desk.snapshot)
        desk = replace(desk, tx=tx)
        book = await desk.one("book", title="旧书")
        await tx.run(
            sql("UPDATE book SET created_at = '2015-01-01' WHERE id = {id}", id=param(book, "uuid"))
        )
    await books.seal("changes")

    async def seen(moment: str) -> bool:
        held = policy(desk.snapshot, ANNA.viewer())
        async with books.db.reading(ANNA.viewer(), books.workspace) as tx:
            found = await read.then(tx, held, "book", book, moment=datetime.fromisoformat(moment))
        return found is not None

    assert await seen("2016-01-01T00:00:00Z")
    await _clear(books, "changes")

    assert not await seen("2016-01-01T00:00:00Z")
    assert await seen("2021-01-01T00:00:00Z")


async def test_old_events_in_a_younger_partition_go_as_well(books: Books) -> None:
    """Without a month of their own they wait in the default partition."""
    async with books.db.transaction(platform(), books.workspace) as tx:
        await tx.run(
            sql(
                "INSERT INTO zk_event (at, source, object, record, kind) SELECT"
                " '2019-05-05', 'api', 'book', uuidv7(), 'created' FROM generate_series(1, 7)"
            )
        )
    await books.seal("changes")
    await books.events(2)
    await books.seal("changes")

    assert await _clear(books, "changes") == 7
    assert (await books.verdict("changes")).rows == 2


@pytest.mark.parametrize(
    "deed",
    [
        "SELECT zhike.clear_log('{workspace}', 'zk_operation', 3)",
        "SELECT set_config('zhike.clearing', 'on', false); DELETE FROM zk_operation WHERE seq <= 3",
        (
            "SELECT zhike.clear_log('{workspace}', 'zk_operation', 3);"
            " INSERT INTO zk_cleared (log, number, rows, key, mac)"
            " SELECT 'operations', 1, 3, key, sha256('x') FROM zk_seal LIMIT 1"
        ),
    ],
)
async def test_whoever_clears_without_the_key_is_found(books: Books, deed: str) -> None:
    """The sanctioned way is a door for the database, not a proof."""
    await _aged(books, 3, months=30)
    await books.write(1)
    await books.seal()

    books.tamper(*deed.replace("{workspace}", books.workspace).split("; "))

    found = await books.found()
    assert "row_missing 1" in found


async def test_rows_put_back_into_a_cleared_period_are_found(books: Books) -> None:
    await _aged(books, 3, months=30)
    await books.write(1)
    await books.seal()
    await _clear(books)

    books.tamper("INSERT INTO zk_operation (seq, act) OVERRIDING SYSTEM VALUE VALUES (2, 'x')")

    assert await books.found() == ["row_inserted 1"]
