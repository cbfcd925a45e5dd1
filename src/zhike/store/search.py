"""
The words by which a record is found, kept in its `zk_search` column at every write.

A searched field's text gives tokens; each begins with two letters that stand for the field, so that
a question is asked of named fields only: a field the viewer may not see is not asked, and nothing
in the column can tell on it. What a field gives depends on its kind (`SCHEMES`):

- Chinese: every pair of neighbouring characters, and the last one alone: `杭州` `州科` `科技` `技`;
  the legal form that nearly every company has is one token: `有限公司`.
- names also: from each of the first six characters on, two syllables (`hangzhou` `zhouke` …) and
  four initials (`hzkj` `zkjy` …), looked up by their beginning, so that `hangz` and `hzk` find it
  too. Longer rows of letters are asked for in overlapping pieces.
- words and numbers: the whole word in small letters, looked up by its beginning. Phones and other
  numbers also backwards, so that the last four digits find them.

Every token costs its share of a write, one that few records share the most: a customer has less
than forty. What another token begins with is therefore no token of its own, and the ways to write
the head of a number (`+86`, an area code without its zero) are a matter of the question.

A question is cut the same way: all its words have to be found, each within one of the asked fields.
This module never decides who may ask for what.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from zhike.kernel.sql import Sql, param
from zhike.meta import Json, Object, Snapshot
from zhike.meta.reading.pinyin import named, readings, syllables
from zhike.store.tags import tags

HAN = (
    r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    r"\u3040-\u30ff\uac00-\ud7af"
)
RUNS = re.compile(rf"[{HAN}]+|[0-9a-z]+|[^\W_{HAN}]+")
BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[ ()-]+(?=[0-9])")
"""What people put between the digits of one number."""
FIRST_HAN = "\u3005"
"""Every Chinese character sorts from here on, and hardly any letter does."""

LONGEST = 4000
"""
Characters of one value that are looked at: a book pasted into a field is found by its beginning.
"""
WORD = 40
"""Letters of one word that are kept."""
INITIALS = 4
SYLLABLES = 2
HEADS = 6
"""Characters of a name from which on it is also read as pinyin."""
READ = HEADS + INITIALS
"""Characters of a name that are read at all: those that count, and one that goes with the last."""
PIECES = 3
"""Overlapping pieces of a longer row of letters that are asked for; later ones lie too far in."""
SHORT = 3
"""Digits below which a part of a number (a country, an area) is no token of its own."""
BACKWARDS = "<"
FORMS = ("有限责任公司", "有限公司")
FORM = "有限公司"
PEOPLE = 4096
"""Persons' names whose tokens are remembered."""
INSIDE = frozenset(("有限", "限公", "公司", "有", "限", "公", "司"))
"""What is found in that token."""
HOME = "+86-"
"""How the numbers of our country begin; nobody types it, so it is no part of any token."""
READINGS = 8
"""In how many ways a row of letters is read as syllables, at most."""
TRIES = 400

Scheme = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searching:
    """How one object is searched: its searched fields with their tags and schemes."""

    fields: Mapping[str, tuple[str, Scheme]]

    def tokens(self, values: Mapping[str, Json]) -> str:
        """Give a record's tokens as PostgreSQL reads a tsvector; every searched field is wanted."""
        found: list[str] = []
        for key, (tag, scheme) in self.fields.items():
            value = values.get(key)
            if value and (said := scheme(value if type(value) is str else _text(value))):
                found.append(tag + f" {tag}".join(said))
        return " ".join(found)

    def asked(self, text: str, fields: Collection[str]) -> Sql | None:
        """
        Give the tsquery that asks some of the searched fields for every word of a text.

        None if the text holds nothing that can be searched: then every record is an answer. No
        field to ask is a question that nothing answers.
        """
        plain = _plain(text)
        readings = [found for one in (plain, BETWEEN_DIGITS.sub("", plain)) if (found := _cut(one))]
        if not readings:
            return None
        marks = [self.fields[key][0] for key in fields if key in self.fields]
        if not marks:
            return param("", "tsquery")
        ways = dict.fromkeys(_question(marks, words) for words in readings)
        return param(_either(iter(ways)), "tsquery")


