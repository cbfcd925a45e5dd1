"""Files: contents on disk, named by their hash, and the names that a workspace gives them."""

from zhike.store.files.folder import MEGABYTE, Files, FileTooLarge, NoRoom, Stored, pieces
from zhike.store.files.names import File, add, any_named, found, named

__all__ = [
    "MEGABYTE",
    "File",
    "FileTooLarge",
    "Files",
    "NoRoom",
    "Stored",
    "add",
    "any_named",
    "found",
    "named",
    "pieces",
]
