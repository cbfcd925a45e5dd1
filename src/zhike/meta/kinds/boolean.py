"""Yes or no."""

from collections.abc import Mapping
from typing import Any

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import EQUALITY, FieldKind, Json, unreadable
from zhike.meta.reading.line import figure, halved, line

YES = (
    "true", "t", "yes", "y", "ok", "on", "1", "是", "是的", "对", "对的", "有", "真", "已", "要",
    "同意", "启用", "开", "开启", "√", "✓", "✔", "☑", "✅", "v",
)  # fmt: skip
NO = (
    "false", "f", "no", "n", "off", "0", "否", "不", "不是", "错", "没", "没有", "无", "假", "未",
    "不要", "不同意", "停用", "关", "关闭", "×", "✗", "✘", "✕", "✖", "❌", "☒", "☐", "x",
)  # fmt: skip
WORDS: Mapping[str, bool] = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
LONGEST = 200
"""Characters of a cell that may still be a word with something around it."""
AROUND = " .。!!\ufe0f"
"""What stands around a word: full stops, and the mark that makes a sign an emoji."""


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
        if raw.__class__ is str and (word := WORDS.get(raw)) is not None:
            return word
        if raw.__class__ is str and len(raw) > LONGEST:
            raise unreadable(raw, self)
        text = halved(line(raw)).lower().strip(AROUND)
        known = WORDS.get(text)
        # 无 says no here, where in a column of numbers it says that there is none.
        if known is None and text and figure(text):
            raise unreadable(raw, self)
        return known

    def cell(self, value: Json, settings: Any) -> Json:
        return value if value is None else ("是" if value else "否")

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["boolean", "null"]}

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("CASE WHEN {column} IS NULL THEN NULL ELSE '***' END", column=column)
