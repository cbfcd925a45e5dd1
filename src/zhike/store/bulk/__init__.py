"""Many records written at once: as COPY reads them, with the indexes that can be spared aside."""

from zhike.store.bulk.aside import restored, without_indexes
from zhike.store.bulk.lines import MANY, array, literal, poured

__all__ = ["MANY", "array", "literal", "poured", "restored", "without_indexes"]
