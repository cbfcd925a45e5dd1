"""Nobody waits for company, nobody is harmed by it, and everybody is told once."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhike.doors.together import ABREAST, MOST, Doing, Lane, Together, Unsure


class Bad(Exception):
    """Something is wrong with one."""


@dataclass
class Ferry:
    """Carries numbers across, once it may; 0 falls overboard, and a negative one sinks it."""

    may: asyncio.Event = field(default_factory=asyncio.Event)
    trips: list[list[int]] = field(default_factory=list)
    across: list[int] = field(default_factory=list)
    lost: bool = False
    """Whether nobody knows what became of a ferry that sank."""

    async def alone(self, one: int) -> str:
        self.trips.append([one])
        await self.may.wait()
        if one <= 0:
            raise Bad
        self.across.append(one)
        return f"{one}"

    async def several(self, ones: Sequence[int]) -> Sequence[str | None]:
        self.trips.append(list(ones))
        await asyncio.sleep(0)
        if any(one < 0 for one in ones):
            if self.lost:
                raise Unsure from Bad()
            raise Bad
        self.across += [one for one in ones if one]
        return [f"{one}" if one else None for one in ones]

    @property
    def doing(self) -> Doing[int, str]:
        return Doing(alone=self.alone, several=self.several)


def patient() -> Together[int, str]:
    """Give what never tires of waiting, however slow the machine is."""
    return Together(patience=600)


async def embarked(
    ferry: Ferry, together: Together[int, str], ones: Sequence[int]
) -> list[asyncio.Task[str]]:
    """Have some come at once; who can go has gone, the others wait."""
    tasks = [asyncio.create_task(together.done("river", one, ferry.doing)) for one in ones]
    for _ in range(3):
        await asyncio.sleep(0)
    assert len(ferry.trips) == min(ABREAST, len(ones))
    assert together.waiting == max(0, len(ones) - ABREAST)
    return tasks


async def told(tasks: Sequence[asyncio.Task[str]]) -> list[str]:
    done = await asyncio.gather(*tasks, return_exceptions=True)
    return [one if isinstance(one, str) else type(one).__name__ for one in done]


async def test_who_comes_alone_goes_alone_and_at_once() -> None:
    ferry, together = Ferry(), patient()
    ferry.may.set()

    done = [await together.done("river", one, ferry.doing) for one in (1, 2, 3)]

    assert (done, ferry.trips) == (["1", "2", "3"], [[1], [2], [3]])


async def test_who_comes_meanwhile_goes_together_in_the_order_of_coming() -> None:
    ferry, together = Ferry(), patient()
    tasks = await embarked(ferry, together, range(1, 8))
    ferry.may.set()

    assert await told(tasks) == [str(one) for one in range(1, 8)]
    assert ferry.trips == [[1], [2], [3, 4, 5, 6, 7]]
    assert together.waiting == 0


async def test_one_who_went_alone_does_not_make_everybody_go_alone() -> None:
    lane: Lane[int, str] = Lane(Ferry().doing)
    for number in (14, 14, 14, 1):
        lane.going += 1
        lane.left(number)
    lane.going = 1

    assert not lane.open(1)
    assert lane.open(6)
    for _ in range(MOST):
        lane.going += 1
        lane.left(1)
    assert lane.open(1), "who went together once does not make others wait for ever"


async def test_so_many_go_at_a_time_and_no_more() -> None:
    ferry, together = Ferry(), patient()
    ones = range(1, 3 * MOST)
    tasks = await embarked(ferry, together, ones)
    ferry.may.set()

    assert await told(tasks) == [str(one) for one in ones]
    assert max(map(len, ferry.trips)) == MOST


async def test_other_kinds_do_not_wait_for_each_other() -> None:
    ferry, together = Ferry(), patient()
    tasks = await embarked(ferry, together, [1, 2, 3])

    other = Ferry()
    other.may.set()

    assert await together.done("lake", 9, other.doing) == "9"
    ferry.may.set()
    assert await told(tasks) == ["1", "2", "3"]


async def test_what_fails_together_is_done_one_by_one() -> None:
    ferry, together = Ferry(), patient()
    tasks = await embarked(ferry, together, [1, 2, 3, -4, 5, 0])
    ferry.may.set()

    assert await told(tasks) == ["1", "2", "3", "Bad", "5", "Bad"]
    assert sorted(ferry.across) == [1, 2, 3, 5]


async def test_what_may_have_been_done_is_not_done_again() -> None:
    ferry, together = Ferry(lost=True), patient()
    tasks = await embarked(ferry, together, [1, 2, 3, -4, 5])
    ferry.may.set()

    assert await told(tasks) == ["1", "2", "Bad", "Bad", "Bad"]
    assert ferry.trips == [[1], [2], [3, -4, 5]]


async def test_who_stops_waiting_stops_nobody_else() -> None:
    ferry, together = Ferry(), patient()
    tasks = await embarked(ferry, together, [1, 2, 3, 4, 5])
    tasks[0].cancel()
    tasks[3].cancel()
    with suppress(asyncio.CancelledError):
        await tasks[3]
    ferry.may.set()

    assert await told(tasks) == ["CancelledError", "2", "3", "CancelledError", "5"]
    assert 4 not in ferry.across


@pytest.mark.parametrize("lost", [False, True])
def test_everybody_is_told_once_whatever_happens(*, lost: bool) -> None:
    steps = st.lists(
        st.tuples(st.integers(-1, 9), st.integers(0, 3), st.booleans()), max_size=4 * MOST
    )

    async def story(coming: Sequence[tuple[int, int, bool]]) -> None:
        ferry, together = Ferry(lost=lost), patient()
        ferry.may.set()
        tasks: list[tuple[int, bool, asyncio.Task[str]]] = []
        for one, pause, leaves in coming:
            task = asyncio.create_task(together.done("river", one, ferry.doing))
            tasks.append((one, leaves, task))
            for _ in range(pause):
                await asyncio.sleep(0)
            if leaves:
                task.cancel()
        answers = await told([task for _, _, task in tasks])

        for (one, leaves, _), answer in zip(tasks, answers, strict=True):
            assert answer in {str(one), *(["Bad"] if one <= 0 or lost else [])} or leaves
        stayed = sum(1 for one in answers if one not in {"Bad", "CancelledError"})
        left = sum(1 for _, leaves, _ in tasks if leaves)
        assert stayed <= len(ferry.across) <= stayed + left
        assert together.waiting == 0

    @settings(deadline=None, max_examples=60)
    @given(steps)
    def held(coming: Sequence[tuple[int, int, bool]]) -> None:
        asyncio.run(story(coming))

    held()


async def test_who_takes_long_holds_up_nobody_for_good() -> None:
    ferry, together = Ferry(), Together[int, str](patience=0.01)
    tasks = [asyncio.create_task(together.done("river", n, ferry.doing)) for n in range(1, 5)]

    assert await told(tasks[2:]) == ["3", "4"], "though nobody of the first is across"
    ferry.may.set()
    assert await told(tasks[:2]) == ["1", "2"]
