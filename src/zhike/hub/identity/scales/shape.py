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
SPREAD = 2_654_435_761


def folded(text: str) -> str:
    """Give a text without what people type differently: width, case, spaces, 繁 and 简."""
    if text.isascii():
        return "".join(text.split()).lower()
    wide = unicodedata.normalize("NFKC", text)
    return converted("".join(wide.split()).lower())


@cache
def letter(char: str) -> str:
    """Give the ASCII letter that stands for a character."""
    if char.isascii() and char.isprintable():
        return char
    return chr(FIRST + (ord(char) * SPREAD >> 7) % LETTERS)


def shape(text: str) -> str:
    """Give a text letter by letter, none of them longer than a byte."""
    return text if text.isascii() else "".join(map(letter, text))


def edits(one: str, other: str, most: int) -> bool:
    """Say whether some mistypings turn one shape into the other."""
    return DamerauLevenshtein.distance(one, other, score_cutoff=most) <= most


def alike(one: str, other: str, least: float) -> bool:
    """Say whether two shapes are at least so similar, on the scale of Jaro and Winkler."""
    return JaroWinkler.similarity(one, other) >= least
