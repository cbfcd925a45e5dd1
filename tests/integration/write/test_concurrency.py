"""Many at once: one customer stays one, numbers stay apart, sums stay right."""

from asyncio import gather
from collections.abc import Awaitable, Callable

import pytest
from tests.lending import ANNA, Desk, furnish, lending

from zhike.db import Database
from zhike.kernel.faults import Conflict
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.meta import Snapshot
from zhike.store.batch import Entry, Fate

AT_ONCE = 20

Deed = Callable[[Desk], Awaitable[tuple[Entry, ...]]]


class Hall:
    """A library that many people use at once, each in a transaction of their own."""

    def __init__(self, database: Database, workspace: str, snapshot: Snapshot) -> None:
        self.database = database
        self.workspace = workspace
        self.snapshot = snapshot

    async def serve(self, deed: Deed) -> tuple[Entry, ...]:
        """Do one thing and commit it; who is in somebody's way tries again, as the door does."""
        for _ in range(AT_ONCE):
            try:
                async with self.database.transaction(ANNA.viewer(), self.workspace) as tx:
                    return await deed(Desk(tx=tx, snapshot=self.snapshot))
            except Conflict as collided:
                if collided.word() != "collided":
                    raise
        raise AssertionError("always in the way")

    async def all(self, *deeds: Deed) -> list[Entry]:
        """Do many things at once."""
        return [one for done in await gather(*map(self.serve, deeds)) for one in done]

    async def rows(self, text: str) -> list[tuple[object, ...]]:
        """Look around."""
        async with self.database.reading(platform(), self.workspace) as tx:
            return [tuple(row) for row in await tx.rows(sql(text))]  # type: ignore[arg-type]


@pytest.fixture
async def hall(database: Database, workspace: str) -> Hall:
    """A library with tables that are there for good."""
    snapshot = lending()
    async with database.transaction(platform(), workspace) as tx:
        await furnish(tx, snapshot)
    return Hall(database, workspace, snapshot)


async def test_one_company_typed_by_twenty_is_one(hall: Hall) -> None:
    spellings = ("杭州云启科技有限公司", "杭州市云启科技有限责任公司", "云启（杭州）科技有限公司")

    done = await hall.all(
        *(
            lambda desk, n=n: desk.create("reader", {"name": spellings[n % len(spellings)]})
            for n in range(AT_ONCE)
        )
    )

    assert [one.fate for one in done].count(Fate.CREATED) == 1
    assert [one.fate for one in done].count(Fate.REFUSED) == AT_ONCE - 1
    assert await hall.rows("SELECT count(*) FROM reader") == [(1,)]


async def test_of_likenesses_made_at_once_one_stays(hall: Hall) -> None:
    """No exact key agrees between the two: they meet by the sound of the name."""
    typed = (
        {"name": "杭州海纳恒通信息技术有限公司", "phone": "13900001234"},
        {"name": "杭州海那恒通信息技术有限公司", "phone": "13900001235"},
    )

    done = await hall.all(
        *(lambda desk, n=n: desk.create("reader", typed[n % 2]) for n in range(AT_ONCE))
    )

    assert [one.fate for one in done].count(Fate.CREATED) == 1
    assert await hall.rows("SELECT count(*) FROM reader") == [(1,)]


async def test_overlapping_batches_in_any_order_leave_one_of_each(hall: Hall) -> None:
    names = [f"读者{n}" for n in range(12)]

    def some(n: int) -> Deed:
        mine = names[n % 12 :] + names[: n % 12]
        return lambda desk: desk.create(
            "reader", *({"name": one} for one in (mine if n % 2 else mine[::-1])),
            on_duplicate="skip",
        )  # fmt: skip

    done = await hall.all(*(some(n) for n in range(AT_ONCE)))

    assert [one.fate for one in done].count(Fate.CREATED) == len(names)
    assert await hall.rows("SELECT count(*), count(DISTINCT name) FROM reader") == [(12, 12)]


async def test_upserts_of_one_key_leave_one_record(hall: Hall) -> None:
    done = await hall.all(
        *(
            lambda desk, n=n: desk.create(
                "reader",
                {"number": "N1", "name": "张三", "code": str(n)},
                key=("number",),
                on_duplicate="update",
            )
            for n in range(AT_ONCE)
        )
    )

    assert [one.fate for one in done].count(Fate.CREATED) == 1
    assert [one.fate for one in done].count(Fate.UPDATED) == AT_ONCE - 1
    assert await hall.rows("SELECT count(*), max(version) FROM reader") == [(1, AT_ONCE)]


async def test_numbers_never_come_twice(hall: Hall) -> None:
    await hall.all(*(lambda desk: desk.create("loan", {}, {}, {}) for _ in range(AT_ONCE)))

    counted = await hall.rows("SELECT count(*), count(DISTINCT number) FROM loan")
    assert counted == [(AT_ONCE * 3, AT_ONCE * 3)]


async def test_sums_miss_no_child_written_at_the_same_moment(hall: Hall) -> None:
    (reader,) = await hall.serve(lambda desk: desk.create("reader", {"name": "张三"}))

    given = {"reader": str(reader.record), "fee": "1"}
    await hall.all(*(lambda desk: desk.create("loan", given) for _ in range(AT_ONCE)))

    assert await hall.rows("SELECT loan_count::int, fees::int FROM reader") == [(AT_ONCE, AT_ONCE)]


async def test_of_changes_to_one_version_one_wins(hall: Hall) -> None:
    (book,) = await hall.serve(lambda desk: desk.create("book", {"title": "甲"}))
    assert book.record is not None

    async def change(desk: Desk, n: int) -> tuple[Entry, ...]:
        assert book.record is not None
        return (await desk.change("book", book.record, {"shelf": str(n)}, version=1),)

    done = await hall.all(*(lambda desk, n=n: change(desk, n) for n in range(AT_ONCE)))

    assert [one.fate for one in done].count(Fate.UPDATED) == 1
    assert {one.problems[0].word for one in done if one.problems} == {"stale"}


async def test_two_hands_on_different_fields_lose_nothing(hall: Hall) -> None:
    (reader,) = await hall.serve(lambda desk: desk.create("reader", {"name": "张三"}))
    fields = ("code", "email", "phone", "name")
    values = ("X9", "z@example.com", "13812345678", "王小二")

    async def change(desk: Desk, n: int) -> tuple[Entry, ...]:
        assert reader.record is not None
        return (await desk.change("reader", reader.record, {fields[n]: values[n]}),)

    await hall.all(*(lambda desk, n=n: change(desk, n) for n in range(len(fields))))

    ((name, phone, keys, tokens),) = await hall.rows(
        "SELECT name, phone, zk_match, zk_search::text FROM reader"
    )
    assert (name, phone) == ("王小二", "+86-13812345678")
    assert {"phone:+86-13812345678", "email:z@example.com"} <= set(keys)  # type: ignore[arg-type]
    assert "王小" in str(tokens)
    assert "13812345678" in str(tokens)
