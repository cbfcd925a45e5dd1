"""The catalogue of faults: unique codes grouped by floor, spoken in both languages."""

import re
from collections import Counter

from tools.reference import catalogue

LETTERS = {
    "kernel": "K", "db": "D", "outbound": "O", "meta": "M", "lang": "L", "access": "A",
    "store": "S", "hub": "H", "engines": "E", "packs": "P", "doors": "W",
}  # fmt: skip


CATALOGUE = catalogue()


def test_codes_are_unique() -> None:
    twice = {code: n for code, n in Counter(one.code for one in CATALOGUE).items() if n > 1}

    assert twice == {}


def test_a_code_names_its_floor() -> None:
    wrong = {
        one.__name__: one.code
        for one in CATALOGUE
        if not re.fullmatch(LETTERS[one.__module__.split(".")[1]] + r"\d{3}", one.code)
    }

    assert wrong == {}


def test_a_fault_speaks_both_languages() -> None:
    mute = [one.__name__ for one in CATALOGUE if not one.zh or not (one.__doc__ or "").strip()]

    assert mute == []


def test_both_languages_use_the_same_facts() -> None:
    def holes(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)", text))

    uneven = [
        one.__name__
        for one in CATALOGUE
        if holes(one.zh) != holes(" ".join((one.__doc__ or "").split()))
    ]

    assert uneven == []
