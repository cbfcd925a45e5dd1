"""The configuration as it is kept, and the snapshot of it that every request works with."""

from zhike.store.catalog.catalog import FRESH, Catalog, document, settled_of, snapshot_of
from zhike.store.catalog.documents import (
    CHANNEL,
    Body,
    Stored,
    Version,
    Written,
    config_version,
    lock,
    one_stored,
    patience,
    shipped,
    stay,
    stored,
    versions,
    write,
)
from zhike.store.catalog.formulas import Named, Settled, expression, settled

__all__ = [
    "CHANNEL",
    "FRESH",
    "Body",
    "Catalog",
    "Named",
    "Settled",
    "Stored",
    "Version",
    "Written",
    "config_version",
    "document",
    "expression",
    "lock",
    "one_stored",
    "patience",
    "settled",
    "settled_of",
    "shipped",
    "snapshot_of",
    "stay",
    "stored",
    "versions",
    "write",
]
