"""How alike two names of people are, Chinese or not."""

from zhike.hub.identity.scales.scale import Level, Parts, Scale, different, same
from zhike.hub.identity.scales.shape import alike, edits, folded, shape
from zhike.kernel.words import Words
from zhike.store.pinyin import named

PLAIN, SOUND, SHAPE = range(3)
LEAST = 3
CLOSE = 0.9


def _mistyped(one: Parts, other: Parts) -> bool:
    a, b = one[SHAPE] or "", other[SHAPE] or ""
    return min(len(a), len(b)) >= LEAST and edits(a, b, 1)


class PersonName(Scale):
    """The same, the same by ear, one character off, much alike."""

    name = "person"
    kinds = frozenset({"person_name"})
    parts = ("plain", "sound", "shape")
    blocks = ("plain", "sound")
    levels = (
        same("plain", PLAIN, 0.75),
        Level(
            word="same_sound",
            label=Words(zh="读音相同", en="sounds the same"),
            sql="{sound}_l = {sound}_r",
            test=lambda a, b: a[SOUND] is not None and a[SOUND] == b[SOUND],
            prior=0.05,
        ),
        Level(
            word="one_typo",
            label=Words(zh="差一个字", en="one character differs"),
            sql=f"least(length({{shape}}_l), length({{shape}}_r)) >= {LEAST}"
            " AND damerau_levenshtein({shape}_l, {shape}_r) <= 1",
            test=_mistyped,
            prior=0.08,
        ),
        Level(
            word="alike",
            label=Words(zh="相近", en="much alike"),
            sql=f"jaro_winkler_similarity({{shape}}_l, {{shape}}_r) >= {CLOSE}",
            test=lambda a, b: alike(a[SHAPE] or "", b[SHAPE] or "", CLOSE),
            prior=0.05,
        ),
        different(0.07),
    )

    def taken_apart(self, value: str) -> Parts:
        plain = folded(value)
        if not plain:
            return self.nothing()
        return (plain, "".join(named(plain)) or None, shape(plain))
