"""
What comes while the same is under way is done together, in one go.

Nobody is kept waiting for company: who comes first goes at once. Only while as many are under way
as are worth it does the next one wait, and whoever else has come by the time one of them is done
goes along. This file knows nothing of what is done.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from zhike.kernel.faults import Fault

LOG = logging.getLogger("zhike.http")

ABREAST = 2
"""So many go at the same time: while one waits for the database, the other has the processor."""
PATIENCE = 0.25
"""Seconds that somebody waits for others: who is under way for longer holds up nobody."""
MOST = 16
"""So many go together: what one transaction locks stays little, and nobody waits long."""

One = TypeVar("One")
Told = TypeVar("Told")


class Unsure(Exception):
    """Nobody knows whether it was done, so it may not be done again; its cause is what is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing(Generic[One, Told]):
    """How something is done."""

    alone: Callable[[One], Awaitable[Told]]
    several: Callable[[Sequence[One]], Awaitable[Sequence[Told | None]]]
    """Does several at once; gives None for each that has to be done alone after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Generic[One, Told]):
    """Somebody who waits."""

    wanted: One
    told: asyncio.Future[Told | None]
    """None: it has to be done alone after all."""


class Lane(Generic[One, Told]):
    """Everything of one kind: how it is done, how many are under way, and who waits."""

    def __init__(self, doing: Doing[One, Told]) -> None:
        self.doing = doing
        self.going = 0
        self.met = 1
        """How many go together of late: as many will come again."""
        self.waiting: deque[Seat[One, Told]] = deque()

    def open(self, number: int) -> bool:
        """
        Say whether so many may go: if nobody is under way, or beside one as soon as they are as
        many as went together of late.
        """
        return not self.going or (self.going < ABREAST and number >= self.met)

    def left(self, number: int) -> None:
        """Hear that so many are done; one who went alone does not make everybody go alone."""
        self.going -= 1
        self.met = max(1, (self.met + number) // 2)

    async def done(self, ones: Sequence[One]) -> Sequence[Told | None]:
        """Do what some wait for."""
        if len(ones) > 1:
            return await self.doing.several(ones)
        return [await self.doing.alone(ones[0])]

    def seated(self) -> list[Seat[One, Told]]:
        """Take those who go next; who stopped waiting is left out."""
        seated: list[Seat[One, Told]] = []
        while self.waiting and len(seated) < MOST:
            one = self.waiting.popleft()
            if not one.told.done():
                seated.append(one)
        return seated


class Together(Generic[One, Told]):
    """
    Does alone what comes alone, and together what comes at the same time.

    If several cannot be done together, that is nobody's fault in particular: each is done alone
    then, and told what is wrong with it.
    """

    def __init__(self, *, patience: float = PATIENCE) -> None:
        """Take how many seconds somebody waits for others at most."""
        self._patience = patience
        self._lanes: dict[Hashable, Lane[One, Told]] = {}
        self._runs: set[asyncio.Task[Sequence[Told | None]]] = set()

    @property
    def going(self) -> int:
        """How many are under way, alone or together."""
        return sum(one.going for one in self._lanes.values())

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(len(one.waiting) for one in self._lanes.values())

    async def done(self, kind: Hashable, one: One, doing: Doing[One, Told]) -> Told:
        """
        Do one thing, in company of those of its kind that wait as well.

        Who stops waiting stops nobody else; what he wanted may have been done by then.
        """
        lane = self._lanes.setdefault(kind, Lane(doing))
        if not lane.waiting and lane.open(1):
            lane.going += 1
            try:
                return await doing.alone(one)
            finally:
                self._left(kind, lane, 1)
        seat: Seat[One, Told] = Seat(wanted=one, told=asyncio.get_running_loop().create_future())
        lane.waiting.append(seat)
        if lane.open(len(lane.waiting)):
            self._go(kind, lane)
        elif len(lane.waiting) == 1:
            self._watch(kind, lane)
        told = await seat.told
        return await doing.alone(one) if told is None else told

    def _left(self, kind: Hashable, lane: Lane[One, Told], number: int) -> None:
        """Have those who wait go, now that so many are done."""
        lane.left(number)
        if lane.waiting and lane.open(len(lane.waiting)):
            self._go(kind, lane)
        if not lane.going and not lane.waiting:
            self._lanes.pop(kind, None)

    def _go(self, kind: Hashable, lane: Lane[One, Told]) -> None:
        seated = lane.seated()
        if seated:
            lane.going += 1
            run = asyncio.create_task(lane.done([one.wanted for one in seated]))
            self._runs.add(run)
            run.add_done_callback(partial(self._told, kind, lane, seated))
        if lane.waiting:
            self._watch(kind, lane)

    def _watch(self, kind: Hashable, lane: Lane[One, Told]) -> None:
        """Have those who wait go in any case, when the first of them has waited long enough."""
        loop = asyncio.get_running_loop()
        loop.call_later(self._patience, self._overdue, kind, lane, lane.waiting[0])

    def _overdue(self, kind: Hashable, lane: Lane[One, Told], first: Seat[One, Told]) -> None:
        if lane.waiting and lane.waiting[0] is first:
            self._go(kind, lane)

    def _told(
        self,
        kind: Hashable,
        lane: Lane[One, Told],
        seated: Sequence[Seat[One, Told]],
        run: asyncio.Task[Sequence[Told | None]],
    ) -> None:
        self._runs.discard(run)
        _tell(seated, run)
        self._left(kind, lane, len(seated))


def _tell(seated: Sequence[Seat[One, Told]], run: asyncio.Task[Sequence[Told | None]]) -> None:
    """Tell everybody who still waits what came of it."""
    failed = asyncio.CancelledError() if run.cancelled() else run.exception()
    several = len(seated) > 1
    if several and isinstance(failed, Exception) and not isinstance(failed, Fault | Unsure):
        LOG.warning("what failed together is done one by one", exc_info=failed)
    for n, one in enumerate(seated):
        if one.told.done():
            continue
        match failed:
            case None:
                one.told.set_result(run.result()[n])
            case asyncio.CancelledError():
                one.told.cancel()
            case Unsure():
                one.told.set_exception(failed.__cause__ or failed)
            case _ if several:
                one.told.set_result(None)
            case _:
                one.told.set_exception(failed)
