"""One line of text."""

from typing import Any, ClassVar

from zhike.kernel.faults import Problem, problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import TEXT, FieldKind, Json, Settings, Settled, TooLong
from zhike.meta.reading.line import composed, line


class TextSettings(Settings):
    """How long the text may be."""

    max_length: int = 500


class Text(FieldKind):
    """A name, a number that is not counted with, a remark on one line."""

    name = "text"
    label = Words(zh="单行文本", en="text")
    settings: ClassVar[Settled] = TextSettings
    operators = TEXT

    def read(self, raw: Json, settings: Any) -> Json:
        return composed(line(raw)) or None

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or len(value) <= settings.max_length:
            return None
        return problem(TooLong, length=len(value), limit=settings.max_length)

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("left({column}, 1) || '***'", column=column)

    def json_schema(self, settings: Any) -> dict[str, Json]:
        return {"type": ["string", "null"], "maxLength": settings.max_length}
