"""WeChat ids, which nothing but the word before them tells."""

import re
from collections.abc import Iterator

from zhike.hub.parse.found import Finding

NAMED = re.compile(
    r"(?:微信号?|微信ID|wechat(?: ?id)?|weixin|\bwx|\bvx|薇信|加V) {0,3}[:是]? {0,3}"
    r"([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_@.-])",
    re.IGNORECASE,
)


def wechat(text: str) -> Iterator[Finding]:
    """Find WeChat ids."""
    for one in NAMED.finditer(text):
        yield Finding(
            sort="wechat", start=one.start(1), end=one.end(1), text=one[1], confidence=0.95
        )
