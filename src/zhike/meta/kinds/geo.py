"""A point on the map."""

import re
from collections.abc import Mapping
from typing import Any

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import EMPTINESS, FieldKind, Json, unreadable
from zhike.meta.reading.line import figure, halved

PAIR = re.compile(r"\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?", re.ASCII)
POLE, DATE_LINE = 90.0, 180.0
EXACTLY = 7
"""Decimals of a degree: a centimetre on the ground."""


class Geo(FieldKind):
    """
    Longitude and latitude: `{"lng": 120.15, "lat": 30.27}`.

    A text is read as longitude, latitude, unless only the other order is on the map.
    """

    name = "geo"
    label = Words(zh="地理位置", en="location")
    type = "json"
    operators = EMPTINESS
    indexable = None
    display = "geo"
    ordered = False

    def column(self, settings: Any) -> str:
        return "jsonb"

    def read(self, raw: Json, settings: Any) -> Json:
        match raw:
            case {"lng": lng, "lat": lat, **others} if not others:
                pair = [lng, lat]
            case [lng, lat]:
                pair = [lng, lat]
            case list() | dict():
                raise unreadable(raw, self)
            case _:
                text = halved(figure(raw))
                if not text:
                    return None
                found = PAIR.fullmatch(text)
                pair = _ordered(*map(float, found.groups())) if found else []
        if len(pair) != 2 or not all(map(_coordinate, pair)):  # noqa: PLR2004 - a pair
            raise unreadable(raw, self)
        lng, lat = (round(float(one), EXACTLY) + 0.0 for one in pair)
        if abs(lng) > DATE_LINE or abs(lat) > POLE:
            raise unreadable(raw, self)
        return {"lng": lng, "lat": lat}

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql(
            "trunc(({column} ->> 'lng')::numeric, 2) || ',' "
            "|| trunc(({column} ->> 'lat')::numeric, 2)",
            column=column,
        )

    def cell(self, value: Json, settings: Any) -> Json:
        return None if value is None else f"{value['lng']},{value['lat']}"

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {
            "type": ["object", "null"],
            "properties": {"lng": {"type": "number"}, "lat": {"type": "number"}},
            "required": ["lng", "lat"],
        }


def _ordered(one: float, other: float) -> list[float]:
    return [other, one] if abs(one) <= POLE < abs(other) else [one, other]


def _coordinate(value: Json) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= DATE_LINE
    )
