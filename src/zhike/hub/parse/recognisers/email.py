"""E-mail addresses."""

import re
from collections.abc import Iterator

from zhike.hub.parse.found import Finding

ADDRESS = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}",
    re.ASCII,
)


def email(text: str) -> Iterator[Finding]:
    """Find e-mail addresses."""
    for one in ADDRESS.finditer(text):
        yield Finding(sort="email", start=one.start(), end=one.end(), text=one[0], confidence=0.99)
