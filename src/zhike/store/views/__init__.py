"""
Saved views of people: ways to look at an object's records that somebody kept, for themselves or to
share.

A view is words only. It never gives sight of a record or a field; see `store.read.views`.
"""

from zhike.store.views.faults import TooManyViews, UnknownView, ViewBeyondSight
from zhike.store.views.saved import VIEW, Saved, View, add, change, drop, found, seen

__all__ = [
    "VIEW",
    "Saved",
    "TooManyViews",
    "UnknownView",
    "View",
    "ViewBeyondSight",
    "add",
    "change",
    "drop",
    "found",
    "seen",
]
