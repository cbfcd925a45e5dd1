"""
Brings the schemas of the platform and of each workspace up to date: numbered, forward only, once
each.

Tables of business objects are none of its business: those follow the configuration, see
`store.ddl`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from zhike.db.conversation import Conversation
from zhike.db.faults import MigrationChanged, NewerSchema
from zhike.db.pool import Database
from zhike.kernel.queries import load
from zhike.kernel.sql import ident, sql
from zhike.kernel.viewer import platform

Side = Literal["system", "workspace"]
FOLDER = Path(__file__).parent / "migrations"
QUERIES = load(Path(__file__).with_name("queries.sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One file of statements."""

    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """Tells whether the file was changed after it had been run somewhere."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


@cache
def migrations(side: Side) -> Sequence[Migration]:
    """Give the migrations of the system schema or of a workspace, in order."""
    return tuple(
        Migration(
            number=int(path.stem[:4]), name=path.stem[5:], text=path.read_text(encoding="utf-8")
        )
        for path in sorted((FOLDER / side).glob("[0-9][0-9][0-9][0-9]_*.sql"))
    )


async def migrate(database: Database) -> None:
    """Bring everything up to date; safe to call from several processes at once, and again."""
    async with database.transaction(platform(), "") as tx:
        await _wait_for_turn(tx)
        if not await tx.value(QUERIES["begun"]()):
            await tx.script(QUERIES["begin"].text)
        await _catch_up(tx, "system", schema="zhike")
        await _catch_up_jobs(tx)
        slugs = [slug for (slug,) in await tx.rows(QUERIES["workspaces"]())]
    for slug in slugs:
        await _migrate_workspace(database, slug)


async def workspaces(database: Database) -> Sequence[str]:
    """Name every workspace."""
    async with database.reading(platform(), "") as tx:
        return [slug for (slug,) in await tx.rows(QUERIES["workspaces"]())]


async def create_workspace(
    database: Database, slug: str, *, label: str = "", zone: str = "Asia/Shanghai"
) -> bool:
    """Make a workspace unless it is there; tell whether it was made."""
    async with database.transaction(platform(), "") as tx:
        await _wait_for_turn(tx)
        made = await tx.run(QUERIES["add_workspace"](slug=slug, label=label, zone=zone))
    await _migrate_workspace(database, slug)
    return bool(made)


async def drop_workspace(database: Database, slug: str) -> None:
    """Remove a workspace with everything in it and everything that is queued for it."""
    schema = f"ws_{slug}"
    async with database.transaction(platform(), "") as tx:
        await _wait_for_turn(tx)
        await tx.run(QUERIES["remove_workspace"](slug=slug))
        await tx.run(QUERIES["forget_migrations"](schema=schema))
        await tx.run(QUERIES["forget_jobs"](slug=slug))
        await tx.run(sql("DROP SCHEMA IF EXISTS {schema} CASCADE", schema=ident(schema)))


async def make_event_months(database: Database, slug: str, *, ahead: int = 2) -> int:
    """Have partitions ready for the events of the coming months; give how many were made."""
    async with database.transaction(platform(), slug) as tx:
        return int(await tx.value(QUERIES["event_months"](workspace=slug, ahead=ahead)))


async def pending(database: Database) -> int:
    """Count the migrations that are still to be run."""
    async with database.reading(platform(), "") as tx:
        if not await tx.value(QUERIES["begun"]()):
            return len(migrations("system"))
        done, slugs = await tx.several([QUERIES["recorded"](), QUERIES["workspaces"]()])
    wanted = {("zhike", one.number) for one in migrations("system")}
    wanted |= {(f"ws_{slug}", one.number) for (slug,) in slugs for one in migrations("workspace")}
    return len(wanted - {(schema, number) for schema, number, *_ in done})


async def _wait_for_turn(tx: Conversation) -> None:
    await tx.several([QUERIES["wait_for_turn"](), QUERIES["look_again"]()])


async def _migrate_workspace(database: Database, slug: str) -> None:
    schema = f"ws_{slug}"
    async with database.transaction(platform(), slug) as tx:
        await _wait_for_turn(tx)
        await tx.run(sql("CREATE SCHEMA IF NOT EXISTS {schema}", schema=ident(schema)))
        await _catch_up(tx, "workspace", schema=schema)
    await make_event_months(database, slug)


async def _catch_up(tx: Conversation, side: Side, *, schema: str) -> None:
    done = {
        number: (name, checksum)
        for where, number, name, checksum in await tx.rows(QUERIES["recorded"]())
        if where == schema
    }
    files = migrations(side)
    if newer := done.keys() - {one.number for one in files}:
        raise NewerSchema(schema=schema, number=max(newer))
    for one in files:
        if one.number not in done:
            await tx.script(one.text)
            await tx.run(
                QUERIES["record"](
                    schema=schema, number=one.number, name=one.name, checksum=one.checksum
                )
            )
        elif done[one.number] != (one.name, one.checksum):
            raise MigrationChanged(schema=schema, number=one.number, name=one.name)


async def _catch_up_jobs(tx: Conversation) -> None:
    """The queue brings migrations of its own; a new database begins with their sum."""
    done = {name for (name,) in await tx.rows(QUERIES["recorded_jobs"]())}
    files = sorted((QUEUE / "migrations").glob("*.sql"))
    missing = [path for path in files if path.name not in done]
    for path in missing if done else [QUEUE / "schema.sql"]:
        await tx.script(path.read_text(encoding="utf-8"))
    await tx.run(QUERIES["record_jobs"](names=[path.name for path in missing]))


def _queue() -> Path:
    spec = find_spec("procrastinate")
    (folder,) = (spec and spec.submodule_search_locations) or ("procrastinate",)
    return Path(folder) / "sql"


QUEUE = _queue()
