"""Files as a workspace knows them: names given to contents."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.store.files.folder import Stored

QUERIES = load(Path(__file__).with_name("queries.sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as the workspace knows it: a name given to a content."""

    id: UUID
    hash: str
    name: str
    type: str
    size: int
    created_by: UUID | None
    created_at: datetime


async def add(
    tx: Tx,
    stored: Stored,
    *,
    name: str,
    type: str,  # noqa: A002 - as in HTTP
    id: UUID | None = None,  # noqa: A002 - what it is
) -> File:
    """Give a content a name in the workspace, and an id unless it has one already."""
    clean = name.replace("\x00", "").replace("\\", "/").rsplit("/", 1)[-1][-255:] or "file"
    row = await tx.row(
        QUERIES["add_file"](
            id=id, hash=stored.hash, name=clean, type=type, size=stored.size, by=tx.viewer.id
        )
    )
    id_, created_at = row or (None, None)
    return File(
        id=id_, hash=stored.hash, name=clean, type=type, size=stored.size,
        created_by=tx.viewer.id, created_at=created_at,
    )  # fmt: skip


async def found(tx: Tx, id: UUID) -> File | None:  # noqa: A002 - what it is
    """Give a file of the workspace."""
    row = await tx.row(QUERIES["file"](id=id))
    if row is None:
        return None
    names = ("id", "hash", "name", "type", "size", "created_by", "created_at")
    return File(**dict(zip(names, row, strict=True)))


async def named(tx: Tx, hashes: Collection[str]) -> frozenset[str]:
    """Give those contents out of some that have a name in the workspace."""
    rows = await tx.rows(QUERIES["named"](hashes=list(hashes)))
    return frozenset(hash_ for (hash_,) in rows)


async def any_named(tx: Tx) -> bool:
    """Say whether the workspace has any file at all."""
    return bool(await tx.value(QUERIES["any_named"]()))
