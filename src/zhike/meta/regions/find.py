"""
Text → place: 浙江省杭州市西湖区, 浙江/杭州/西湖区, 杭州市西湖区, 北京北京, 华东, 330106.

The text is eaten from the left, each step within the place found so far. What is left over is
handed back, never dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from zhike.meta.reading.near import nearest
from zhike.meta.regions.atlas import (
    CODE_LENGTH,
    DISTRICT,
    MUNICIPALITIES,
    Atlas,
    Division,
    atlas,
    span,
)

JOINTS = re.compile(
    r"[\s/\\|>,,、·・_—–-]+|(?:市辖区|(?:省|自治区)?直辖县级行政(?:区划|单位))(?=.)"
)
COUNTRY = re.compile("^(?:中华人民共和国|中国)(?=.)")
SUFFIXES = tuple("省市区县州盟旗")
STREET = re.compile("^大?[路街道巷弄]")
LONGEST_NAME = 20
LONGEST_TEXT = 200
DOUBTFUL = frozenset({"朝阳", "江南", "中原", "江北", "新城", "城区", "郊区", "矿区"})
"""Short names that most people use for something else than the only place called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The one place that is meant, and what stood after it."""

    place: Division
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Several places are called so."""

    places: tuple[Division, ...]


@lru_cache(maxsize=65_536)
def find(text: str) -> Found | Ambiguous | None:
    """Find the place a text means; None if it means none."""
    book = atlas()
    if (code := _code(text, book)) is not None:
        return Found(place=book.divisions[code])
    kept = _kept(text)
    bare = "".join(text[at] for at in kept)
    read = sorted(set(_walked(bare, None, book)), key=lambda one: (len(one[1]), one))
    if len(text) > LONGEST_TEXT:
        return None
    if not read or bare in DOUBTFUL:
        return _called(bare, book)
    rest = read[0][1]
    if rest and len(bare) == len(rest) + 1:
        # One character is a place only by itself or before another one: 京东 is none.
        return None
    places = _preferred([book.divisions[code] for code, left in read if left == rest])
    if len(places) > 1:
        return Ambiguous(places=places)
    return Found(place=places[0], rest=text[kept[-len(rest)] :] if rest else "")


def ranges(name: str) -> tuple[tuple[str, str], ...] | None:
    """
    Give the half-open ranges of codes within what a name or code stands for; None if unknown.

    A name that several places share stands for all of them. Compare with `COLLATE "C"`.
    """
    match find(name.strip()):
        case Found(place=place, rest=""):
            return (span(place.code),)
        case Ambiguous(places=places):
            return tuple(span(place.code) for place in places)
        case _:
            return None


def near(text: str) -> list[str]:
    """Give the paths of places that are called something like a text."""
    book = atlas()
    names = nearest(text, (name for name in book.anywhere if len(name) > 1))
    return list(dict.fromkeys(book.divisions[book.anywhere[name][0]].path for name in names))


def rows() -> Iterator[tuple[str, str, str]]:
    """Give code, name and path of every place, to fill a table with."""
    for place in atlas().divisions.values():
        yield place.code, place.name, place.path


def _code(text: str, book: Atlas) -> str | None:
    if text in book.divisions:
        return text
    if not text.isascii() or not text.isdigit() or len(text) % 2:
        return None
    code = text.ljust(CODE_LENGTH, "0")
    if len(code) > CODE_LENGTH and not code[CODE_LENGTH:].strip("0"):
        code = code[:CODE_LENGTH]
    if code in book.divisions:
        return code
    province = f"{code[:2]}0000"
    return province if code[:2] in MUNICIPALITIES and code[2:] in {"0100", "0200"} else None


def _kept(text: str) -> list[int]:
    """Give the positions of what is left of a text without separators and the country's name."""
    skipped = {at for gap in JOINTS.finditer(text[:LONGEST_TEXT]) for at in range(*gap.span())}
    if country := COUNTRY.match(text):
        skipped.update(range(country.end()))
    return [at for at in range(len(text[:LONGEST_TEXT])) if at not in skipped]


def _walked(text: str, inside: str | None, book: Atlas) -> Iterator[tuple[str, str]]:
    """Give every way to eat names from the left of a text: where one arrives and what is left."""
    names = book.anywhere if inside is None else book.inside
    for length in range(min(LONGEST_NAME, len(text)), 0, -1):
        name, rest = text[:length], text[length:]
        if name not in names or not _fits(name, rest, book):
            continue
        for code in _inside(names[name], inside):
            if inside is None and rest and _bare_county(name, code, book):
                continue
            yield code, rest
            if rest:
                yield from _walked(rest, code, book)


def _inside(codes: tuple[str, ...], larger: str | None) -> list[str]:
    """Give the codes within a place; the place itself only if nothing in it is called so."""
    if larger is None:
        return list(codes)
    first, last = span(larger)
    held = [code for code in codes if first <= code < last]
    return [code for code in held if code != larger] or held


def _fits(name: str, rest: str, book: Atlas) -> bool:
    """Tell whether a name is not the beginning of a street: 中山 of 中山路, 张江 of 张江路."""
    if rest and not name.endswith(SUFFIXES) and STREET.match(rest):
        return False
    return name in book.full or not rest or len(name) > 1


def _bare_county(name: str, code: str, book: Atlas) -> bool:
    """Tell whether a county's short name could be the beginning of anything."""
    return book.divisions[code].level == DISTRICT and name not in book.full


def _preferred(places: list[Division]) -> tuple[Division, ...]:
    """Leave out what is meant only if nothing better is: retired places, and smaller ones."""
    today = [place for place in places if not place.retired] or places
    level = min(place.level for place in today)
    return tuple(dict.fromkeys(place for place in today if place.level == level))


def _called(name: str, book: Atlas) -> Found | Ambiguous | None:
    """Find what a name means that usually stands after a larger place: 海淀 is the only one."""
    codes = book.inside.get(name, ())
    places = tuple(book.divisions[code] for code in codes if not book.divisions[code].retired)
    if len(places) == 1 and name not in DOUBTFUL:
        return Found(place=places[0])
    return Ambiguous(places=places) if places else None
