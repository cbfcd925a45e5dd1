"""Several of a list of options."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import MANY, FieldKind, Json, Settled, TooManyItems
from zhike.meta.kinds.option import OptionSettings, chosen
from zhike.meta.reading.line import figure

SEPARATORS = re.compile(r"\s*[,，;；、|\n]\s*")
MOST = 200


def several(raw: Json) -> list[Json]:
    """Give the items of a list, or of a text that lists them with commas or the like."""
    if isinstance(raw, list | tuple):
        return list(raw)
    return [item for item in SEPARATORS.split(figure(raw)) if item]


class Options(FieldKind):
    """Several of a list, each once, in the order of the list."""

    name = "options"
    label = Words(zh="多选", en="options")
    type = "options"
    settings: ClassVar[Settled] = OptionSettings
    operators = MANY
    indexable = "gin"
    display = "options"
    ordered = False

    def column(self, settings: Any) -> str:
        return "text[]"

    def read(self, raw: Json, settings: Any) -> Json:
        found = {key for item in several(raw) if (key := chosen(item, settings)) is not None}
        return [one.key for one in settings.options if one.key in found] or None

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or len(value) <= MOST:
            return None
        return problem(TooManyItems, count=len(value), limit=MOST)

    def cell(self, value: Json, settings: Any) -> Json:
        if value is None:
            return None
        known = settings.labels
        return "、".join(known[key].zh if key in known else key for key in value)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        keys = [one.key for one in settings.options]
        return {"type": ["array", "null"], "items": {"type": "string", "enum": keys}}
