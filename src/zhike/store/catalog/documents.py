"""
The documents as PostgreSQL keeps them: the current text of each, and every earlier one.

It writes what it is given. Whether that makes sense, and what it does to tables, is decided above.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import orjson

from zhike.kernel.queries import load
from zhike.kernel.tx import Row, Tx
from zhike.meta import Json

QUERIES = load(Path(__file__).with_name("queries.sql"))

CHANNEL = "zhike"
"""Where processes tell each other what changed."""

Body = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One document as it is kept."""

    kind: str
    key: str
    version: int
    app: str | None
    body: Body
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a document; `body` is None where it was removed."""

    version: int
    app: str | None
    """The app that shipped this very text; None for what a person wrote or a merge gave."""
    body: Body | None
    at: datetime
    actor: UUID | None
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """
    A document to keep.

    `shipped` is the text as its app ships it, `body` what is to hold if that is something else.
    Both become versions, so that the next upgrade knows what the app had said.
    """

    kind: str
    key: str
    app: str | None = None
    shipped: Body | None = None
    body: Body | None = None


async def lock(tx: Tx) -> int:
    """Wait for one's turn to change the configuration; give its version."""
    return int(await tx.value(QUERIES["lock_config"]()))


async def stay(tx: Tx) -> None:
    """Have the configuration stay as it is until this transaction ends."""
    await tx.run(QUERIES["stay"]())


async def patience(tx: Tx) -> None:
    """Rather give up than hold everybody up while waiting for a table that somebody reads."""
    await tx.run(QUERIES["patience"]())


async def config_version(tx: Tx) -> tuple[int, str]:
    """Give the version of the configuration, and the workspace's time zone."""
    row = await tx.row(QUERIES["config_version"](workspace=tx.workspace))
    version, zone = row or (0, None)
    return int(version), zone or "Asia/Shanghai"


async def stored(tx: Tx) -> tuple[Stored, ...]:
    """Give every document."""
    return tuple(_stored(row) for row in await tx.rows(QUERIES["documents"]()))


async def one_stored(tx: Tx, kind: str, key: str) -> Stored | None:
    """Give one document."""
    row = await tx.row(QUERIES["document"](kind=kind, key=key))
    return None if row is None else _stored(row)


async def shipped(tx: Tx, app: str) -> Mapping[tuple[str, str], Body]:
    """Give the documents of an app as it last shipped them."""
    rows = await tx.rows(QUERIES["shipped"](app=app))
    return {(row[0], row[1]): orjson.loads(row[4]) for row in rows}


async def versions(tx: Tx, kind: str, key: str) -> tuple[Version, ...]:
    """Give every version of one document, the newest first."""
    rows = await tx.rows(QUERIES["versions"](kind=kind, key=key))
    return tuple(
        Version(
            version=row[0],
            app=row[1],
            body=None if row[2] is None else orjson.loads(row[2]),
            at=row[3],
            actor=row[4],
            name=row[5],
        )
        for row in rows
    )


async def write(
    tx: Tx, written: Sequence[Written], *, remove: Iterable[tuple[str, str]] = ()
) -> int:
    """Keep and remove documents, raise the version of the configuration and tell everybody."""
    actor = tx.viewer.id
    if written:
        given = orjson.dumps([_given(one) for one in written]).decode()
        await tx.run(QUERIES["write_documents"](documents=given, actor=actor))
    gone = [{"kind": kind, "key": key} for kind, key in remove]
    if gone:
        await tx.run(
            QUERIES["remove_documents"](documents=orjson.dumps(gone).decode(), actor=actor)
        )
    version = int(await tx.value(QUERIES["raise_config"]()))
    await tx.run(QUERIES["tell"](payload=f"{tx.workspace} config"))
    return version


def _given(one: Written) -> Mapping[str, Json]:
    given = {
        "kind": one.kind,
        "key": one.key,
        "app": one.app,
        "shipped": one.shipped,
        "body": one.body,
    }
    return {name: value for name, value in given.items() if value is not None}


def _stored(row: Row) -> Stored:
    return Stored(
        kind=row[0],
        key=row[1],
        version=row[2],
        app=row[3],
        body=orjson.loads(row[4]),
        updated_at=row[5],
    )
