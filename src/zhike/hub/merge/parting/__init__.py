"""Merges taken back: the records part again, and what was changed since stays."""

from zhike.hub.merge.parting.chain import part_with_later
from zhike.hub.merge.parting.undo import Conflict, Undone, part, undo

__all__ = ["Conflict", "Undone", "part", "part_with_later", "undo"]
