"""
The only code that writes records: set-based, versioned, with an event for every change.

It is entered through the intake (`hub.intake`), which has judged what arrives here.
"""

from zhike.store.write.announce import announce
from zhike.store.write.around import NOBODY, Alike, Around, Known, around, current, pointers
from zhike.store.write.before import gives_away, look, touched
from zhike.store.write.bin import touch
from zhike.store.write.defaults import computed, drawn, is_expression
from zhike.store.write.faults import (
    Departed,
    FieldNotYours,
    NoSuchRecord,
    NotARecord,
    RecordNotYours,
    Taken,
    UnknownRecord,
)
from zhike.store.write.persist import persist
from zhike.store.write.records import readied
from zhike.store.write.shape import Shape, shape

__all__ = [
    "NOBODY",
    "Alike",
    "Around",
    "Departed",
    "FieldNotYours",
    "Known",
    "NoSuchRecord",
    "NotARecord",
    "RecordNotYours",
    "Shape",
    "Taken",
    "UnknownRecord",
    "announce",
    "around",
    "computed",
    "current",
    "drawn",
    "gives_away",
    "is_expression",
    "look",
    "persist",
    "pointers",
    "readied",
    "shape",
    "touch",
    "touched",
]
