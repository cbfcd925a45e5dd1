"""
Keys that records share which are merely alike: a name by its sound, with a character mistyped, left
out or too much, cut short; a telephone by its ends.

They are no proof of anything: they say whom to look at. All of them are short sums (`~1f3a09bc`),
so that they cost little to keep; that two texts have one sum happens, and is seen when they are
compared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from zhike.hub.identity.kinds.company_name import parsed
from zhike.hub.identity.kinds.comparison import Comparison
from zhike.hub.identity.kinds.trades import brand_of
from zhike.hub.identity.scales.shape import folded
from zhike.kernel.words import Words
from zhike.meta import Json
from zhike.meta.reading.han import converted
from zhike.meta.reading.pinyin import named, syllables
from zhike.store.batch import NEAR

MOST = 5
"""Syllables of a brand that may be mistyped; with more, its other half finds it."""
TELLING = 3
"""Syllables from which on a brand alone is known to few."""
SHORT = 2
"""Syllables that most brands have; together with the place they are known to few."""
HEAD, TAIL = -4, -4
DIGITS = frozenset("0123456789")
LEAST = 7
KEPT = f"{NEAR}%08x"
"""How a sum is written."""


class CompanyNear(Comparison):
    """A company by brand and trade as they sound, whatever its place and form."""

    name = "company_near"
    label = Words(zh="企业名称相近", en="a similar company name")
    kinds = frozenset({"company_name", "text"})

    def keys(self, value: Json) -> tuple[str, ...]:
        return _company(value) if isinstance(value, str) else ()


class PersonNear(Comparison):
    """A person by how the name sounds."""

    name = "person_near"
    label = Words(zh="姓名读音相同", en="a name that sounds the same")
    kinds = frozenset({"person_name"})

    def keys(self, value: Json) -> tuple[str, ...]:
        plain = folded(value) if isinstance(value, str) else ""
        return ("".join(named(plain)) or plain,) if plain else ()


class PhoneNear(Comparison):
    """A telephone by its beginning or its end: a slip of the finger leaves one of them."""

    name = "phone_near"
    label = Words(zh="电话号码相近", en="a similar telephone number")
    kinds = frozenset({"phone"})

    def keys(self, value: Json) -> tuple[str, ...]:
        digits = "".join(char for char in str(value or "") if char in DIGITS)
        return (digits[:HEAD], digits[TAIL:]) if len(digits) >= LEAST else ()


@lru_cache(maxsize=64)
def _company(value: str) -> tuple[str, ...]:
    name = parsed(converted(value))
    if not name.core:
        return ()
    said = [one or char for one, char in zip(syllables(name.core), name.core, strict=True)]
    whole = "".join(said)
    brand = len(brand_of(name.core))
    found = [whole, "".join(said[:brand])]
    if name.place:
        found.append(f"{name.place}{''.join(said[:SHORT])}")
    less: Iterable[str] = ()
    if len(said) > TELLING:
        # Where the brand ends cannot be told once a character of the trade is left out.
        found.append("".join(said[:TELLING]))
        less = _without_one(whole, said[: min(brand, MOST)])
    if name.place and brand < TELLING:
        # So little of a brand is left that only those of one place are few.
        less = [f"{name.place}-{one}" for one in less]
    if name.place and brand <= TELLING:
        found.append(f"{name.place}-{whole}")
    return tuple(dict.fromkeys((*found, *less)))


def _without_one(whole: str, said: Sequence[str]) -> Iterator[str]:
    """Leave out one syllable after the other: whoever mistyped it has the rest in common."""
    begins = 0
    for one in said:
        ends = begins + len(one)
        yield whole[:begins] + whole[ends:]
        begins = ends


def summed(mark: str, said: Iterable[str]) -> list[str]:
    """Give the keys that are kept for what was said of some fields."""
    begun = crc32(mark.encode())
    return [KEPT % crc32(one.encode(), begun) for one in said]


ALIKE: Mapping[str, Comparison] = {
    "company_name": CompanyNear(),
    "person_name": PersonNear(),
    "phone": PhoneNear(),
}
"""By field kind: what makes it worth looking at two records; other kinds have to agree."""
