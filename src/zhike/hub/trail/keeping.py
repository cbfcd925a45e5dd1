"""What is done to the logs of every workspace by the clock, and on demand."""

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zhike.db import Database, workspaces
from zhike.kernel.faults import Fault
from zhike.kernel.viewer import platform
from zhike.store import trail
from zhike.store.catalog import Catalog
from zhike.store.trail import LOGS, Head, Heads, Log, LogKey, SealKey, Verdict, seal_key, seal_keys
from zhike.store.trail.faults import NotThisHead

LOG = logging.getLogger("zhike.worker")
PATIENCE_SECONDS = 10.0
GLANCE_SECONDS = 0.05
DIGITS = 18
HEX = re.compile(r"[0-9a-fA-F]{64}")


async def seal_all(db: Database) -> None:
    """Seal what is final in every log of every workspace; one that cannot be keeps no other."""
    key = await asyncio.to_thread(seal_key, db.settings.home)
    for workspace in await workspaces(db):
        for log in LOGS.values():
            try:
                await seal_once(db, workspace, log, key)
            except Fault as fault:
                LOG.warning("%s %s: %s: %s", workspace, log.key, fault.code, fault)


async def seal_once(
    db: Database, workspace: str, log: Log, key: SealKey, *, another_key: bool = False
) -> int:
    """Seal what is final in one log; give the number of new seals. Quick if nothing came."""
    async with db.reading(platform(), workspace) as tx:
        if not await trail.waiting(tx, log):
            return 0
    async with db.transaction(platform(), workspace) as tx:
        made = await trail.seal(tx, log, key, another_key=another_key)
    if made:
        head = made[-1].head(workspace)
        await asyncio.to_thread(Heads(db.settings.home).advance, workspace, log.key, head)
    return len(made)


async def seal_now(
    db: Database, workspace: str, *, another_key: bool = False
) -> Mapping[LogKey, int]:
    """
    Seal everything there is in a workspace, waiting a while for what is under way.

    Gives the number of new seals by log.
    """
    key = await asyncio.to_thread(seal_key, db.settings.home)
    done: dict[LogKey, int] = dict.fromkeys(LOGS, 0)
    until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    open_ = list(LOGS)
    while open_ and asyncio.get_running_loop().time() < until:
        for name in tuple(open_):
            log = LOGS[name]
            done[name] += await seal_once(db, workspace, log, key, another_key=another_key)
            async with db.reading(platform(), workspace) as tx:
                if not await trail.waiting(tx, log):
                    open_.remove(name)
        if open_:
            await asyncio.sleep(GLANCE_SECONDS)
    return done


def heads_of(text: str) -> Mapping[LogKey, Head]:
    """Read heads kept elsewhere: `changes:12:9f86…`, several with commas."""
    heads: dict[LogKey, Head] = {}
    for one in filter(None, (part.strip() for part in text.split(","))):
        name, _, rest = one.partition(":")
        number, _, digest = rest.partition(":")
        known = [log for log in LOGS if log == name.replace("-", "_")]
        plain = number.isascii() and number.isdigit() and len(number) <= DIGITS
        if not known or not plain or not HEX.fullmatch(digest):
            raise NotThisHead(at="head", value=one[:80], wanted="log:number:digest")
        heads[known[0]] = (int(number), digest.lower())
    return heads


async def verify(
    db: Database, workspace: str, *, logs: Sequence[LogKey] = (), heads: Mapping[LogKey, Head] = {}
) -> Sequence[Verdict]:
    """Verify some logs of a workspace (all, if none is named) against the heads kept as well."""
    home: Path = db.settings.home
    keys = await asyncio.to_thread(seal_keys, home)
    kept = await asyncio.to_thread(Heads(home).known, workspace)
    verdicts = []
    for name in logs or LOGS:
        known = [one for one in (kept.get(name), heads.get(name)) if one is not None]
        async with db.reading(platform(), workspace) as tx:
            verdicts.append(await trail.verify(tx, LOGS[name], keys, heads=known))
    return verdicts


async def clear_old(db: Database, catalog: Catalog) -> int:
    """Take out of every log what is older than its workspace keeps it; give the number of rows."""
    key = await asyncio.to_thread(seal_key, db.settings.home)
    cleared = 0
    for workspace in await workspaces(db):
        spec = (await catalog.snapshot(workspace)).security.logs
        viewer = replace(platform("retention"), name="Zhike")
        for log in LOGS.values():
            try:
                async with db.transaction(viewer, workspace) as tx:
                    cleared += await trail.clear(tx, log, key, months=getattr(spec, log.key))
            except Fault as fault:
                LOG.warning("%s %s: %s: %s", workspace, log.key, fault.code, fault)
    return cleared
