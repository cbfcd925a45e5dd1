"""The logs kept in order: sealed, verified, cleared when their time is over, handed out."""

from zhike.hub.trail.keeping import clear_old, heads_of, seal_all, seal_now, verify
from zhike.hub.trail.out import COLUMNS, FORMATS, page, written

__all__ = [
    "COLUMNS",
    "FORMATS",
    "clear_old",
    "heads_of",
    "page",
    "seal_all",
    "seal_now",
    "verify",
    "written",
]