def _cut(plain: str) -> list[list[str]]:
    return [runs for word in plain.split() if (runs := RUNS.findall(word))]


def _question(marks: list[str], words: list[list[str]]) -> str:
    every = (_either(_all(mark, runs) for mark in marks) for runs in words)
    return " & ".join(f"({one})" for one in every)


def searching(snapshot: Snapshot, object_: Object) -> Searching:
    """Give how an object is searched, worked out once per snapshot."""
    known: Searching | None = snapshot.memo.get(("searching", object_.key))
    if known is None:
        known = snapshot.memo["searching", object_.key] = _searching(object_)
    return known


def _searching(object_: Object) -> Searching:
    fields = [one for one in object_.fields.values() if one.searched and one.kind.name in SCHEMES]
    marks = tags(one.key for one in fields)
    return Searching(fields={one.key: (marks[one.key], SCHEMES[one.kind.name]) for one in fields})


def _text(value: Json) -> str:
    match value:
        case list():
            return " ".join(_text(one) for one in value)
        case dict():
            return " ".join(_text(one) for one in value.values())
        case _:
            return str(value)


def _plain(text: str) -> str:
    text = text[:LONGEST]
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> list[str]:
    """Give the tokens of running text."""
    found: list[str] = []
    for run in RUNS.findall(_plain(text)):
        if run >= FIRST_HAN:
            found += _pairs(run)
        else:
            found.append(run[:WORD])
    return found


def names(text: str) -> list[str]:
    """Give the tokens of a name or title, which is also found by its pinyin."""
    return _read(text, syllables)


@lru_cache(maxsize=PEOPLE)
def people(text: str) -> list[str]:
    """Give the tokens of a person's name; few of them are borne only once."""
    return _read(text, named)


def numbers(text: str) -> list[str]:
    """
    Give the tokens of a code or an account: its beginning and its end find it, and each part's.
    """
    runs = RUNS.findall(_plain(text))
    return _numbered(runs, _long(runs))


def phones(text: str) -> list[str]:
    """
    Give the tokens of a telephone number, however it is typed: with country and area, or without.
    """
    text = text.removeprefix(HOME)
    runs = RUNS.findall(_plain(text))
    parts = _long(runs)
    if text.startswith("+"):
        return [*_numbered(runs, parts), "".join(runs[1:])[:WORD]]
    area = len(parts) > 1 and parts[0] == runs[0] and parts[0].startswith("0")
    return _numbered(runs, parts[1:] if area else parts)


def _long(runs: list[str]) -> list[str]:
    return [run[:WORD] for run in runs if len(run) >= SHORT] or runs


def _numbered(runs: list[str], parts: list[str]) -> list[str]:
    if not runs:
        return []
    found = ["".join(runs)[:WORD]]
    for one in parts:
        if not found[0].startswith(one):
            found.append(one)
        if len(one) > SHORT:
            found.append(BACKWARDS + one[::-1])
    return found


def _read(text: str, read: Callable[[str], list[str]]) -> list[str]:
    found: list[str] = []
    for run in RUNS.findall(_plain(text)):
        if run < FIRST_HAN:
            found.append(run[:WORD])
            continue
        found += _pairs(run)
        said = read(run[:READ])
        initials = "".join([one[:1] for one in said])
        heads = min(HEADS, len(run) - _form(run))
        # The initial of the last character is how its syllable begins.
        found += [initials[at : at + INITIALS] for at in range(min(heads, len(run) - 1))]
        said.append("")
        found += map(add, said[:heads], said[1 : heads + 1])
    return found


def _pairs(run: str) -> list[str]:
    if run.endswith(FORM):
        return [*map(add, run[: -len(FORM)], run[1:]), FORM]
    return [*map(add, run, run[1:]), run[-1]]


