"""Stories of automatic numbers: they count, they begin again, they never come twice."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.lending import Desk

from zhike.kernel.sql import sql
from zhike.store.batch import Fate


async def numbers(desk: Desk) -> list[str]:
    return [row[0] for row in await desk.tx.rows(sql("SELECT number FROM loan ORDER BY id"))]


async def today(desk: Desk) -> str:
    moment: datetime = await desk.tx.value(sql("SELECT now()"))
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y%m%d")


async def test_numbers_count_from_one(desk: Desk) -> None:
    await desk.create("loan", {}, {})
    await desk.one("loan")

    day = await today(desk)
    assert await numbers(desk) == [f"JY-{day}-0001", f"JY-{day}-0002", f"JY-{day}-0003"]


async def test_a_new_day_counts_from_one_again(desk: Desk) -> None:
    await desk.create("loan", {}, {})
    await desk.tx.run(sql("UPDATE zk_number_period SET period = '20000101'"))
    await desk.tx.run(sql("UPDATE loan SET number = 'JY-20000101-' || right(number, 4)"))

    await desk.create("loan", {}, {})

    assert [one[-4:] for one in await numbers(desk)] == ["0001", "0002", "0001", "0002"]


async def test_a_number_that_comes_along_is_kept_and_passed(desk: Desk) -> None:
    day = await today(desk)

    done = await desk.create("loan", {"number": f"JY-{day}-0007"}, {"number": "ERP/1"}, {})

    assert [one.fate for one in done] == [Fate.CREATED] * 3
    assert await numbers(desk) == [f"JY-{day}-0007", "ERP/1", f"JY-{day}-0008"]


async def test_a_number_far_ahead_is_passed_without_counting_up_to_it(desk: Desk) -> None:
    day = await today(desk)

    await desk.create("loan", {"number": f"JY-{day}-999999999"})
    await desk.one("loan")

    assert (await numbers(desk))[-1] == f"JY-{day}-1000000000"


async def test_a_default_may_be_computed(desk: Desk) -> None:
    given, left = await desk.create("loan", {"lent_at": None}, {})

    now = await desk.tx.value(sql("SELECT now()"))
    assert await desk.held("loan", given.record, "lent_at") == (None,)
    assert await desk.held("loan", left.record, "lent_at") == (now,)
