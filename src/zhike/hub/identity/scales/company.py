"""How alike two company names are: 行政区划 + 字号 + 行业 + 组织形式, and a branch."""

from zhike.hub.identity.kinds.company_name import parsed
from zhike.hub.identity.kinds.trades import brand_of
from zhike.hub.identity.scales.scale import Level, Parts, Scale, different
from zhike.hub.identity.scales.shape import edits, shape
from zhike.kernel.words import Words
from zhike.meta.reading.han import converted
from zhike.meta.reading.pinyin import syllables

CORE, PLACE, BRANCH, SOUND, SHAPE, HEAD, TRADE, FORM = range(8)
ONE_TYPO, TWO_TYPOS, CUT = 4, 7, 3
"""From how many characters on a name may have one or two mistyped, or miss its end."""
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
SISTERS = (
    f"coalesce({BRANDS[0]} = {BRANDS[1]} AND NOT contains({{trade}}_l, {{trade}}_r)"
    " AND NOT contains({trade}_r, {trade}_l), false)"
)
"""One brand in two known trades: 五金 is no misspelling of 塑料, but a sister company's trade."""


def _elsewhere(one: Parts, other: Parts) -> bool:
    if (one[BRANCH] or "") != (other[BRANCH] or ""):
        return True
    here, there = one[PLACE], other[PLACE]
    return bool(here and there and here not in there and there not in here)


def _same(one: Parts, other: Parts) -> bool:
    """Say whether all agrees that is told: a limited company is not the one by shares."""
    here = one[CORE] == other[CORE] and one[PLACE] is not None and one[PLACE] == other[PLACE]
    return here and (not one[FORM] or not other[FORM] or one[FORM] == other[FORM])


def _typos(most: int, least: int) -> str:
    return (
        f"length({{shape}}_l) >= {least} AND length({{shape}}_r) >= {least}"
        f" AND damerau_levenshtein({{shape}}_l, {{shape}}_r) <= {most}"
        f" AND NOT {SISTERS}"
    )


def _mistyped(one: Parts, other: Parts, most: int, least: int) -> bool:
    a, b = one[SHAPE] or "", other[SHAPE] or ""
    enough = len(a) >= least and len(b) >= least
    return enough and edits(a, b, most) and not _sisters(one, other)


def _sisters(one: Parts, other: Parts) -> bool:
    here, there = one[TRADE], other[TRADE]
    if not here or not there or here in there or there in here:
        return False
    return (one[CORE] or "").removesuffix(here) == (other[CORE] or "").removesuffix(there)


def _brand_left(one: Parts, other: Parts) -> bool:
    a, b = one[HEAD] or "", other[HEAD] or ""
    return any(x == y for x, y in zip(a, b, strict=False)) or a == b[::-1] != ""


def _cut(one: Parts, other: Parts) -> bool:
    a, b = sorted((one[CORE] or "", other[CORE] or ""), key=len)
    return len(a) >= CUT and b.startswith(a)


class Company(Scale):
    """
    Place, brand and trade, with misspellings; what is left apart is another company.

    Sister companies share everything but their trade, agents lend their telephone to many: so a
    clearly different name, another place or another branch cannot be outweighed.
    """

    name = "company"
    kinds = frozenset({"company_name"})
    parts = ("core", "place", "branch", "sound", "shape", "head", "trade", "form")
    blocks = ("core", "sound")
    hints = ("head",)
    names = True
    levels = (
        Level(
            word="elsewhere",
            label=Words(zh="地区或分支机构不同", en="another place or branch"),
            sql="coalesce({branch}_l, '') <> coalesce({branch}_r, '')"
            " OR NOT (contains({place}_l, {place}_r) OR contains({place}_r, {place}_l))",
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
            sql="{core}_l = {core}_r",
            test=lambda a, b: a[CORE] == b[CORE],
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
            word="one_typo",
            label=Words(zh="差一个字", en="one character differs"),
            sql=_typos(1, ONE_TYPO),
            test=lambda a, b: _mistyped(a, b, 1, ONE_TYPO),
            prior=0.15,
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
            " (starts_with({core}_l, {core}_r) OR starts_with({core}_r, {core}_l))",
            test=_cut,
            prior=0.03,
        ),
        different(0.0, apart=True),
    )

    def taken_apart(self, value: str) -> Parts:
        name = parsed(converted(value))
        if not name.core:
            return self.nothing()
        sound = "".join(syllables(name.core))
        return (
            name.core,
            name.place or None,
            name.branch or None,
            sound or None,
            shape(name.core),
            name.core[:2],
            name.core[len(brand_of(name.core)) :] or None,
            name.form or None,
        )
