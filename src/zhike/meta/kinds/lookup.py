"""One record of another object."""

from typing import Any, ClassVar, Literal

from zhike.kernel.sql import Sql
from zhike.kernel.words import Words
from zhike.meta.documents import Key, Label
from zhike.meta.kinds.id import Id
from zhike.meta.kinds.kind import FieldKind, Settings, Settled, Type


class LookupSettings(Settings):
    """
    The object looked up, and how it speaks of the records that look at it.

    `on_delete` says what happens when the looked-up record is to be deleted for good: that is
    refused as long as this record looks at it, or this field is cleared.
    """

    object: Key
    relation: Key | None = None
    relation_label: Label | None = None
    on_delete: Literal["restrict", "clear"] = "clear"


class Lookup(Id):
    """
    The customer of an order: kept as the id of the record.

    Only ids are read here; a name is found by whoever knows the records.
    """

    name = "lookup"
    label = Words(zh="关联", en="lookup")
    type: ClassVar[Type] = "record"
    settings: ClassVar[Settled] = LookupSettings
    index = "btree"
    display = "lookup"
    writable = True
    ordered = True

    def mask(self, column: Sql, settings: Any) -> Sql:
        return FieldKind.mask(self, column, settings)
