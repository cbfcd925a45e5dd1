"""
Merging (合并): records that are the same one become one, and part again whenever somebody wishes.

Nothing is lost by it: what the survivor does not take lies with the others in the recycle bin, and
the books know what was moved.
"""

from zhike.hub.merge.check import check, choosable
from zhike.hub.merge.faults import UnknownMerge
from zhike.hub.merge.parting import Undone, part, part_with_later, undo
from zhike.hub.merge.plan import Group
from zhike.hub.merge.run import Made, Merging, merge, merge_one
from zhike.hub.merge.shown import Wanted, conflicts, is_batch, listed, place

__all__ = [
    "Group",
    "Made",
    "Merging",
    "Undone",
    "UnknownMerge",
    "Wanted",
    "check",
    "choosable",
    "conflicts",
    "is_batch",
    "listed",
    "merge",
    "merge_one",
    "part",
    "part_with_later",
    "place",
    "undo",
]
