"""Several people of the workspace."""

from collections.abc import Mapping
from typing import Any, ClassVar

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.id import identity
from zhike.meta.kinds.kind import MANY, FieldKind, Index, Json, TooManyItems, Type
from zhike.meta.kinds.options import several

MOST = 1000


def identities(raw: Json, kind: FieldKind) -> list[str] | None:
    """Give ids in their one spelling, each once, in the order given; None for none."""
    found = (identity(item, kind) for item in several(raw))
    return list(dict.fromkeys(one for one in found if one)) or None


class Users(FieldKind):
    """The people who work on a customer together: kept as the ids of the users."""

    name = "users"
    label = Words(zh="多个人员", en="users")
    type: ClassVar[Type] = "users"
    operators = MANY
    keeps_raw = False
    index: ClassVar[Index | None] = "gin"
    indexable: ClassVar[Index | None] = "gin"
    display = "users"
    ordered = False

    def column(self, settings: Any) -> str | None:
        return "uuid[]"

    def read(self, raw: Json, settings: Any) -> Json:
        return identities(raw, self)

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or len(value) <= MOST:
            return None
        return problem(TooManyItems, count=len(value), limit=MOST)

    def cell(self, value: Json, settings: Any) -> Json:
        return None if value is None else "、".join(value)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["array", "null"], "items": {"type": "string", "format": "uuid"}}