def _form(run: str) -> int:
    """Count the characters of the legal form, from which on nobody types a company's pinyin."""
    if not run.endswith(FORMS) or run in FORMS:
        return 0
    return next(len(form) for form in FORMS if run.endswith(form))


SCHEMES: Mapping[str, Scheme] = {
    "text": names, "company_name": names, "person_name": people, "long_text": words,
    "address": words, "url": words, "email": words, "option": words, "options": words,
    "tags": words, "phone": phones, "credit_code": numbers, "id_number": numbers,
    "bank_account": numbers, "auto_number": numbers, "number": words, "region": words,
}  # fmt: skip
"""What the fields of each kind give; fields of other kinds are not searched."""


def _all(tag: str, runs: list[str]) -> str:
    return " & ".join(_run(tag, run) for run in runs)


def _either(questions: Iterator[str]) -> str:
    return " | ".join(f"({one})" for one in questions)


def _run(tag: str, run: str) -> str:
    if run >= FIRST_HAN:
        pairs = [run[at : at + 2] for at in range(len(run) - 1)]
        return " & ".join(_han(tag, one) for one in dict.fromkeys(pairs or [run]))
    ways = [_terms(tag, [run[:WORD]], ":*"), *_ended(tag, run), *_spelt(tag, run)]
    return f"({_either(iter(ways))})" if len(ways) > 1 else ways[0]


def _han(tag: str, one: str) -> str:
    asked = _terms(tag, [one], ":*" if len(one) == 1 else "")
    return f"({asked} | {_terms(tag, [FORM], '')})" if one in INSIDE else asked


def _ended(tag: str, run: str) -> Iterator[str]:
    """Read what has a digit as the end of a number."""
    if any(one.isdigit() for one in run):
        yield _terms(tag, [BACKWARDS + run[:WORD][::-1]], ":*")


def _spelt(tag: str, run: str) -> Iterator[str]:
    """Read a row of letters or digits in the other ways it may have been meant."""
    if run.isdigit():
        for other in _dialled(run):
            yield _terms(tag, [other], ":*")
        return
    if not run.isascii() or not run.isalpha():
        return
    if len(run) > INITIALS:
        windows = range(min(PIECES, len(run) - INITIALS + 1))
        yield _terms(tag, [run[at : at + INITIALS] for at in windows], ":*")
    for said in _syllables(run, []):
        windows = range(min(PIECES, len(said) - SYLLABLES + 1))
        yield _terms(tag, ["".join(said[at : at + SYLLABLES]) for at in windows], ":*")


def _dialled(run: str) -> Iterator[str]:
    """Give the other heads a number may have: without zeros or country, or with the area's zero."""
    bare = run.lstrip("0")
    if bare not in ("", run):
        yield bare
    elif bare:
        yield f"0{run}"
    national = bare.removeprefix(HOME.strip("+-"))
    if SHORT <= len(national) < len(bare):
        yield from (national, f"0{national}")


def _syllables(run: str, said: list[str]) -> list[list[str]]:
    """Give the ways to read letters as more syllables than one token holds; the last may be cut."""
    known = readings().syllables
    found: list[list[str]] = []
    waiting = [(run[: 2 * WORD], said)]
    for _ in range(TRIES):
        if not waiting or len(found) == READINGS:
            break
        rest, before = waiting.pop()
        if _begins(rest) and len(before) >= SYLLABLES:
            found.append([*before, rest])
        waiting.extend(
            (rest[size:], [*before, rest[:size]])
            for size in range(1, min(6, len(rest) - 1) + 1)
            if rest[:size] in known
        )
    return found


def _begins(rest: str) -> bool:
    return any(one.startswith(rest) for one in readings().syllables)


def _terms(tag: str, tokens: list[str], how: str) -> str:
    return " & ".join(f"'{tag}{one}'{how}" for one in dict.fromkeys(tokens))
