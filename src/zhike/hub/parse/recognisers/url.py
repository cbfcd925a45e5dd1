"""Addresses of pages."""

import re
from collections.abc import Iterator

from zhike.hub.parse.found import Finding

PAGE = re.compile(
    r"(?<![\w@.])(?:https?://[\w.-]{3,200}(?:/[\w./?%&=#~-]{0,300})?"
    r"|www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?:/[\w./?%&=#~-]{0,300})?)",
    re.ASCII | re.IGNORECASE,
)


def url(text: str) -> Iterator[Finding]:
    """Find addresses of pages."""
    for one in PAGE.finditer(text):
        said = one[0].rstrip(".")
        yield Finding(
            sort="url", start=one.start(), end=one.start() + len(said), text=said, confidence=0.95
        )
