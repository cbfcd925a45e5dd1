"""The divisions as they lie in the package's two files, with every way to spell each."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from zhike.meta.regions.spelling import SHORTEST, is_zone, short, zone_names

CODE_LENGTH = 6
REGION, PROVINCE, CITY, DISTRICT = range(4)
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
COUNTIES = ("县", "市", "旗", "林区")
"""What may be called by its short name without saying where it is; a 区 may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One place; its level is `REGION` for a large region, `PROVINCE`, `CITY` or `DISTRICT`."""

    code: str
    name: str
    path: str
    level: int
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """All places, and the codes for each spelling: `anywhere`, or only `inside` a larger place."""

    divisions: Mapping[str, Division]
    anywhere: Mapping[str, tuple[str, ...]]
    inside: Mapping[str, tuple[str, ...]]
    full: frozenset[str]
    """Spellings that say what the place is (杭州市), so that a street cannot be meant (中山路)."""


def span(code: str) -> tuple[str, str]:
    """Give the half-open range of codes within a place, in the order of the "C" collation."""
    if len(code) < CODE_LENGTH:
        return LARGE[code]
    if code.endswith("0000"):
        return code, _next(code[:2]).ljust(CODE_LENGTH, "0")
    if code.endswith("00"):
        return code, _next(code[:4]).ljust(CODE_LENGTH, "0")
    return code, _next(code)


LARGE: Mapping[str, tuple[str, str]] = {
    "1": ("1", "2"),
    "2": ("2", "3"),
    "3": ("3", "4"),
    "40": ("40", "44"),
    "47": ("44", "48"),
    "5": ("5", "6"),
    "6": ("6", "7"),
    "7": ("7", "9"),
}
"""
The large regions have codes of ours: the first digit of GB/T 2260 where one region has it, and
numbers that no province has (40 华中, 47 华南) where two share it. So each is one range, with its
own code inside.
"""


@cache
def atlas() -> Atlas:
    """Give the atlas; it is read once."""
    names, aliases = _read()
    divisions = {code: _division(code, names) for code in sorted(names)}
    today = {(one.code[:4], one.name) for one in divisions.values() if not one.retired}
    anywhere: dict[str, dict[str, None]] = {}
    inside: dict[str, dict[str, None]] = {}
    full: set[str] = set()
    for one in divisions.values():
        former = (way for way in aliases.get(one.code, ()) if (one.code[:4], way) not in today)
        named = (one.name, *former)
        full.update(named)
        for way in (*named, *(short(way) for way in named[1:] if one.level == CITY)):
            _note(way, one.code, (anywhere, inside))
        for way in _elsewhere(one):
            _note(way, one.code, (anywhere, inside))
        for way in _inside(one, divisions):
            _note(way, one.code, (inside,))
    return Atlas(
        divisions=divisions,
        anywhere={way: tuple(codes) for way, codes in anywhere.items()},
        inside={way: tuple(codes) for way, codes in inside.items()},
        full=frozenset(full),
    )


def above(code: str, divisions: Iterable[str]) -> Iterator[str]:
    """Give the codes of the places a division lies in, the largest first."""
    if len(code) < CODE_LENGTH:
        return
    province, city = f"{code[:2]}0000", f"{code[:4]}00"
    if code != province and province in divisions:
        yield province
    if city not in {code, province} and city in divisions:
        yield city


def _read() -> tuple[Mapping[str, tuple[str, bool]], Mapping[str, tuple[str, ...]]]:
    folder = files("zhike.meta.regions")
    names: dict[str, tuple[str, bool]] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader((folder / "divisions.csv").read_text("utf-8").splitlines()):
        names[row["code"]] = (row["name"], row["state"] == "retired")
        aliases[row["code"]] = tuple(row["former"].split())
    for row in csv.DictReader((folder / "supplement.csv").read_text("utf-8").splitlines()):
        if row["name"]:
            names[row["code"]] = (row["name"], False)
        former = aliases.get(row["code"], ())
        aliases[row["code"]] = (*former, *row["aliases"].split())
    return names, aliases


def _division(code: str, names: Mapping[str, tuple[str, bool]]) -> Division:
    name, retired = names[code]
    larger = tuple(above(code, names))
    return Division(
        code=code,
        name=name,
        path="/".join((*(names[one][0] for one in larger), name)),
        level=_level(code),
        retired=retired,
    )


def _level(code: str) -> int:
    if len(code) < CODE_LENGTH:
        return REGION
    return PROVINCE if code.endswith("0000") else CITY if code.endswith("00") else DISTRICT


def _elsewhere(one: Division) -> Iterator[str]:
    """Give the short ways to write a place that need no larger place before them."""
    bare = short(one.name)
    if one.retired:
        return
    if one.level == PROVINCE:
        yield from (bare, f"{bare}省")
    elif one.name.endswith("自治州"):
        yield from (bare, f"{bare}州")
    elif one.level == CITY or one.name.endswith(COUNTIES):
        yield bare


def _inside(one: Division, divisions: Mapping[str, Division]) -> Iterator[str]:
    """Give the ways to write a place that mean it only after the name of a larger one."""
    bare = short(one.name)
    if len(bare) >= SHORTEST:
        yield bare
    if is_zone(one.name):
        larger = tuple(divisions[code].name for code in above(one.code, divisions))
        yield from zone_names(one.name, larger)


def _note(way: str, code: str, books: Iterable[dict[str, dict[str, None]]]) -> None:
    for book in books:
        book.setdefault(way, {})[code] = None


def _next(code: str) -> str:
    return code[:-1] + chr(ord(code[-1]) + 1)
