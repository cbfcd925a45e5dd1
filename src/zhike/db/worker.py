"""
Runs what `db.jobs` queued, and keeps the house: lost jobs, old jobs, partitions of events.

Loads Procrastinate, so only the worker process imports it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import procrastinate
from procrastinate import exceptions, jobs, retry

from zhike.db.faults import WorkerLost, translated
from zhike.db.jobs import QUEUE, Jobs, Stuck, Task
from zhike.db.migrate import make_event_months, workspaces
from zhike.db.pool import Database
from zhike.kernel.faults import Fault, Unavailable

LOG = logging.getLogger("zhike.worker")
HEARTBEAT_SECONDS = 3.0
LOST_SECONDS = 15.0
"""A worker that has been silent for so long is dead; its jobs are begun again."""
GRACE_SECONDS = 5.0
AGAIN_SECONDS = 1.0
LOST_OFTEN = 5
"""A job that was lost so often may be what kills its worker; it is tried more and more seldom."""
LONGEST_PAUSE = timedelta(hours=1)
KEEP_HOURS = 24 * 7
CONNECTIONS = 6


class Pauses(retry.BaseRetryStrategy):
    """
    Tries a job again after 2, 4, 8 … seconds, some times; as often as it takes while only what
    stands around it fails: a database that is away says nothing of the job.
    """

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts

    def get_retry_decision(
        self, *, exception: BaseException, job: jobs.Job
    ) -> procrastinate.RetryDecision | None:
        """Say when, if at all."""
        if isinstance(exception, exceptions.JobAborted | asyncio.CancelledError):
            return procrastinate.RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, Unavailable):
            return procrastinate.RetryDecision(retry_in={"seconds": 2 ** min(job.attempts + 1, 6)})
        if job.attempts + 1 >= self.attempts:
            return None
        return procrastinate.RetryDecision(retry_in={"seconds": 2 ** min(job.attempts + 1, 10)})


async def run_worker(
    known: Jobs, database: Database, *, stop: asyncio.Event, concurrency: int = 4
) -> None:
    """Run jobs until told to stop; a lost database is waited for."""
    app = _app(known, database)
    while not stop.is_set():
        try:
            async with app.open_async():
                await _run(app, known, stop=stop, concurrency=concurrency)
        except Exception:  # the one loop that must outlive everything
            LOG.exception("the worker begins anew")
        if not stop.is_set():
            await asyncio.sleep(AGAIN_SECONDS)


async def _run(
    app: procrastinate.App, known: Jobs, *, stop: asyncio.Event, concurrency: int
) -> None:
    working = asyncio.create_task(
        app.run_worker_async(
            queues=[QUEUE],
            concurrency=concurrency,
            install_signal_handlers=False,
            shutdown_graceful_timeout=GRACE_SECONDS,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=LOST_SECONDS,
        )
    )
    told = asyncio.create_task(stop.wait())
    finding = asyncio.create_task(_find_lost(app, known))
    await asyncio.wait((working, told, finding), return_when=asyncio.FIRST_COMPLETED)
    for task in (working, told, finding):
        task.cancel()
    ended = await asyncio.gather(working, told, finding, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


def lost_pause(attempts: int) -> timedelta:
    """Say for how long a job is left alone that was lost and had been tried so often before."""
    if attempts < LOST_OFTEN:
        return timedelta()
    return min(timedelta(seconds=2 ** min(attempts, 16)), LONGEST_PAUSE)


async def _tell_stuck(task: Task | None, job: jobs.Job, fault: Fault) -> None:
    """Have it told that a job gets nowhere, if that is so; the queue goes on in any case."""
    if task is None or task.stuck is None or job.id is None or job.attempts + 1 < task.attempts:
        return
    try:
        await task.stuck(Stuck(args=job.task_kwargs, number=job.id, fault=fault))
    except Fault as another:
        LOG.warning("job %s (%s) is stuck: %s", job.id, job.task_name, another)


async def _find_lost(app: procrastinate.App, known: Jobs) -> None:
    """Begin again what died with its worker."""
    manager = app.job_manager
    while True:
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=LOST_SECONDS):
            LOG.warning("job %s (%s) was lost with its worker", job.id, job.task_name)
            await _tell_stuck(
                known.tasks.get(job.task_name), job, WorkerLost(times=job.attempts + 1)
            )
            await manager.retry_job(job, retry_at=datetime.now(UTC) + lost_pause(job.attempts))
        await asyncio.sleep(LOST_SECONDS / 2)


def _app(known: Jobs, database: Database) -> procrastinate.App:
    app = procrastinate.App(
        connector=procrastinate.PsycopgConnector(
            conninfo=database.url,
            kwargs={"options": "-c search_path=zhike", "application_name": "zhike worker"},
            min_size=1,
            max_size=CONNECTIONS,
        )
    )
    for task in known.tasks.values():
        _teach(app, task)
    _teach(app, Task(name="zhike.months", work=_months(database), every="17 3 * * *"))
    _teach(app, Task(name="zhike.old_jobs", work=_old_jobs(app), every="47 3 * * *"))
    return app


def _teach(app: procrastinate.App, task: Task) -> None:
    async def run(context: procrastinate.JobContext, /, **_: object) -> None:
        try:
            await task.work({} if task.every else context.job.task_kwargs)
        except Fault as fault:
            await _tell_stuck(task, context.job, fault)
            raise

    known = app.task(name=task.name, queue=QUEUE, pass_context=True, retry=Pauses(task.attempts))
    taught = known(run)
    if task.every:
        app.periodic(cron=task.every, periodic_id=task.name)(taught)  # type: ignore[arg-type] # takes any


def _months(database: Database) -> Callable[[object], Awaitable[None]]:
    async def work(_: object) -> None:
        for workspace in await workspaces(database):
            await make_event_months(database, workspace)

    return work


def _old_jobs(app: procrastinate.App) -> Callable[[object], Awaitable[None]]:
    async def work(_: object) -> None:
        with translated():
            await app.job_manager.delete_old_jobs(
                nb_hours=KEEP_HOURS, include_failed=True, include_cancelled=True
            )

    return work
