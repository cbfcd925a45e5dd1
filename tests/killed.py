"""Processes that are killed in the middle of what they do."""

import asyncio
import os
import signal
import sys

from zhike.doors.system import System

PATIENCE_SECONDS = 120.0

JOB = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID
from zhike.bootstrap import WORK, build
from zhike.kernel.settings import Settings

async def main(url, home, workspace, job, id, chunk, last, action):
    system = build(Settings(database_url=url, home=Path(home)))
    batches = 0

    async def slow(batch, tx):
        nonlocal batches
        done = await system.hands.take_in(batch, tx)
        batches += action in {"", batch.action}
        if batches == int(last):
            print("in the middle", flush=True)
            await asyncio.sleep(600)
        return done

    async with system:
        lame = replace(system.hands, take_in=slow)
        await WORK[job](lame, UUID(id), workspace=workspace, chunk=int(chunk))

asyncio.run(main(*sys.argv[1:]))
"""


async def killed(code: str, *words: str) -> str:
    """Run some Python in a process of its own, and kill it once it says a line; give the line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, *words, stdout=asyncio.subprocess.PIPE, env=dict(os.environ)
    )
    assert process.stdout is not None
    said = await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    return said.decode().strip()


async def killed_in(
    system: System,
    workspace: str,
    job: tuple[str, str],
    *,
    chunk: int,
    batch: int,
    action: str = "",
) -> None:
    """
    Begin a job (its task and id) in a process of its own, and kill it within a batch: after the
    intake, before the commit. `action` counts only batches that do this.
    """
    at = (system.db.url, str(system.settings.home), workspace)
    said = await killed(JOB, *at, *job, str(chunk), str(batch), action)
    assert said == "in the middle", said
