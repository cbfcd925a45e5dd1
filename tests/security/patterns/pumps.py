"""
Inputs that make a careless pattern backtrack: what it repeats, very often, and then something else.

They are made from each pattern itself: its letters, one of each of its classes, and every piece of
literal text in it, alone and in pairs.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

try:
    from re import _parser as parser  # type: ignore[attr-defined] # CPython's own reader of patterns
except ImportError:  # pragma: no cover
    parser = None

import zhike

Pattern = re.Pattern[str] | re.Pattern[bytes]
SAMPLES = {
    "CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a",
    "CATEGORY_NOT_DIGIT": "a", "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "-",
}  # fmt: skip
MOST = 4
HOW = {"fullmatch", "match", "search", "sub", "subn", "split", "findall", "finditer"}
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(Path(zhike.__path__[0]).rglob("*.py"))
)
ENDS = ("", "!")


def modules() -> Iterator[ModuleType]:
    """Give every module of the product."""
    for found in pkgutil.walk_packages(zhike.__path__, "zhike."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, Pattern]:
    """Give every compiled pattern that a module holds, by where it stands."""
    found: dict[str, Pattern] = {}
    for module in modules():
        for name, value in vars(module).items():
            for at, one in _within(value, name):
                found.setdefault(f"{module.__name__}.{at}", one)
    seen: dict[tuple[Any, int], str] = {}
    for at, one in found.items():
        seen.setdefault((one.pattern, one.flags), at)
    return {at: found[at] for at in seen.values()}


def _within(value: object, at: str, depth: int = 0) -> Iterator[tuple[str, Pattern]]:
    match value:
        case re.Pattern():
            yield at, value
        case dict() if depth < 2:
            for key, one in value.items():
                yield from _within(one, f"{at}[{key!r}]", depth + 1)
        case tuple() | list() if depth < 2:
            for number, one in enumerate(value):
                yield from _within(one, f"{at}[{number}]", depth + 1)
        case _:
            return


@cache
def uses(at: str) -> set[str]:
    """Say by which methods the product asks a pattern; one that it hands on is asked in full."""
    name = re.split(r"[.\[]", at.removeprefix("zhike."))
    word = next(one for one in name if one.isupper() or one[:1].isupper())
    return set(re.findall(rf"\b{word}\.(\w+)\(", SOURCES)) & HOW or {"fullmatch"}


def pumped(pattern: Pattern, size: int) -> Iterator[str]:
    """Give texts of about this size that might hurt a pattern."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    signs = sorted(set(_signs(parser.parse(text, pattern.flags & ~re.DEBUG))))[:MOST]
    pieces = {*signs, *("".join(pair) for pair in product(signs, repeat=2))}
    for piece in sorted(pieces):
        for end in ENDS:
            yield piece * (size // len(piece)) + end
    for first, second in product(signs, repeat=2):
        yield first + second * size
        yield first * (size // 2) + second * (size // 2) + "!"


def _signs(parsed: Any) -> Iterator[str]:
    """Give one sign for everything that a pattern speaks of."""
    for operation, given in parsed:
        name = str(operation)
        match name:
            case "LITERAL" | "NOT_LITERAL":
                yield chr(given if name == "LITERAL" else ord("a"))
            case "ANY":
                yield "a"
            case "RANGE":
                yield chr(given[0])
            case "CATEGORY":
                yield SAMPLES.get(str(given), "a")
            case "IN":
                yield from _signs(one for one in given if str(one[0]) != "NEGATE")
            case _:
                yield from _deeper(given)


def _deeper(given: Any) -> Iterator[str]:
    if isinstance(given, parser.SubPattern):
        yield from _signs(given)
    elif isinstance(given, tuple | list):
        for one in given:
            yield from _deeper(one)
