"""
In which order Chinese readers look for names: digits, letters, then characters by their pinyin.

`order.csv` has a row for each syllable with its characters, and those that are read so as surnames.
A name's place is its text with each character put where it belongs among all of them, so that texts
compared code point by code point come in this order. Places are kept with records: whoever changes
that file has to see to it that they are derived anew.
"""

import csv
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FIRST = 0x3400
"""Where Chinese characters begin; they change places among themselves."""
LONGEST = 60
"""Characters of a name that decide about its place."""


def place(text: str) -> str:
    """Give what a text is put in order by; upper and lower case, full and half width are alike."""
    if text.isascii():
        return text[:LONGEST].lower()
    return _even(text).translate(_places()[0])


def surname_place(text: str) -> str:
    """Give what a person's name is put in order by: surnames are read as such, 单 is Shan."""
    if text.isascii():
        return text[:LONGEST].lower()
    even = _even(text)
    characters, surnames = _places()
    head = even[:1]
    return surnames.get(head, head.translate(characters)) + even[1:].translate(characters)


def _even(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:LONGEST]).lower()


@cache
def _places() -> tuple[Mapping[int, int], Mapping[str, str]]:
    characters: dict[int, int] = {}
    surnames: dict[str, str] = {}
    at = FIRST
    with Path(__file__).with_name("order.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for one in row["characters"]:
                characters[ord(one)] = at
                at += 1
            for one in row["surnames"]:
                surnames[one] = chr(at)
                at += 1
    return characters, surnames
