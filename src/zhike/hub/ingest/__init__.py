"""
Files coming in: what a sheet means, and its lines through the intake.

An import is a draft first (which sheet, which column into which field), then a run of whole chunks.
Writes nothing but through the intake, and reads no file in this process.
"""

from zhike.hub.ingest import rehearsal, undo
from zhike.hub.ingest.draft import (
    Change,
    Draft,
    amend,
    cancel,
    draft,
    drop,
    look,
    start,
    unfinished,
)
from zhike.hub.ingest.errors import write_errors
from zhike.hub.ingest.ledger import Import, found, problems
from zhike.hub.ingest.run import run
from zhike.hub.ingest.spec import ColumnSpec, ImportSpec, OnDuplicate

__all__ = [
    "Change",
    "ColumnSpec",
    "Draft",
    "Import",
    "ImportSpec",
    "OnDuplicate",
    "amend",
    "cancel",
    "draft",
    "drop",
    "found",
    "look",
    "problems",
    "rehearsal",
    "run",
    "start",
    "undo",
    "unfinished",
    "write_errors",
]
