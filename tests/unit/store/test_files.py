"""Files on disk: kept once by their content, whole or not at all."""

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from zhike.store.files import Files, FileTooLarge, pieces


async def told(*parts: bytes, then: Exception | None = None) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    if then is not None:
        raise then


def contents(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


async def test_a_content_is_found_by_its_hash(tmp_path: Path) -> None:
    files = Files(tmp_path)

    stored = await files.keep(told(b"hello ", b"world"), limit=100)

    assert stored.hash == sha256(b"hello world").hexdigest()
    assert (stored.size, stored.path) == (11, files.path(stored.hash))
    assert [one async for one in pieces(stored.path)] == [b"hello world"]


async def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    files = Files(tmp_path)

    await files.keep(told(b"hello"), limit=100)
    await files.keep(told(b"hel", b"lo"), limit=100)

    assert len(contents(tmp_path)) == 1


async def test_too_much_is_refused_as_soon_as_it_is_and_leaves_nothing(tmp_path: Path) -> None:
    files = Files(tmp_path)

    with pytest.raises(FileTooLarge):
        await files.keep(told(b"x" * 60, b"x" * 60, then=AssertionError()), limit=100)

    assert contents(tmp_path) == []


async def test_a_broken_upload_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError):
        await Files(tmp_path).keep(told(b"x", then=ConnectionError()), limit=100)

    assert contents(tmp_path) == []
