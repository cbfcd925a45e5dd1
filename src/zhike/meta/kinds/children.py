"""The rows of a sub-table, edited inside their parent."""

from collections.abc import Mapping
from typing import Any, ClassVar

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta.documents import Key
from zhike.meta.kinds.kind import (
    EMPTINESS,
    FieldKind,
    Json,
    Settings,
    Settled,
    TooManyItems,
    unreadable,
)

MOST = 2000


class ChildrenSettings(Settings):
    """The object whose records are the rows, and its lookup that points back."""

    object: Key
    field: Key


class Children(FieldKind):
    """
    The lines of an order: records of another object, given as a list of their values.

    The values inside are read by the kinds of their own fields.
    """

    name = "children"
    label = Words(zh="子表", en="children")
    type = "records"
    settings: ClassVar[Settled] = ChildrenSettings
    operators = EMPTINESS
    keeps_raw = False
    indexable = None
    display = "children"
    ordered = False

    def column(self, settings: Any) -> None:
        return None

    def read(self, raw: Json, settings: Any) -> Json:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
            raise unreadable(raw, self)
        return raw

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or len(value) <= MOST:
            return None
        return problem(TooManyItems, count=len(value), limit=MOST)

    def cell(self, value: Json, settings: Any) -> Json:
        return None if value is None else len(value)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["array", "null"], "items": {"type": "object"}}
