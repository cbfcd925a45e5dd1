"""Days in a text, with or without a time: 下周三下午3点, 三天后, 本月底, 2026年3月5日."""

import re
from collections.abc import Iterator

from zhike.hub.parse.found import Finding
from zhike.meta.reading.relative import DAY

CLOCK = (
    r"(?: ?(?:上午|下午|中午|凌晨|早上|晚上|晚)? ?(?:\d{1,2}[:点时](?:\d{1,2}分?|半)?"
    r"|[一二两三四五六七八九十]{1,2}点半?))?"
)
WHOLE = r"\d{4}(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2}|年\d{1,2}月\d{1,2}日?)"
SAID = re.compile(rf"(?<![\d每这那])(?:{WHOLE}|{DAY}){CLOCK}(?![\d年])")


def day(text: str) -> Iterator[Finding]:
    """Find days; which of them is meant by one that is counted, whoever knows today says."""
    for one in SAID.finditer(text):
        yield Finding(
            sort="day", start=one.start(), end=one.end(), text=one[0].strip(), confidence=0.8
        )
