"""What a job of this floor is lent by whoever runs it: connections, files, the way in, identity."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zhike.db import Database
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Viewer
from zhike.meta import Json, Snapshot
from zhike.store.batch import Batch
from zhike.store.catalog import Catalog
from zhike.store.files import Files

TakeIn = Callable[[Batch, Tx], Awaitable[Batch]]
"""The only way in, with its steps."""
KeysOf = Callable[[Snapshot, str, Mapping[str, Json]], tuple[str, ...]]
"""The identity keys of a record of an object, from its values in standard form."""
ViewerOf = Callable[[Tx, UUID], Awaitable[Viewer | None]]
"""The person behind an id, with the permissions of now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Everything a run needs that it does not own."""

    db: Database
    catalog: Catalog
    files: Files
    take_in: TakeIn
    rehearse: TakeIn
    """The same way up to where something would be written."""
    keys_of: KeysOf
    viewer_of: ViewerOf
    spark_master: str = ""
    """The cluster that runs over the whole base compute on; empty for this computer."""
