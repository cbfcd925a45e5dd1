"""How alike two company names are: 行政区划 + 字号 + 行业 + 组织形式, and a branch."""

import re

from zhike.hub.identity.kinds.company_name import parsed
from zhike.hub.identity.kinds.trades import brand_of
from zhike.hub.identity.scales.scale import Level, Parts, Scale, different
from zhike.hub.identity.scales.shape import edits, shape
from zhike.kernel.words import Words
from zhike.meta.reading.han import converted
from zhike.meta.reading.pinyin import syllables

CORE, PLACE, BRANCH, SOUND, SHAPE, HEAD, TRADE, FORM, WHOLE, WIDE, COUNT, UNIT = range(12)
ONE_TYPO, TWO_TYPOS, CUT = 4, 7, 3
"""From how many characters on a name may have one or two mistyped, or miss its end."""
MISSPELT = 7
PLACED = 2
"""By how many more, if the place before it is counted in."""
FIRST, SECOND = (tuple(f"substr({{head}}_{side}, {place}, 1)" for side in "lr") for place in (1, 2))
SAME_BRAND = (
    f"{FIRST[0]} = {FIRST[1]} OR {SECOND[0]} = {SECOND[1]}"
    f" OR ({FIRST[0]} = {SECOND[1]} AND {SECOND[0]} = {FIRST[1]})"
)
"""
Two characters of a brand are mostly all of it: two that differ there are another brand, unless they
have changed places.
"""


BRANDS = tuple(f"substr({{core}}_{side}, 1, length({{core}}_{side}) - length({{trade}}_{side}))"
               for side in "lr")  # fmt: skip
COUNTED = re.compile(
    r"第([一二三四五六七八九十百\d]+)|(\d+)|([一二三四五六七八九十]+)(?=[局院厂中小附建处队])"
)
"""The number that an organization has among those of its name: 第二中学, 中建八局."""
COMPLETE = re.compile(
    "(?:大学|学院|学校|中学|小学|医院|银行|集团|研究院|研究所|事务所|委员会|政府|局|厂|中心)$"
)
"""Who is called so is whole: what follows is a part of it (大学附属医院), not its longer name."""
SISTERS = (
    "coalesce({count}_l <> {count}_r, false)"
    f" OR coalesce({BRANDS[0]} = {BRANDS[1]} AND NOT contains({{trade}}_l, {{trade}}_r)"
    " AND NOT contains({trade}_r, {trade}_l), false)"
)
"""
One brand in two known trades: 五金 is no misspelling of 塑料, but a sister company's trade. Nor is
第二 one of 第三.
"""
BRAND_ALONE = " OR ".join(
    f"({{trade}}_{one} IS NULL AND length({{core}}_{one}) >= 2 AND {{core}}_{one} = {brand})"
    for one, brand in zip("lr", reversed(BRANDS), strict=True)
)
UNPLACED = "{core}_l = {whole}_r OR {core}_r = {whole}_l"
"""A brand that begins like a place: 东方红, which 长沙东方红 has behind its place."""


def _elsewhere(one: Parts, other: Parts) -> bool:
    if (one[BRANCH] or "") != (other[BRANCH] or ""):
        return True
    here, there = one[PLACE], other[PLACE]
    apart = bool(here and there and here not in there and there not in here)
    return apart and not _unplaced(one, other)


def _unplaced(one: Parts, other: Parts) -> bool:
    return one[CORE] == other[WHOLE] or other[CORE] == one[WHOLE]


def _same(one: Parts, other: Parts) -> bool:
    """Say whether all agrees that is told: a limited company is not the one by shares."""
    here = one[CORE] == other[CORE] and one[PLACE] is not None and one[PLACE] == other[PLACE]
    return here and (not one[FORM] or not other[FORM] or one[FORM] == other[FORM])


def _typos(most: int, least: int) -> str:
    edited = " OR ".join(
        f"(least(length({it}_l), length({it}_r)) >= {long} AND {more}"
        f"damerau_levenshtein({it}_l, {it}_r) <= {most})"
        for it, long, more in (
            ("{shape}", least, ""),
            ("{wide}", least + PLACED, "{place}_l IS DISTINCT FROM {place}_r AND "),
        )
    )
    return f"({edited}) AND NOT ({SISTERS})"


def _mistyped(one: Parts, other: Parts, most: int, least: int) -> bool:
    placed = one[PLACE] != other[PLACE]
    ways = ((SHAPE, least), (WIDE, least + PLACED)) if placed else ((SHAPE, least),)
    return not _sisters(one, other) and any(
        min(len(a), len(b)) >= long and edits(a, b, most)
        for part, long in ways
        for a, b in ((one[part] or "", other[part] or ""),)
    )


def _sisters(one: Parts, other: Parts) -> bool:
    if one[COUNT] and other[COUNT] and one[COUNT] != other[COUNT]:
        return True
    here, there = one[TRADE], other[TRADE]
    if not here or not there or here in there or there in here:
        return False
    return (one[CORE] or "").removesuffix(here) == (other[CORE] or "").removesuffix(there)


