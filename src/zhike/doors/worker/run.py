"""One worker process: opens the system, runs jobs, tells of what is written, and stops politely."""

import asyncio
import signal

from zhike.db.worker import run_worker
from zhike.doors.system import System
from zhike.hub.notifications import follow


async def work(system: System) -> None:
    """Run jobs until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    async with system:
        await system.attend()
        async with asyncio.TaskGroup() as both:
            both.create_task(follow(system.hands, stop))
            both.create_task(run_worker(system.jobs, system.db, stop=stop))
