"""Pairs of values and questions: what is found by what, as PostgreSQL answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhike.db.conversation import Conversation
from zhike.kernel.sql import param, sql
from zhike.store.search import SCHEMES, Searching
from zhike.store.tags import tags

GOLDEN = Path(__file__).parents[2] / "golden" / "search" / "found.txt"


def pairs() -> Iterator[tuple[str, str, str, bool]]:
    kind = value = ""
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[:2] in ("+ ", "- "):
            yield kind, value, line[2:], line[0] == "+"
        else:
            kind, value = line.split(" ", 1)


def searching(**kinds: str) -> Searching:
    marks = tags(kinds)
    return Searching(fields={key: (marks[key], SCHEMES[kind]) for key, kind in kinds.items()})


async def answers(tx: Conversation, how: Searching, tokens: str, asked: str, *fields: str) -> bool:
    question = how.asked(asked, fields or tuple(how.fields))
    assert question is not None
    found = await tx.value(
        sql("SELECT {tokens} @@ {question}", tokens=param(tokens, "tsvector"), question=question)
    )
    return bool(found)


@pytest.mark.parametrize("pair", list(pairs()), ids=str)
async def test_found(tx: Conversation, pair: tuple[str, str, str, bool]) -> None:
    kind, value, asked, found = pair
    how = searching(field=kind)

    assert await answers(tx, how, how.tokens({"field": value}), asked) is found


async def test_only_the_fields_asked_answer(tx: Conversation) -> None:
    how = searching(name="company_name", secret="text")
    tokens = how.tokens({"name": "杭州云启", "secret": "上海机密"})

    assert await answers(tx, how, tokens, "机密")
    assert not await answers(tx, how, tokens, "机密", "name")
    assert not await answers(tx, how, tokens, "jimi", "name")
    assert await answers(tx, how, tokens, "云启", "name")


async def test_each_word_may_stand_in_another_field(tx: Conversation) -> None:
    how = searching(name="company_name", contact="person_name")
    tokens = how.tokens({"name": "杭州云启", "contact": "王强"})

    assert await answers(tx, how, tokens, "云启 王强")
    assert not await answers(tx, how, tokens, "云启王强")


@pytest.mark.parametrize("asked", ["", "  ", "!!", "'", "\\", ":*", "&|()"])
def test_a_question_without_words_asks_nothing(asked: str) -> None:
    assert searching(name="text").asked(asked, ["name"]) is None


@pytest.mark.parametrize(
    "asked",
    ["a' | 'b", "x:*", "xian" * 40, "xian" * 19 + "v", "杭" * 5000, "ß' & !x", "\x00a", "\ud800a"],
)
async def test_a_strange_question_is_still_a_question(tx: Conversation, asked: str) -> None:
    how = searching(name="company_name")

    assert not await answers(tx, how, how.tokens({"name": "上海"}), asked)


def test_tags_are_stable_whatever_else_is_searched() -> None:
    assert tags(["name"])["name"] == tags(["phone", "name", "email"])["name"]


def test_keys_with_the_same_mark_are_told_apart() -> None:
    keys = [f"field_{number}" for number in range(400)]

    marks = tags(keys)

    assert len(set(marks.values())) == len(keys)