def _at_home(one: Parts, other: Parts) -> bool:
    long = len(one[SHAPE] or "") + len(other[SHAPE] or "") >= MISSPELT
    return long and all(one[at] is not None and one[at] == other[at] for at in (PLACE, HEAD))


def _brand_left(one: Parts, other: Parts) -> bool:
    a, b = one[HEAD] or "", other[HEAD] or ""
    return any(x == y for x, y in zip(a, b, strict=False)) or a == b[::-1] != ""


def _brand_alone(one: Parts, other: Parts) -> bool:
    return any(
        not a[TRADE] and bool(b[TRADE]) and a[CORE] == (b[CORE] or "").removesuffix(b[TRADE] or "")
        for a, b in ((one, other), (other, one))
    )


def _cut(one: Parts, other: Parts) -> bool:
    a, b = sorted((one[CORE] or "", other[CORE] or ""), key=len)
    return len(a) >= CUT and b.startswith(a) and not (a != b and COMPLETE.search(a))


class Company(Scale):
    """
    Place, brand and trade, with misspellings; what is left apart is another company.

    Sister companies share everything but their trade, agents lend their telephone to many: so a
    clearly different name, another place or another branch cannot be outweighed.
    """

    name = "company"
    kinds = frozenset({"company_name"})
    parts = (
        "core", "place", "branch", "sound", "shape", "head", "trade", "form", "whole", "wide",
        "count", "unit",
    )  # fmt: skip
    blocks = ("core", "sound")
    hints = ("head",)
    names = True
    levels = (
        Level(
            word="elsewhere",
            label=Words(zh="地区或分支机构不同", en="another place or branch"),
            sql="coalesce({branch}_l, '') <> coalesce({branch}_r, '')"
            " OR (NOT (contains({place}_l, {place}_r) OR contains({place}_r, {place}_l))"
            f" AND NOT ({UNPLACED}))",
            test=_elsewhere,
            prior=0.0,
            apart=True,
        ),
        Level(
            word="same",
            label=Words(zh="相同", en="the same"),
            sql="{core}_l = {core}_r AND {place}_l = {place}_r"
            " AND coalesce({form}_l = {form}_r, true)",
            test=_same,
            prior=0.55,
            given_once=True,
        ),
        Level(
            word="same_core",
            label=Words(zh="字号与行业相同", en="brand and trade are the same"),
            sql=f"{{core}}_l = {{core}}_r OR {UNPLACED}",
            test=lambda a, b: a[CORE] == b[CORE] or _unplaced(a, b),
            prior=0.15,
        ),
        Level(
            word="same_sound",
            label=Words(zh="读音相同", en="sounds the same"),
            sql="{sound}_l = {sound}_r",
            test=lambda a, b: a[SOUND] is not None and a[SOUND] == b[SOUND],
            prior=0.1,
        ),
        Level(
            word="misspelt",
            label=Words(zh="同地同字号，差一个字", en="one place and brand, one character differs"),
            sql="{place}_l = {place}_r AND {head}_l = {head}_r"
            f" AND length({{shape}}_l) + length({{shape}}_r) >= {MISSPELT} AND {_typos(1, CUT)}",
            test=lambda a, b: _at_home(a, b) and _mistyped(a, b, 1, CUT),
            prior=0.06,
        ),
        Level(
            word="one_typo",
            label=Words(zh="差一个字", en="one character differs"),
            sql=_typos(1, ONE_TYPO),
            test=lambda a, b: _mistyped(a, b, 1, ONE_TYPO),
            prior=0.1,
        ),
        Level(
            word="two_typos",
            label=Words(zh="差两个字", en="two characters differ"),
            sql=f"{_typos(2, TWO_TYPOS)} AND ({SAME_BRAND})",
            test=lambda a, b: _mistyped(a, b, 2, TWO_TYPOS) and _brand_left(a, b),
            prior=0.02,
        ),
        Level(
            word="cut_short",
            label=Words(zh="一个是另一个的开头", en="one is the beginning of the other"),
            sql=f"length({{core}}_l) >= {CUT} AND length({{core}}_r) >= {CUT} AND"
            " (starts_with({core}_l, {core}_r) AND {unit}_r IS NULL"
            " OR starts_with({core}_r, {core}_l) AND {unit}_l IS NULL)",
            test=_cut,
            prior=0.03,
        ),
        Level(
            word="brand",
            label=Words(zh="只有字号，字号相同", en="the brand alone, which is the same"),
            sql=BRAND_ALONE,
            test=_brand_alone,
            prior=0.02,
        ),
        different(0.0, apart=True),
    )

    def taken_apart(self, value: str) -> Parts:
        name = parsed(converted(value))
        if not name.core:
            return self.nothing()
        sound, whole = "".join(syllables(name.core)), name.whole
        return (
            name.core,
            name.place or None,
            name.branch or None,
            sound or None,
            shape(name.core),
            name.core[:2],
            name.core[len(brand_of(name.core)) :] or None,
            name.form or None,
            whole,
            shape(whole),
            "".join(filter(None, (one for found in COUNTED.findall(name.core) for one in found)))
            or None,
            "unit" if COMPLETE.search(name.core) else None,
        )

    def opposed(self, one: Parts, other: Parts) -> bool:
        return _sisters(one, other)
