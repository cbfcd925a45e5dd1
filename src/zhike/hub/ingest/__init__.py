"""
Files coming in: what a sheet means, and its lines through the intake.

An import is a draft first (which sheet, which column into which field), then a run of whole chunks.
Writes nothing but through the intake, and reads no file in this process.
"""

from zhike.hub.ingest import rehearsal, review, undo
from zhike.hub.ingest.draft import (
    Change,
    Draft,
    amend,
    cancel,
    draft,
    drop,
    forget,
    look,
    start,
    unfinished,
)
from zhike.hub.ingest.errors import write_errors
from zhike.hub.ingest.ledger import Import, found, problems
from zhike.hub.ingest.run import run
from zhike.hub.ingest.spec import Blank, ColumnSpec, ImportSpec, Mode, OnDuplicate
from zhike.hub.ingest.templates import write_template

__all__ = [
    "Blank",
    "Change",
    "ColumnSpec",
    "Draft",
    "Import",
    "ImportSpec",
    "Mode",
    "OnDuplicate",
    "amend",
    "cancel",
    "draft",
    "drop",
    "forget",
    "found",
    "look",
    "problems",
    "rehearsal",
    "review",
    "run",
    "start",
    "undo",
    "unfinished",
    "write_errors",
    "write_template",
]
