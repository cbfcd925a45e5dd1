"""Telephone numbers: mobiles, landlines with their area, service numbers, numbers abroad."""

import re
from collections.abc import Iterator

from zhike.hub.parse.found import Finding
from zhike.kernel.faults import Fault
from zhike.meta import KINDS, drained

BEFORE, BEHIND = r"(?<![\dA-Za-z.])", r"(?!\d)"
MOBILE = re.compile(
    rf"{BEFORE}(?:\(?\+?86\)?[- ]?|0086[- ]?)?1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}{BEHIND}", re.ASCII
)
EXTENSION = r"(?: ?(?:-|转|ext\.?|分机|x)[: ]?\d{1,6})?"
LANDLINE = re.compile(
    rf"{BEFORE}(?:\+?86[- ]?\(?0?|\(?0)(?:10|2\d|[3-9]\d{{2}})\)?[- ]?[2-9]\d{{2,3}}[- ]?\d{{4}}"
    rf"{EXTENSION}{BEHIND}",
    re.ASCII | re.IGNORECASE,
)
SERVICE = re.compile(rf"{BEFORE}[48]00[- ]?\d{{3,4}}[- ]?\d{{3,4}}{EXTENSION}{BEHIND}", re.ASCII)
ABROAD = re.compile(
    rf"(?<!\d)(?:\+|00)[1-9]\d{{0,2}}(?:[- ()]{{1,2}}?\d{{1,5}}){{2,5}}{BEHIND}", re.ASCII
)
SORTS = (("mobile", MOBILE, 0.98), ("landline", LANDLINE, 0.95), ("landline", SERVICE, 0.9),
         ("mobile", ABROAD, 0.85))  # fmt: skip
FAX = re.compile(r"(?:传真|fax|\bF)[号码.]{0,2} {0,2}[:是]? {0,2}\(?$", re.IGNORECASE)
KIND = KINDS["phone"]


def phone(text: str) -> Iterator[Finding]:
    """Find telephone numbers."""
    taken: list[tuple[int, int]] = []
    for sort, pattern, confidence in SORTS:
        for one in pattern.finditer(text):
            if any(one.start() < end and start < one.end() for start, end in taken):
                continue
            if not _readable(one[0]) or FAX.search(text[max(0, one.start() - 10) : one.start()]):
                continue
            taken.append(one.span())
            yield Finding(
                sort=sort, start=one.start(), end=one.end(), text=one[0], confidence=confidence
            )


def _readable(text: str) -> bool:
    try:
        return bool(drained(KIND.read(text, KIND.settings())))
    except Fault:
        return False
