"""A web address."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import TEXT, FieldKind, Json, TooLong, unreadable
from zhike.meta.reading.line import figure

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+|localhost|\[[0-9a-f:.]+\]")
LONGEST = 2000


class Url(FieldKind):
    """A web address with its scheme: `www.example.com` is `https://www.example.com`."""

    name = "url"
    label = Words(zh="网址", en="web address")
    operators = TEXT
    indexable = None
    display = "url"

    def read(self, raw: Json, settings: Any) -> Json:
        text = figure(raw).replace(" ", "%20")
        if not text:
            return None
        try:
            parts = urlsplit(text if SCHEME.match(text) else f"https://{text.lstrip('/')}")
            host = (parts.hostname or "").lower()
            port = f":{parts.port}" if parts.port else ""
        except ValueError as error:
            raise unreadable(raw, self) from error
        if parts.scheme not in {"http", "https"} or parts.username is not None:
            raise unreadable(raw, self)
        host = f"[{host}]" if ":" in host else host
        if not HOST.fullmatch(host):
            raise unreadable(raw, self)
        return urlunsplit((parts.scheme, host + port, parts.path, parts.query, parts.fragment))

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or len(value) <= LONGEST:
            return None
        return problem(TooLong, length=len(value), limit=LONGEST)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "format": "uri", "maxLength": LONGEST}
