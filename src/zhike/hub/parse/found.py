"""What a recogniser found, and the text it looked at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

TAKEN = "\x1f"
"""Stands where something was taken out: a sign that no pattern crosses."""
SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2002\u2003\u2009\u200b\u200c\u200d\ufeff\u2060\u3000\t"), " "
)
WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A value in a text: its sort, where it stands, and how sure that is (0 to 1)."""

    sort: str
    start: int
    end: int
    text: str
    confidence: float
    field: str = ""
    """The field that a label beside it names."""


Recogniser = Callable[[str], Iterable[Finding]]


def evened(text: str) -> str:
    """Give signs their usual width and blanks one form, sign for sign."""
    return text.translate(WIDTH).translate(SPACES).replace("\r", "\n").replace("\x1f", " ")


def found(text: str, recognisers: Iterable[Recogniser]) -> tuple[list[Finding], str]:
    """Let recognisers look at a text in turn; give what they found, and what is left of it."""
    all_: list[Finding] = []
    for recogniser in recognisers:
        for one in recogniser(text):
            if TAKEN not in text[one.start : one.end]:
                all_.append(one)
                text = blanked(text, one)
    return all_, text


def blanked(text: str, one: Finding) -> str:
    """Take a finding out of a text."""
    return text[: one.start] + TAKEN * (one.end - one.start) + text[one.end :]


def segments(text: str, breaks: str = "\n,;|/、。!?") -> Iterator[tuple[int, str]]:
    """Give the pieces of a text between breaks, trimmed, each with its place."""
    start = 0
    for place in range(len(text) + 1):
        if place == len(text) or text[place] in breaks or text[place] == TAKEN:
            piece = text[start:place]
            trimmed = piece.strip(" :-·")
            if trimmed:
                yield start + piece.index(trimmed), trimmed
            start = place + 1
