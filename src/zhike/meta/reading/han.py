"""
繁体 → 简体, as registers of mainland China write names.

A character that both scripts have (乾, 著, 后) is never touched by itself: only a text with one
that the traditional script alone has is converted, and then as a whole, because the words decide.
"""

from functools import cache

from opencc import OpenCC

FIRST, LAST = 0x4E00, 0x9FFF
"""The block of the usual characters."""


@cache
def simplifier() -> OpenCC:
    """Give what turns traditional characters into simplified ones, made once."""
    return OpenCC("t2s")


@cache
def traditional() -> frozenset[str]:
    """Give the characters that only the traditional script has; worked out once, in some ms."""
    signs = [chr(code) for code in range(FIRST, LAST + 1)]
    simple = simplifier().convert("\n".join(signs)).split("\n")
    return frozenset(
        sign for sign, other in zip(signs, simple, strict=True) if sign != other and _alien(sign)
    )


def simplified(text: str) -> str:
    """Give a text in simplified characters."""
    if text.isascii() or traditional().isdisjoint(text):
        return text
    simple: str = simplifier().convert(text)
    return simple


def _alien(sign: str) -> bool:
    """Say whether the character set of the simplified script lacks a character."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
