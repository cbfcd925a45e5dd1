"""How alike two texts are: addresses, street names, whatever has no kind of its own."""

import re

from zhike.hub.identity.scales.scale import Level, Parts, Scale, different, same
from zhike.hub.identity.scales.shape import alike, edits, folded, shape
from zhike.kernel.words import Words

PLAIN, SHAPE, HEAD, CITY, STREET = range(5)
BEGINNING = 4
LEAST, SHORT = 3, 12
"""With so many characters, a text is looked at like a number: by its mistypings."""
LONG = 6
"""From how many characters on an address may have two mistyped."""
AREA = re.compile(
    r"^(?:[^市区县路街\d]{1,8}?(?:省|自治区))?"
    r"(?:(?P<city>[^区县路街\d]{2,6}?)(?:市|自治州|地区|盟))?"
    r"(?:[^路街巷号\d]{1,6}?(?:区|县|旗|市))?"
)
ROAD = re.compile(r".{1,12}?(?:路|街|道|巷|弄|里|村|胡同)\D{0,3}?\d+")
"""A street with the number of the house, with which an address may begin."""
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


def _slightly(one: Parts, other: Parts) -> bool:
    a, b = one[SHAPE] or "", other[SHAPE] or ""
    return min(len(a), len(b)) >= LONG and edits(a, b, 2)


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


def _elsewhere(one: Parts, other: Parts) -> bool:
    here, there = one[CITY], other[CITY]
    return bool(here and there and here not in there and there not in here)


class Address(Scale):
    """An address: province, city and district may be left out, and so may the flat."""

    name = "address"
    kinds = frozenset({"address"})
    parts = ("plain", "shape", "head", "city", "street")
    blocks = ("plain", "street")
    levels = (
        Level(
            word="elsewhere",
            label=Words(zh="城市不同", en="another city"),
            sql="NOT (contains({city}_l, {city}_r) OR contains({city}_r, {city}_l))",
            test=_elsewhere,
            prior=0.04,
        ),
        same("plain", PLAIN, 0.5),
        Level(
            word="same_street",
            label=Words(zh="路名与门牌相同", en="street and number are the same"),
            sql="{street}_l = {street}_r",
            test=lambda a, b: a[STREET] is not None and a[STREET] == b[STREET],
            prior=0.2,
        ),
        Level(
            word="typos",
            label=Words(zh="差一两个字", en="one or two characters differ"),
            sql=f"least(length({{shape}}_l), length({{shape}}_r)) >= {LONG}"
            " AND damerau_levenshtein({shape}_l, {shape}_r) <= 2",
            test=_slightly,
            prior=0.08,
        ),
        _alike(0.9, 0.05, "alike", Words(zh="很相近", en="very much alike")),
        _alike(0.8, 0.05, "similar", Words(zh="相近", en="alike")),
        different(0.08),
    )

    def taken_apart(self, value: str) -> Parts:
        text = folded(value)
        found = AREA.match(text)
        city, rest = (found["city"], text[found.end() :]) if found else (None, text)
        plain = LOOSE.sub("", rest)
        if not plain:
            return self.nothing()
        street = ROAD.match(rest)
        place = LOOSE.sub("", street[0]) if street else None
        return (plain, shape(plain), plain[:BEGINNING], city, place)
