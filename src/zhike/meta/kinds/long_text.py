"""Text in paragraphs."""

from typing import Any

from zhike.kernel.sql import Sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import EMPTINESS, FieldKind, Json
from zhike.meta.kinds.text import Text, TextSettings
from zhike.meta.reading.line import paragraphs


class LongTextSettings(TextSettings):
    """How long the text may be, and where it is kept whom it mentions."""

    max_length: int = 100_000
    mentions: str = ""
    """
    A field of several people of the same object: who is mentioned in the text (`@钱强`) by who
    writes it. The text keeps names, as they were then; that field keeps who is meant.
    """


class LongText(Text):
    """What was said at a meeting, a description: line breaks are kept."""

    name = "long_text"
    label = Words(zh="多行文本", en="long text")
    settings = LongTextSettings
    operators = EMPTINESS | {"contains", "starts with", "ends with"}
    keeps_raw = False
    indexable = None
    display = "long_text"
    ordered = False

    def read(self, raw: Json, settings: Any) -> Json:
        return paragraphs(raw) or None

    def mask(self, column: Sql, settings: Any) -> Sql:
        return FieldKind.mask(self, column, settings)
