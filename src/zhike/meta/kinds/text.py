"""One line of text."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, LiteralString

from zhike.kernel.faults import Problem, problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import TEXT, FieldKind, Json, Settings, Settled, TooLong
from zhike.meta.reading.line import composed, line

Shown = Literal["first", "nothing", "plate", "document", "account", "ip"]

MASKS: Mapping[Shown, LiteralString] = {
    "first": "CASE WHEN length({column}) < 2 THEN '***' ELSE left({column}, 1) || '***' END",
    "nothing": "CASE WHEN {column} IS NOT NULL THEN '***' END",
    "plate": "CASE WHEN length({column}) > 5 THEN left({column}, 2) || '***' || right({column}, 2) "
    "WHEN {column} IS NOT NULL THEN '***' END",
    "document": "CASE WHEN length({column}) > 5 THEN left({column}, 1) || '****' "
    "|| right({column}, 3) WHEN {column} IS NOT NULL THEN '****' END",
    "account": "CASE WHEN length({column}) > 5 THEN left({column}, 2) || '***' "
    "|| right({column}, 2) WHEN {column} IS NOT NULL THEN '***' END",
    "ip": "CASE WHEN pg_input_is_valid({column}, 'inet') THEN host(network(set_masklen("
    "{column}::inet, CASE family({column}::inet) WHEN 4 THEN 24 ELSE 48 END))) "
    "WHEN {column} IS NOT NULL THEN '***' END",
}


class TextSettings(Settings):
    """How long the text may be."""

    max_length: int = 500


class LineSettings(TextSettings):
    """What of a line a mask shows, besides."""

    mask: Shown = "first"
    """
    `plate`: 京A***56; `document` (护照, 港澳台证件): E****567; `account` (微信号): wx***9a;
    `ip`: its network; `first`: the first character; `nothing`.
    """


class Text(FieldKind):
    """A name, a number that is not counted with, a remark on one line."""

    name = "text"
    label = Words(zh="单行文本", en="text")
    settings: ClassVar[Settled] = LineSettings
    operators = TEXT

    def read(self, raw: Json, settings: Any) -> Json:
        return composed(line(raw)) or None

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or len(value) <= settings.max_length:
            return None
        return problem(TooLong, length=len(value), limit=settings.max_length)

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql(MASKS[settings.mask], column=column)

    def json_schema(self, settings: Any) -> dict[str, Json]:
        return {"type": ["string", "null"], "maxLength": settings.max_length}
