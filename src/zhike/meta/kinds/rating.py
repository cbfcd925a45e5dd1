"""A number of stars."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import (
    ORDER,
    FieldKind,
    Json,
    Settings,
    Settled,
    TooHigh,
    TooLow,
    unreadable,
)
from zhike.meta.reading.amounts import amount
from zhike.meta.reading.line import figure

STARS = frozenset("★⭐*")
EMPTY_STARS = frozenset("☆")


class RatingSettings(Settings):
    """How many stars there are to give."""

    max: int = Field(default=5, ge=2, le=10)


class Rating(FieldKind):
    """So many stars out of a few; no star is no rating."""

    name = "rating"
    label = Words(zh="评分", en="rating")
    type = "number"
    settings: ClassVar[Settled] = RatingSettings
    operators = ORDER
    display = "rating"

    def column(self, settings: Any) -> str:
        return "smallint"

    def read(self, raw: Json, settings: Any) -> Json:
        text = figure(raw).removesuffix("星").removesuffix("分").replace("\ufe0f", "")
        if not text or set(text) <= EMPTY_STARS:
            return None
        if set(text) <= STARS | EMPTY_STARS:
            return sum(sign in STARS for sign in text)
        value = amount(text)
        if value is None or value != int(value) or abs(value) > settings.max * 10:
            raise unreadable(raw, self)
        return int(value) or None

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or 1 <= value <= settings.max:
            return None
        fault, limit = (TooLow, 1) if value < 1 else (TooHigh, settings.max)
        return problem(fault, value=value, limit=limit)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["integer", "null"], "minimum": 1, "maximum": settings.max}
