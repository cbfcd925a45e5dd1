"""Words that people stick to a record, not chosen from a list."""

from collections.abc import Mapping
from typing import Any

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import MANY, FieldKind, Json, TooLong, TooManyItems
from zhike.meta.kinds.options import MOST, several
from zhike.meta.reading.line import composed, line

LONGEST = 64


class Tags(FieldKind):
    """Free words, each once, in the order given; a leading `#` goes."""

    name = "tags"
    label = Words(zh="标签", en="tags")
    type = "options"
    operators = MANY
    indexable = "gin"
    display = "tags"
    ordered = False

    def column(self, settings: Any) -> str:
        return "text[]"

    def read(self, raw: Json, settings: Any) -> Json:
        words = (composed(line(item)).lstrip("# ") for item in several(raw))
        return list(dict.fromkeys(word for word in words if word)) or None

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None:
            return None
        if len(value) > MOST:
            return problem(TooManyItems, count=len(value), limit=MOST)
        longest = max(map(len, value))
        return problem(TooLong, length=longest, limit=LONGEST) if longest > LONGEST else None

    def cell(self, value: Json, settings: Any) -> Json:
        return None if value is None else "、".join(value)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["array", "null"], "items": {"type": "string", "maxLength": LONGEST}}
