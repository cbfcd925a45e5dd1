"""
繁体 → 简体, as registers of mainland China write names.

A character that both scripts have (乾, 著, 后) is never touched by itself: only a text with one
that the traditional script alone has is converted, and then as a whole, because the words decide.
"""

from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

FIRST, LAST = 0x4E00, 0x9FFF
"""The block of the usual characters."""
IN_PHRASES = frozenset("坏藉沈覆彷牴么")
"""What stays as it is by itself, and becomes another one in a phrase (藉口 → 借口)."""


@cache
def simplifier() -> OpenCC:
    """Give what turns traditional characters into simplified ones, made once."""
    return OpenCC("t2s")


@cache
def traditional() -> frozenset[str]:
    """Give the characters that only the traditional script has; worked out once, in some ms."""
    return frozenset(sign for sign, simple in _singly() if sign != simple and _alien(sign))


@cache
def settled() -> frozenset[str]:
    """Give the characters that stay as they are wherever they stand."""
    same = (sign for sign, simple in _singly() if sign == simple)
    return frozenset((*same, *map(chr, range(128)))) - IN_PHRASES


def converted(text: str) -> str:
    """Give a text as the simplifier gives it, which is asked only if it may change something."""
    if settled().issuperset(text):
        return text
    simple: str = simplifier().convert(text)
    return simple


def simplified(text: str) -> str:
    """Give a text in simplified characters."""
    return text if text.isascii() or traditional().isdisjoint(text) else converted(text)


def _singly() -> Iterator[tuple[str, str]]:
    """Give every usual character with what it is converted to by itself."""
    signs = [chr(code) for code in range(FIRST, LAST + 1)]
    return zip(signs, simplifier().convert("\n".join(signs)).split("\n"), strict=True)


def _alien(sign: str) -> bool:
    """Say whether the character set of the simplified script lacks a character."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
