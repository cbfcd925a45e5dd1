"""Several records of another object, which may be looked up by many in turn."""

from typing import Any, ClassVar

from zhike.kernel.words import Words
from zhike.meta.documents import Key, Label
from zhike.meta.kinds.kind import Settings, Settled
from zhike.meta.kinds.users import Users


class LookupsSettings(Settings):
    """The object looked up, and how it speaks of the records that look at it."""

    object: Key
    relation: Key | None = None
    relation_label: Label | None = None


class Lookups(Users):
    """The products of an opportunity: ids, kept in a link table."""

    name = "lookups"
    label = Words(zh="多条关联", en="lookups")
    type = "records"
    settings: ClassVar[Settled] = LookupsSettings
    index = None
    indexable = None
    display = "lookups"

    def column(self, settings: Any) -> None:
        return None
