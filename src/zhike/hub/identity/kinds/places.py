"""The place at the head of a company's name: 浙江省杭州市, 浙江杭州, 杭州市 and 杭州 are one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhike.meta.regions import rows

WORDS_WITH_CITY = ("政", "场", "民", "容", "区", "辖", "级", "南区", "北区", "中区")
"""What makes a word with the 市 before it (市政, 市南区), so that it is not the city's suffix."""
RACES = (
    "维吾尔", "壮族", "回族", "藏族", "蒙古族", "蒙古", "朝鲜族", "土家族", "苗族", "羌族", "彝族",
    "布依族", "侗族", "哈尼族", "傣族", "白族", "景颇族", "傈僳族", "哈萨克", "柯尔克孜",
)  # fmt: skip
SUFFIXES = ("特别行政区", "自治区", "自治州", "地区", "盟", "省", "市")
LONGEST = 11
SHORTEST = 2
CODE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One way to write a province, a city or a district, and how it is called without suffix."""

    code: str
    name: str
    level: int


@cache
def places() -> Mapping[str, tuple[Place, ...]]:
    """Give every way to write a place, made once."""
    found: dict[str, list[Place]] = {}
    for code, name, _ in rows():
        if len(code) == CODE and name not in ("市辖区", "县"):
            for way, place in _ways(code, name):
                found.setdefault(way, []).append(place)
    return {way: tuple(one) for way, one in found.items()}


@cache
def sizes() -> Mapping[str, tuple[int, ...]]:
    """Give how long the places are that begin with two characters, the longest first."""
    found: dict[str, set[int]] = {}
    for way in places():
        if len(way) > LONGEST:
            continue
        found.setdefault(way[:SHORTEST], set()).add(len(way))
    return {head: tuple(sorted(one, reverse=True)) for head, one in found.items()}


def led_by(text: str) -> tuple[str, str]:
    """
    Give the place a text begins with, without suffixes, and what follows it.

    A province is left out if one of its cities follows, and a city if one of its smaller cities
    does; a district stays behind its city.
    """
    found = _longest(text, "")
    if found is None:
        return "", text
    way, place = found
    name, rest = place.name, _rest(text, way, place)
    while place.level < DISTRICT and (found := _longest(rest, place.code)) is not None:
        way, place = found
        name = name + place.name if place.level == DISTRICT else place.name
        rest = _rest(rest, way, place)
    return name, rest


PROVINCE, CITY, DISTRICT = 1, 2, 3


def _ways(code: str, name: str) -> list[tuple[str, Place]]:
    level = PROVINCE if code.endswith("0000") else CITY if code.endswith("00") else DISTRICT
    if level == DISTRICT and not name.endswith("市"):
        return [(name, Place(code=code, name=name, level=DISTRICT))]
    bare = _bare(name)
    place = Place(code=code, name=bare, level=min(level, CITY))
    return [(way, place) for way in dict.fromkeys((name, bare))]


def _bare(name: str) -> str:
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= SHORTEST:
            name = name.removesuffix(suffix)
            break
    return _raceless(name)


def _raceless(name: str) -> str:
    for race in RACES:
        if name.endswith(race) and len(name) - len(race) >= SHORTEST:
            return _raceless(name.removesuffix(race))
    return name


def _longest(text: str, within: str) -> tuple[str, Place] | None:
    """Find the longest place a text begins with; inside another one, only what lies in it."""
    known = places()
    for size in sizes().get(text[:SHORTEST], ()):
        for place in known.get(text[:size], ()):
            if not within or _inside(place.code, within):
                return text[:size], place
    return None


def _inside(code: str, larger: str) -> bool:
    return code != larger and code.startswith(larger[:2] if larger.endswith("0000") else larger[:4])


def _rest(text: str, way: str, place: Place) -> str:
    """Give what follows the place; a 市 that belongs to the next word is given back to it."""
    rest = text[len(way) :]
    taken = way != place.name and way.endswith("市") and place.level < DISTRICT
    return f"市{rest}" if taken and rest.startswith(WORDS_WITH_CITY) else rest
