"""
What a change of the configuration does to tables: two configurations → steps → SQL.

A plan is a value that can be read, golden-tested and refused before anything is done.
"""

from zhike.store.ddl.columns import indexes, title_index
from zhike.store.ddl.keeping import Kept, kept_in, purged, removed
from zhike.store.ddl.names import fields_of, sequence
from zhike.store.ddl.plan import steps
from zhike.store.ddl.run import Refresher, measured, perform
from zhike.store.ddl.step import Convert, Lock, Phase, Refresh, Step, WouldClash

__all__ = [
    "Convert",
    "Kept",
    "Lock",
    "Phase",
    "Refresh",
    "Refresher",
    "Step",
    "WouldClash",
    "fields_of",
    "indexes",
    "kept_in",
    "measured",
    "perform",
    "purged",
    "removed",
    "sequence",
    "steps",
    "title_index",
]
