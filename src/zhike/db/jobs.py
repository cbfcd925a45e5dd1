"""
Work for later: tasks by name, and jobs put into the queue in the same transaction as their data.

The queue is Procrastinate's, in schema `zhike`. Only `db.worker` runs what is queued; a process
that merely puts jobs there does not load any of it.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhike.kernel.faults import Fault
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx

Args = Mapping[str, object]
Work = Callable[[Args], Awaitable[None]]

QUERIES = load(Path(__file__).with_name("jobs.sql"))
QUEUE = "zhike"
ATTEMPTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A job that was tried as often as its task says, and not done."""

    args: Args
    number: int
    """Of the job in the queue."""
    fault: Fault
    """What the last try ended with; what is Unavailable is tried on, anything else is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """
    What a job of some name does.

    A job may be run again after a crash, even if it had come to its end: work must bear that.
    """

    name: str
    work: Work
    attempts: int = ATTEMPTS
    """How often it is tried before it counts as stuck; each time after a longer pause."""
    every: str = ""
    """When it is to run by itself, as a cron line (UTC); the job's args are then empty."""
    stuck: Callable[[Stuck], Awaitable[None]] | None = None
    """What is done when it gets nowhere; done again with each further try."""


class Jobs:
    """The tasks that this installation knows, and the way to queue jobs for them."""

    def __init__(self) -> None:
        self.tasks: dict[str, Task] = {}

    def task(
        self,
        name: str,
        *,
        attempts: int = ATTEMPTS,
        every: str = "",
        stuck: Callable[[Stuck], Awaitable[None]] | None = None,
    ) -> Callable[[Work], Work]:
        """Make a function known as the work of jobs with this name."""

        def known(work: Work) -> Work:
            if name in self.tasks:
                raise KeyError(f"there is already a task {name}")
            self.tasks[name] = Task(
                name=name, work=work, attempts=attempts, every=every, stuck=stuck
            )
            return work

        return known

    async def defer(
        self,
        tx: Tx,
        name: str,
        *,
        args: Args,
        once: str | None = None,
        at: datetime | None = None,
    ) -> int | None:
        """
        Queue a job; it exists when the transaction is committed, and not before.

        `once`: nothing is queued (and None given) while a job with the same word still waits to
        begin.
        """
        if name not in self.tasks:
            raise KeyError(f"there is no task {name}")
        given: int | None = await tx.value(
            QUERIES["defer"](
                queue=QUEUE, task=name, args=json.dumps(args, ensure_ascii=False), once=once, at=at
            )
        )
        return given

    async def known(self, tx: Tx, name: str, *, args: Args) -> bool:
        """Say whether a job with these args waits, runs, or was lost and is to be begun again."""
        asked = QUERIES["known"](task=name, args=json.dumps(args, ensure_ascii=False))
        return bool(await tx.value(asked))

    async def counts(self, tx: Tx) -> Mapping[str, int]:
        """Count the jobs by state: todo, doing, succeeded, failed …."""
        return dict(await tx.rows(QUERIES["counts"]()))
