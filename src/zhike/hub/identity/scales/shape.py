"""
Texts as letters of one byte each, and how far two of them are apart.

DuckDB counts edits in bytes, of which a Chinese character has three. So every character becomes one
ASCII letter (its own if it is one). That two share a letter happens, and costs a level at most.
"""

import unicodedata
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from zhike.meta.reading.han import converted

FIRST, LETTERS = 33, 94
SPREAD, OTHERWISE = 2_654_435_761, 2_246_822_519


def folded(text: str) -> str:
    """Give a text without what people type differently: width, case, spaces, 繁 and 简."""
    if text.isascii():
        return "".join(text.split()).lower()
    wide = unicodedata.normalize("NFKC", text)
    return converted("".join(wide.split()).lower())


@cache
def letter(char: str, spread: int = SPREAD) -> str:
    """Give the ASCII letter that stands for a character."""
    if char.isascii() and char.isprintable():
        return char
    return chr(FIRST + (ord(char) * spread >> 7) % LETTERS)


def shape(text: str) -> str:
    """Give a text letter by letter, none of them longer than a byte."""
    return text if text.isascii() else "".join(map(letter, text))


def mould(text: str) -> str:
    """
    Give another shape of a text: two that are alike in both share no letter by chance.

    Names of two or three characters need it, where one such letter makes half of a stranger's name.
    """
    return text if text.isascii() else "".join(letter(char, OTHERWISE) for char in text)


def edits(one: str, other: str, most: int) -> bool:
    """Say whether some mistypings turn one shape into the other."""
    return DamerauLevenshtein.distance(one, other, score_cutoff=most) <= most


END, LONG = 5, 12
"""Of so long a text, one mistyping leaves so many letters at one of its ends as they were."""
UNTOUCHED = (
    f"(length({{it}}_l) < {LONG} OR substr({{it}}_l, 1, {END}) = substr({{it}}_r, 1, {END})"
    f" OR right({{it}}_l, {END}) = right({{it}}_r, {END}))"
)


def edited(part: str, most: int) -> str:
    """
    Say in SQL whether some mistypings turn one shape into the other.

    They are counted, which takes long, only where they may be few: most strangers differ at both
    ends.
    """
    it = f"{{{part}}}"
    counted = f"damerau_levenshtein({it}_l, {it}_r) <= {most}"
    return f"{UNTOUCHED.format(it=it)} AND {counted}" if most == 1 else counted


def alike(one: str, other: str, least: float) -> bool:
    """Say whether two shapes are at least so similar, on the scale of Jaro and Winkler."""
    return JaroWinkler.similarity(one, other) >= least
