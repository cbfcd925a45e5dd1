"""How alike two texts are: addresses, street names, whatever has no kind of its own."""

import re

from zhike.hub.identity.scales.scale import Level, Parts, Scale, different, same
from zhike.hub.identity.scales.shape import alike, edits, folded, shape
from zhike.kernel.words import Words

PLAIN, SHAPE, HEAD = range(3)
BEGINNING = 4
LEAST, SHORT = 3, 12
"""With so many characters, a text is looked at like a number: by its mistypings."""
LARGER = re.compile(r"^(?:[^市区县\d]{1,8}?(?:省|自治区))")
LOOSE = re.compile(r"[\s,,.。;;·\-—_/\\#()()号]+")


def _alike(least: float, prior: float, word: str, label: Words) -> Level:
    return Level(
        word=word,
        label=label,
        sql=f"jaro_winkler_similarity({{shape}}_l, {{shape}}_r) >= {least}",
        test=lambda a, b: alike(a[SHAPE] or "", b[SHAPE] or "", least),
        prior=prior,
    )


def _mistyped(one: Parts, other: Parts) -> bool:
    a, b = one[SHAPE] or "", other[SHAPE] or ""
    short, long = sorted((len(a), len(b)))
    return short >= LEAST and long <= SHORT and edits(a, b, 1)


class Writing(Scale):
    """The same, or more or less alike."""

    name = "text"
    kinds = frozenset({"text", "url", "region"})
    parts = ("plain", "shape", "head")
    blocks = ("plain",)
    hints = ("head",)
    levels = (
        same("plain", PLAIN, 0.7),
        Level(
            word="one_typo",
            label=Words(zh="差一个字", en="one character differs"),
            sql=f"least(length({{shape}}_l), length({{shape}}_r)) >= {LEAST}"
            f" AND greatest(length({{shape}}_l), length({{shape}}_r)) <= {SHORT}"
            " AND damerau_levenshtein({shape}_l, {shape}_r) <= 1",
            test=_mistyped,
            prior=0.1,
        ),
        _alike(0.92, 0.07, "alike", Words(zh="很相近", en="very much alike")),
        _alike(0.8, 0.05, "similar", Words(zh="相近", en="alike")),
        different(0.08),
    )

    def taken_apart(self, value: str) -> Parts:
        plain = LOOSE.sub("", folded(value))
        if not plain:
            return self.nothing()
        return (plain, shape(plain), plain[:BEGINNING])


class Address(Writing):
    """An address: the province may be left out, and so may 号."""

    name = "address"
    kinds = frozenset({"address"})

    def taken_apart(self, value: str) -> Parts:
        return super().taken_apart(LARGER.sub("", value))
