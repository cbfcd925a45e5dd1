"""
Where files of exports lie until their time is up: in the home, one folder for each workspace.

They are not among the attachments: nobody reaches them by an id, and two equal ones stay two.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree
from uuid import UUID

from zhike.hub.export.ledger import Export
from zhike.store.files import Files

FOLDER = "exports"
PARTIAL = "partial-"


def folder(files: Files, workspace: str) -> Path:
    """Give the folder of a workspace."""
    return files.folder.parent / FOLDER / workspace


def path(files: Files, workspace: str, export: Export) -> Path:
    """Say where the file of an export is."""
    return folder(files, workspace) / f"{export.id}.{export.format}"


def room(files: Files, workspace: str) -> Path:
    """Make the folder of a workspace, readable by nobody else on the machine."""
    made = folder(files, workspace)
    made.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made


def settle(written: Path, place: Path) -> tuple[int, str]:
    """Put a finished file into its place, on the disk; give its size and sha256."""
    with written.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    size = written.stat().st_size
    written.replace(place)
    return size, digest


def drop(place: Path) -> None:
    """Remove a file, if it is there."""
    place.unlink(missing_ok=True)


def lying(files: Files, workspace: str) -> Sequence[UUID]:
    """Name the exports whose files lie there."""
    found = []
    for one in _listed(folder(files, workspace)):
        try:
            found.append(UUID(one.stem))
        except ValueError:
            continue
    return found


def clear(files: Files, workspace: str, ids: Iterable[UUID]) -> int:
    """Remove the files of some exports; give their number."""
    unwanted = {str(one) for one in ids}
    gone = [one for one in _listed(folder(files, workspace)) if one.stem in unwanted]
    for one in gone:
        one.unlink(missing_ok=True)
    return len(gone)


def clear_unfinished(files: Files, workspace: str, *, before: datetime) -> None:
    """Remove what exports that were killed had written, and nobody has since a moment."""
    for one in folder(files, workspace).glob(f"{PARTIAL}*"):
        touched = [each.stat().st_mtime for each in (one, *one.iterdir())]
        if max(touched) < before.timestamp():
            rmtree(one, ignore_errors=True)


def _listed(place: Path) -> list[Path]:
    return [one for one in place.iterdir() if one.is_file()] if place.is_dir() else []
