"""
How Chinese characters are read, from a table built once: one reading per character, corrected by
the word it stands in (银行 is yinhang) and by its being a surname (单 is Shan).

It gives readings for finding things; it does not pretend to know every reading of a name.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from operator import add
from pathlib import Path
from typing import Any

import orjson

COMMON: Mapping[str, str] = {"都": "du", "长": "chang", "厦": "xia", "曾": "zeng", "行": "xing"}
"""What these mean in names of companies and places, where the table's first reading is another."""

SURNAMES: Mapping[str, str] = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "任": "ren", "朴": "piao", "查": "zha",
    "尉": "yu", "翟": "zhai", "盖": "ge", "葛": "ge", "缪": "miao", "乐": "yue", "区": "ou",
    "覃": "qin", "华": "hua", "燕": "yan", "应": "ying", "员": "yun", "折": "she", "召": "shao",
    "宁": "ning", "纪": "ji", "卜": "bu", "薄": "bo", "冼": "xian", "谌": "chen", "郇": "xun",
    "洗": "xian", "种": "chong", "秘": "bi", "能": "nai", "那": "na", "黑": "he", "逄": "pang",
    "长": "chang", "哈": "ha", "车": "che", "重": "chong", "晟": "cheng", "隗": "wei", "牟": "mu",
    "万俟": "moqi", "尉迟": "yuchi", "澹台": "tantai", "长孙": "zhangsun", "令狐": "linghu",
}  # fmt: skip
"""Characters that are read differently at the head of a person's name."""

VOWELS = frozenset("aeiouv")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Sounds(dict[str, str]):
    """How single characters are read; one that is in no table reads as nothing."""

    def __missing__(self, character: str) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The table: characters, words of two characters that differ from them, and the syllables."""

    characters: Sounds
    words: Mapping[str, tuple[str, str]]
    syllables: frozenset[str]


@cache
def readings() -> Readings:
    """
    Give the table, read from the data of `pypinyin` on first use.

    The package itself is not imported: it would take ten times as long and keep its phrases in
    memory.
    """
    characters = Sounds(
        (chr(int(code)), plain(said.split(",")[0])) for code, said in _data("pinyin_dict.json")
    )
    characters |= COMMON
    words = {
        word: pair
        for word, said in _data("phrases_dict.json")
        if len(word) == len(said) == 2  # noqa: PLR2004 - words of two characters
        for pair in ((plain(said[0][0]), plain(said[1][0])),)
        if pair != (characters.get(word[0]), characters.get(word[1]))
    }
    return Readings(
        characters=characters,
        words=words,
        syllables=frozenset(one for one in characters.values() if VOWELS & set(one)),
    )


def syllables(text: str) -> list[str]:
    """Read a run of Chinese characters; one that is in no table reads as nothing."""
    table = readings()
    out = [*map(table.characters.__getitem__, text)]
    if not table.words.keys().isdisjoint(map(add, text, text[1:])):
        for at, pair in enumerate(map(table.words.get, map(add, text, text[1:]))):
            if pair is not None:
                out[at : at + 2] = pair
    return out


def named(text: str) -> list[str]:
    """Read a person's name: as any text, but the surname as surnames are read."""
    out = syllables(text)
    if (surname := SURNAMES.get(text[:1])) is not None:
        out[0] = surname
    return out


@lru_cache(maxsize=4096)
def plain(said: str) -> str:
    """Take the tones off a syllable; ü becomes v, as on keyboards."""
    spread = unicodedata.normalize("NFD", said).replace("u\u0308", "v")
    return "".join(letter for letter in spread if letter in LETTERS)


def _data(name: str) -> list[tuple[str, Any]]:
    found = find_spec("pypinyin")
    if found is None or found.origin is None:
        raise FileNotFoundError(name)
    return list(orjson.loads(Path(found.origin).with_name(name).read_bytes()).items())
