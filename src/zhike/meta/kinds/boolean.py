"""Yes or no."""

from collections.abc import Mapping
from typing import Any

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import EQUALITY, FieldKind, Json, unreadable
from zhike.meta.reading.line import figure, halved

YES = ("true", "t", "yes", "y", "on", "1", "是", "对", "有", "真", "已", "√", "✓", "✔", "☑", "v")
NO = ("false", "f", "no", "n", "off", "0", "否", "不", "不是", "没", "假", "未", "×", "✗", "✘", "x")
WORDS: Mapping[str, bool] = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False), "☐": False}


class Boolean(FieldKind):
    """True, false or not known."""

    name = "boolean"
    label = Words(zh="是/否", en="yes or no")
    type = "boolean"
    operators = EQUALITY
    display = "boolean"

    def column(self, settings: Any) -> str:
        return "boolean"

    def read(self, raw: Json, settings: Any) -> Json:
        if raw is True or raw is False or raw is None:
            return raw
        text = halved(figure(raw)).lower()
        if text and text not in WORDS:
            raise unreadable(raw, self)
        return WORDS.get(text)

    def cell(self, value: Json, settings: Any) -> Json:
        return value if value is None else ("是" if value else "否")

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["boolean", "null"]}

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("CASE WHEN {column} IS NULL THEN NULL ELSE '***' END", column=column)
