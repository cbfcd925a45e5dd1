"""
What was typed, as far as it is kept in another form.

`13812345678` is only another way to show `+86-13812345678`, and nobody misses it; `138 1234 5678
(王经理)` is more than what was made of it, and is kept beside it. Pure.
"""

import re
from collections.abc import Callable, Mapping

from zhike.kernel.words import Words
from zhike.meta.kinds import Json
from zhike.meta.reading.han import simplified
from zhike.meta.reading.line import composed, halved
from zhike.meta.snapshot import Field

SCALARS = frozenset({str, int, float, bool})
LONGEST = 500
"""In characters; of a longer text only the beginning is kept."""


def typed(
    fields: Mapping[str, Field], given: Mapping[str, Json], values: Mapping[str, Json]
) -> dict[str, Json] | None:
    """Give what was given where the standard value says something else; None if it nowhere does."""
    found: dict[str, Json] = {}
    for key, raw in given.items():
        value = values.get(key)
        if raw is value or value is None or raw == value or raw.__class__ not in SCALARS:
            continue
        field = fields.get(key)
        if field is not None and differs(field, raw, value):
            found[key] = raw[:LONGEST] if isinstance(raw, str) else raw
    return found or None


def differs(field: Field, raw: Json, value: Json) -> bool:
    """Say whether what was given is more than a way in which the value is shown anyway."""
    kind = field.kind
    return kind.keeps_raw and not kind.shows(raw, value, field.settings)


REASONS: Mapping[str, Words] = {
    "width": Words(zh="全角、半角", en="full and half width"),
    "spaces": Words(zh="空格与不可见字符", en="spaces and invisible characters"),
    "case": Words(zh="大小写", en="capital and small letters"),
    "traditional": Words(zh="繁体转简体", en="traditional characters"),
    "form": Words(zh="写法统一", en="another way to write the same"),
    "part": Words(zh="只取其中一部分", en="only a part of it is the value"),
}
"""Why a value is kept otherwise than it was typed, in the order in which it is told."""

BLANKS = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
SIGNS = re.compile(r"[\W_]+")
CHINA = "86"

STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("width", halved),
    ("spaces", lambda text: BLANKS.sub("", text)),
    ("case", str.casefold),
    ("traditional", simplified),
)
"""What makes two spellings alike, step by step."""


def why(raw: Json, shown: Json) -> list[str]:
    """
    Give what was changed between what was typed and the value as JSON shows it: words of `REASONS`.

    It follows from the two, so that it need not be kept.
    """
    if not isinstance(raw, str) or not isinstance(shown, str):
        return ["form"]
    found: list[str] = []
    given, kept = composed(raw), composed(shown)
    for word, alike in STEPS:
        now, then = alike(given), alike(kept)
        if given != kept and (now == then or (now != given) != (then != kept)):
            found.append(word)
        given, kept = now, then
    if given == kept:
        return found or ["form"]
    core = SIGNS.sub("", kept).removeprefix(CHINA)
    whole = SIGNS.sub("", given)
    more = core in whole and core not in {whole, whole.removeprefix(CHINA)}
    return [*found, "part" if core and more else "form"]
