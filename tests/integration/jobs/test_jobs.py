"""A job of the simplest kind: what becomes of it, whatever its work does."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest

from zhike.db.faults import Collided
from zhike.doors.system import System
from zhike.hub.faults import AskerGone, Unforeseen
from zhike.hub.jobs import Books, asker, in_chunks, reasons, resume
from zhike.kernel.faults import Fault, Invalid, NotFound, Unavailable, problem
from zhike.kernel.sql import sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform

WORKSPACE = "main"


@dataclass(kw_only=True)
class Paper:
    """Books of one page."""

    state: str = "waiting"
    stopped: Fault | None = None
    done: list[int] = field(default_factory=list)

    async def begin(self, _: Tx, __: UUID) -> bool:
        if self.state == "done":
            return False
        self.state, self.stopped = "running", None
        return True

    async def found(self, _: Tx, __: UUID) -> "Paper":
        return self

    async def fail(self, _: Tx, __: UUID, fault: Fault) -> None:
        self.state, self.stopped = "failed", fault

    @property
    def books(self) -> Books["Paper"]:
        return Books(name="test", source="test", begin=self.begin, found=self.found, fail=self.fail)


async def ended(_: Paper) -> None:
    raise NotFound


async def away(_: Paper) -> None:
    raise Unavailable(reason="pulled")


async def surprised(_: Paper) -> None:
    raise ZeroDivisionError


async def test_what_is_over_is_not_done_again(system: System) -> None:
    paper = Paper(state="done")

    given = await resume(paper.books, system.hands, uuid4(), workspace=WORKSPACE, work=ended)

    assert given is paper
    assert paper.state == "done"


@pytest.mark.parametrize(("work", "fault"), [(ended, NotFound), (surprised, Unforeseen)])
async def test_what_ends_it_is_written_down(system: System, work: object, fault: type) -> None:
    paper = Paper()

    with pytest.raises(fault):
        await resume(paper.books, system.hands, uuid4(), workspace=WORKSPACE, work=work)  # type: ignore[arg-type] # one of the above

    assert paper.state == "failed"
    assert isinstance(paper.stopped, fault)


async def test_what_passes_leaves_it_as_it_stands(system: System) -> None:
    paper = Paper()

    with pytest.raises(Unavailable):
        await resume(paper.books, system.hands, uuid4(), workspace=WORKSPACE, work=away)

    assert (paper.state, paper.stopped) == ("running", None)


async def test_a_chunk_that_met_somebody_is_begun_again(system: System) -> None:
    tried: list[int] = []

    async def chunk(tx: Tx) -> bool:
        tried.append(await tx.value(sql("SELECT 1")))
        if len(tried) in {2, 3}:
            raise Collided
        return len(tried) < 4

    await in_chunks(system.hands, WORKSPACE, platform(), chunk)

    assert len(tried) == 4


async def test_a_chunk_that_always_meets_somebody_is_given_up(system: System) -> None:
    tried: list[int] = []

    async def chunk(_: Tx) -> bool:
        tried.append(1)
        raise Collided

    with pytest.raises(Collided):
        await in_chunks(system.hands, WORKSPACE, platform(), chunk)

    assert len(tried) == 5


async def test_nobody_in_person_is_the_platform_and_a_stranger_is_gone(system: System) -> None:
    held = await asker(system.hands, WORKSPACE, None, source="test")

    assert held.viewer.trusted
    assert held.viewer.source == "test"
    with pytest.raises(AskerGone):
        await asker(system.hands, WORKSPACE, uuid4(), source="test")


def test_reasons_tell_every_problem() -> None:
    told = reasons(Invalid([problem(NotFound), problem(Unavailable, reason="x")]))

    assert told["zh"] == "不存在或无权查看；服务暂时不可用：x"
    assert told["en"].startswith("There is no such thing")
    assert told["en"].endswith("cannot answer just now: x.")
