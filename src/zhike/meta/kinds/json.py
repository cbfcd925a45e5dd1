"""Anything that JSON can say."""

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import EMPTINESS, FieldKind, Json, TooLong, unreadable
from zhike.meta.reading.line import LONGEST_NUMBER, refuse_unstorable

DEEPEST = 50
LONGEST = 1_000_000


class TooDeep(Fault):
    """The value is nested deeper than {limit} levels."""

    code = "M212"
    zh = "值的嵌套超过 {limit} 层"


class JsonKind(FieldKind):
    """A structure of another system, kept as it came. A text beginning with a bracket is parsed."""

    name = "json"
    label = Words(zh="JSON", en="JSON")
    type = "json"
    operators = EMPTINESS
    keeps_raw = False
    indexable = None
    display = "json"
    ordered = False

    def column(self, settings: Any) -> str:
        return "jsonb"

    def read(self, raw: Json, settings: Any) -> Json:
        value = raw.strip() if isinstance(raw, str) else raw
        if isinstance(value, str) and value[:1] in {"{", "["}:
            value = self._parsed(value)
        self._refuse(value, depth=0)
        return None if value == "" else value

    def validate(self, value: Json, settings: Any) -> Problem | None:
        length = len(json.dumps(value, ensure_ascii=False))
        return problem(TooLong, length=length, limit=LONGEST) if length > LONGEST else None

    def cell(self, value: Json, settings: Any) -> Json:
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {}

    def _parsed(self, text: str) -> Json:
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise unreadable(text, self) from error

    def _refuse(self, value: Json, *, depth: int) -> None:
        if depth > DEEPEST:
            raise TooDeep(limit=DEEPEST)
        if isinstance(value, str):
            refuse_unstorable(value)
        elif isinstance(value, list):
            for item in value:
                self._refuse(item, depth=depth + 1)
        elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
            for item in (*value, *value.values()):
                self._refuse(item, depth=depth + 1)
        elif not _plain(value):
            raise unreadable(value, self)


def _plain(value: Json) -> bool:
    match value:
        case None | bool():
            return True
        case int():
            return value.bit_length() <= LONGEST_NUMBER
        case float():
            return isfinite(value)
        case _:
            return False
