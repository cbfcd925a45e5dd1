"""A place: large region, province, city or district of China."""

from collections.abc import Mapping
from typing import Any

from zhike.kernel.faults import Fault
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta import regions
from zhike.meta.kinds.kind import EQUALITY, FieldKind, Json, Reading
from zhike.meta.reading.line import figure, halved, shown


class UnknownRegion(Fault):
    """There is no place called `{value}`."""

    code = "M219"
    zh = "没有名为“{value}”的地区"
    hint = Words(zh="相近的地区：{near}", en="near to it: {near}")


class AmbiguousRegion(Fault):
    """Several places are called `{value}`."""

    code = "M220"
    zh = "有多个地区叫“{value}”"
    hint = Words(zh="请写明是哪一个：{near}", en="say which one: {near}")


class Region(FieldKind):
    """
    A place, kept as its code, shown as its path: `330106` is 浙江省/杭州市/西湖区.

    Read from paths with or without separators, short names, large regions (华东) and codes. What
    follows the place is handed back.
    """

    name = "region"
    label = Words(zh="地区", en="region")
    type = "region"
    operators = EQUALITY
    display = "region"

    def column(self, settings: Any) -> str:
        return 'text COLLATE "C"'

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        text = halved(figure(raw))
        if not text:
            return None
        match regions.find(text):
            case regions.Found(place=place, rest=""):
                return place.code
            case regions.Found(place=place, rest=rest):
                return Reading(value=place.code, rest=(rest,))
            case regions.Ambiguous(places=places):
                near = "、".join(place.path for place in places[:5])
                raise AmbiguousRegion(value=shown(text), near=near)
            case None:
                raise UnknownRegion(value=shown(text), near="、".join(regions.near(text)))

    def out(self, column: Sql, settings: Any) -> Sql:
        return sql("(SELECT path FROM zhike.region WHERE code = {column})", column=column)

    def told(self, value: Json, settings: Any) -> Json:
        match regions.find(str(value)) if value else None:
            case regions.Found(place=place):
                return place.path
            case _:
                return value

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql(
            "split_part((SELECT path FROM zhike.region WHERE code = {column}), '/', 1)",
            column=column,
        )

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "examples": ["浙江省/杭州市/西湖区"]}
