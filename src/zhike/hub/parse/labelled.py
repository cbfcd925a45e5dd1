"""Values that stand behind the name of a field: `姓名:张三 电话:138…`."""

import re
from collections.abc import Iterator

from zhike.hub.ingest.guess.mapping import Names
from zhike.hub.ingest.guess.names import fold
from zhike.hub.parse.found import TAKEN, Finding
from zhike.meta.kinds.person_name import HAN

LABEL = re.compile(
    rf"(?:^|(?<=[\s,;|(】\]]))([{HAN}] {{1,4}}[{HAN}]|[^\s:,;|()\x1f【】]{{1,14}}) {{0,3}}: {{0,3}}"
)
LONG = frozenset({"address", "long_text", "company_name"})
"""Kinds whose values hold commas."""
ENDS = re.compile(r"[,;|]")
TAIL = re.compile(
    rf"[,;、\s]{{1,3}}(?:[{HAN}]{{0,4}}(?:电话|手机|邮箱|传真|微信)|tel|mobile)号?[:\s]{{0,3}}$",
    re.IGNORECASE,
)


def labelled(text: str, names: Names) -> Iterator[Finding]:
    """Find what stands behind a label, up to the next one or the end of the line."""
    found = [one for one in LABEL.finditer(text) if fold(one[1]) in names.by_name]
    for n, one in enumerate(found):
        line = text.find("\n", one.end())
        end = min(
            found[n + 1].start() if n + 1 < len(found) else len(text),
            line if line >= 0 else len(text),
        )
        field = names.fields[names.by_name[fold(one[1])][0]]
        said = text[one.end() : end]
        if field.kind.name not in LONG and (stop := ENDS.search(said)):
            said = said[: stop.start()]
        said = TAIL.sub("", said.split(TAKEN)[0]).rstrip(" ,;|")
        if said:
            yield Finding(
                sort=field.kind.name, start=one.end(), end=one.end() + len(said), text=said,
                confidence=0.97, field=field.key,
            )  # fmt: skip
