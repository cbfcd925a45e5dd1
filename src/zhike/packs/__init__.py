"""
Floor 8: documents in, a working configuration out.

Read a folder, check everything at once, plan what would happen, do it in one transaction. Every
version is kept. A pack never touches a record except through what its plan said.
"""

from zhike.packs.check import Understood, understand
from zhike.packs.faults import (
    NoSuchDocument,
    NoSuchVersion,
    NotConfirmed,
    Problems,
    StillUsed,
    WrongName,
)
from zhike.packs.install import Applied, apply, purge, restore
from zhike.packs.merge import Merged, merged
from zhike.packs.plan import Changed, Name, Plan, Wish, located, plan
from zhike.packs.read import Folder, read_folder, read_text
from zhike.packs.refresh import refresher
from zhike.packs.schemas import schemas
from zhike.packs.write import written

__all__ = [
    "Applied",
    "Changed",
    "Folder",
    "Merged",
    "Name",
    "NoSuchDocument",
    "NoSuchVersion",
    "NotConfirmed",
    "Plan",
    "Problems",
    "StillUsed",
    "Understood",
    "Wish",
    "WrongName",
    "apply",
    "located",
    "merged",
    "plan",
    "purge",
    "read_folder",
    "read_text",
    "refresher",
    "restore",
    "schemas",
    "understand",
    "written",
]
