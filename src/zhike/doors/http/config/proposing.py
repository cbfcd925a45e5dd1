"""A key for what has been called by a label so far: 供应商 → gongyingshang."""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.config.rights import configurer
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.meta import GIVEN
from zhike.meta.reading.line import halved
from zhike.meta.reading.pinyin import syllables

ROUTES = router("configuration")
LONGEST = 40
"""In characters; a key may have a few more, for what makes it another one."""
OTHERS = re.compile(r"[^a-z0-9]+")


@ROUTES.get("/config/proposed/key", openapi_extra=CONFIGURE)
async def propose_key(
    call: Asked,
    label: Annotated[str, Query(max_length=120)],
    taken: Annotated[str, Query(max_length=20_000)] = "",
) -> Response:
    """Propose a key for a label, in pinyin, that is none of those taken (with commas)."""
    await configurer(call)
    return answer({"key": proposed(label, taken=taken.split(","))})


def proposed(label: str, *, taken: Iterable[str]) -> str:
    """Give a key for a label that is none of those taken."""
    used = {*taken, *GIVEN}
    return next(one for one in _ways(lettered(label)) if one not in used)


def lettered(label: str) -> str:
    """Give a label in small letters, digits and single underscores, as keys are written."""
    text = halved(label)
    said = "".join(read or one for one, read in zip(text, syllables(text), strict=True))
    key = OTHERS.sub("_", said.lower()).strip("_")[:LONGEST].rstrip("_")
    return key if key[:1].isalpha() else f"x_{key}".rstrip("_")


def _ways(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}_{number}" for number in count(2))
