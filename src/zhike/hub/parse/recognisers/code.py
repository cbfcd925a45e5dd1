"""Unified social credit codes, which are tax numbers too: their check character is right."""

import re
from collections.abc import Iterator

from zhike.hub.parse.found import Finding
from zhike.kernel.faults import Fault
from zhike.meta import KINDS, drained

CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z])", re.IGNORECASE)
KIND = KINDS["credit_code"]


def code(text: str) -> Iterator[Finding]:
    """Find credit codes."""
    for one in CODE.finditer(text):
        try:
            value = drained(KIND.read(one[0], KIND.settings()))
        except Fault:
            continue
        if value:
            yield Finding(
                sort="credit_code", start=one.start(), end=one.end(), text=one[0], confidence=0.99
            )
