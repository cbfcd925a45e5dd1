"""The identity of a record."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import EQUALITY, FieldKind, Json, Type, unreadable
from zhike.meta.reading.line import line

CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
WIDEST = 45
"""In characters: `urn:uuid:{…}`."""


def identity(raw: Json, kind: FieldKind) -> str | None:
    """Give an id in its one spelling, None for nothing."""
    if raw.__class__ is str and CANONICAL.fullmatch(raw):
        return str(raw)
    text = line(raw)
    if not text:
        return None
    try:
        return str(UUID(text)) if len(text) <= WIDEST else _refused(raw, kind)
    except ValueError:
        return _refused(raw, kind)


def _refused(raw: Json, kind: FieldKind) -> str:
    raise unreadable(raw, kind) from None


class Id(FieldKind):
    """A UUID, given by the platform; only the field `id` is of this kind."""

    name = "id"
    label = Words(zh="记录编码", en="record id")
    type: ClassVar[Type] = "id"
    operators = EQUALITY
    keeps_raw = False
    display = "id"
    writable = False

    def column(self, settings: Any) -> str:
        return "uuid"

    def read(self, raw: Json, settings: Any) -> Json:
        return identity(raw, self)

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("left({column}::text, 4) || '***'", column=column)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "format": "uuid"}
