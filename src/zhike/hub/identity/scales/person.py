"""How alike two names of people are, Chinese or not."""

import re
from functools import lru_cache

from zhike.hub.identity.scales.scale import SAME, Level, Parts, Scale, different
from zhike.hub.identity.scales.shape import alike, edits, folded, mould, shape
from zhike.kernel.words import Words
from zhike.meta.reading.pinyin import named, readings

PLAIN, SOUND, SHAPE, FIRST, LAST, HAN, BAG, MOULD = range(8)
LEAST = 3
TWO = 2
SHORT = f"({{han}}_l IS NOT NULL AND length({{plain}}_l) <= {TWO})"
"""Names of two characters, of which there are few for all who bear them."""
CLOSE = 0.88
CHINESE = re.compile(r"[\u3400-\u9fff·]+")
ADDRESS = re.compile(
    r".{1,2}(?:总|工|经理|总监|先生|女士|小姐|老师|老板|主任|医生|师傅|阿姨|太太)|[老小阿].|[A-Z]"
)
"""What people are called to their face says who they are to nobody else."""
WORDS = re.compile(r"[^\W\d_]+")


def _short(one: Parts) -> bool:
    return one[HAN] is not None and len(one[PLAIN] or "") <= TWO


def _mistyped(one: Parts, other: Parts) -> bool:
    a, b = one[SHAPE] or "", other[SHAPE] or ""
    return min(len(a), len(b)) >= LEAST and all(
        edits(one[n] or "", other[n] or "", 1) for n in (SHAPE, MOULD)
    )


def _alike(one: Parts, other: Parts) -> bool:
    return all(alike(one[n] or "", other[n] or "", CLOSE) for n in (SHAPE, MOULD))


def _sounding(one: Parts, other: Parts) -> bool:
    return any(one[n] is not None and one[n] == other[n] for n in (SOUND, BAG))


def _partly(one: Parts, other: Parts) -> bool:
    """Say whether two names of several words share the first or the last, in either order."""
    mine, theirs = {one[FIRST], one[LAST]} - {None}, {other[FIRST], other[LAST]} - {None}
    return bool(mine & theirs)


def _opposed(one: Parts, other: Parts) -> bool:
    """Say whether two names share nothing but the surname, read aloud or written."""
    mine, theirs = one[PLAIN] or "", other[PLAIN] or ""
    if one[HAN] and other[HAN]:
        return _given(mine).isdisjoint(_given(theirs))
    if one[HAN] or other[HAN]:
        han, latin = (mine, theirs) if one[HAN] else (theirs, mine)
        return _in_pinyin(latin) and not any(said in latin for said in named(han) if said)
    return False


def _given(name: str) -> frozenset[str]:
    return frozenset((*name[1:], *named(name)[1:]))


@lru_cache(maxsize=4096)
def _in_pinyin(latin: str) -> bool:
    """Say whether Latin letters are syllables of Chinese and nothing else."""
    known = readings().syllables
    ends = {0}
    for at in range(1, len(latin) + 1):
        if any(latin[begin:at] in known for begin in ends):
            ends.add(at)
    return len(latin) in ends and len(latin) >= LEAST


def _another(one: Parts, other: Parts) -> bool:
    return one[HAN] is not None and other[HAN] is not None


class PersonName(Scale):
    """The same, the same by ear, one character off, much alike; two Chinese names that are not."""

    name = "person"
    kinds = frozenset({"person_name"})
    parts = ("plain", "sound", "shape", "first", "last", "han", "bag", "mould")
    blocks = ("plain", "sound", "bag")
    hints = ("first", "last")
    names = True
    levels = (
        Level(
            word="same",
            label=SAME,
            sql=f"{{plain}}_l = {{plain}}_r AND NOT {SHORT}",
            test=lambda a, b: a[PLAIN] == b[PLAIN] and not _short(a),
            prior=0.6,
        ),
        Level(
            word="same_short",
            label=Words(
                zh="相同（两个字，重名多）", en="the same, of two characters, as many have"
            ),
            sql="{plain}_l = {plain}_r",
            test=lambda a, b: a[PLAIN] == b[PLAIN],
            prior=0.15,
        ),
        Level(
            word="same_sound",
            label=Words(zh="读音相同", en="sounds the same"),
            sql="{sound}_l = {sound}_r OR {bag}_l = {bag}_r",
            test=_sounding,
            prior=0.06,
        ),
        Level(
            word="one_typo",
            label=Words(zh="差一个字", en="one character differs"),
            sql=f"least(length({{shape}}_l), length({{shape}}_r)) >= {LEAST}"
            " AND damerau_levenshtein({shape}_l, {shape}_r) <= 1"
            " AND damerau_levenshtein({mould}_l, {mould}_r) <= 1",
            test=_mistyped,
            prior=0.08,
        ),
        Level(
            word="alike",
            label=Words(zh="相近", en="much alike"),
            sql=f"jaro_winkler_similarity({{shape}}_l, {{shape}}_r) >= {CLOSE}"
            f" AND jaro_winkler_similarity({{mould}}_l, {{mould}}_r) >= {CLOSE}",
            test=_alike,
            prior=0.04,
        ),
        Level(
            word="partly",
            label=Words(zh="名或姓相同", en="the first or the last name is the same"),
            sql="{first}_l IN ({first}_r, {last}_r) OR {last}_l IN ({first}_r, {last}_r)",
            test=_partly,
            prior=0.05,
        ),
        Level(
            word="another",
            label=Words(zh="姓名不同", en="another name"),
            sql="{han}_l = {han}_r",
            test=_another,
            prior=0.0,
            apart=True,
        ),
        different(0.02),
    )

    def opposed(self, one: Parts, other: Parts) -> bool:
        return _opposed(one, other)

    def taken_apart(self, value: str) -> Parts:
        plain = folded(value)
        if not plain or ADDRESS.fullmatch(plain):
            return self.nothing()
        if CHINESE.fullmatch(plain):
            sound = "".join(named(plain)) or None
            return (plain, sound, shape(plain), None, None, "han", None, mould(plain))
        words = WORDS.findall(value.lower())
        first, last = (words[0], words[-1]) if len(words) > 1 else (plain, None)
        bag = "".join(sorted(words)) if len(words) > 1 else None
        sound = plain if plain.isascii() else "".join(named(plain)) or None
        return (plain, sound, shape(plain), first, last, None, bag, mould(plain))
