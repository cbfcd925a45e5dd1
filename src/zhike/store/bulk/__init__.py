"""Many records written at once: as COPY reads them, with the indexes that can be spared aside."""

from zhike.store.bulk.aside import restored, without_indexes
from zhike.store.bulk.counted import counted
from zhike.store.bulk.lines import MANY, array, headed, literal, poured, ready

__all__ = [
    "MANY",
    "array",
    "counted",
    "headed",
    "literal",
    "poured",
    "ready",
    "restored",
    "without_indexes",
]
