"""Whatever somebody sends, the answer is a fault with a place, soon, and never a crash."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.lang.shelves import SHELVES, shelves

from zhike.kernel.faults import Fault, Problem
from zhike.lang import FULL_SIGHT, checked, compiled, from_json, parse, predicate, to_json, written
from zhike.lang.faults import (
    ExpressionTooDeep,
    ExpressionTooLong,
    NotAnExpression,
    NumberTooLarge,
    UnreadableCharacter,
)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "1" + ")" * 10_000,
        "(" * 101 + "1" + ")" * 101,
        "not " * 200 + "rare",
        "-" * 200 + "1",
        "[" * 150 + "]" * 150,
        "ABS(" * 150 + "1" + ")" * 150,
        " + ".join(["1"] * 150),
        "x" * 30_000,
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(text: str) -> None:
    with pytest.raises((ExpressionTooDeep, ExpressionTooLong)) as met:
        parse(text)

    assert met.value.at


def _under(frames: int, text: str) -> object:
    if frames:
        return _under(frames - 1, text)
    known = checked(text, shelves(), "book")
    return compiled(known, alias="r", sight=FULL_SIGHT), to_json(known.node), written(known.node)


@pytest.mark.parametrize(
    "text",
    [
        " + ".join(["pages"] * 99),
        "ABS(" * 97 + "pages" + ")" * 97,
        "not " * 98 + "rare",
        "IF(rare, " * 95 + "1" + ", 2)" * 95,
        " and ".join(["rare"] * 1500),
        " or ".join(["pages > 1"] * 1500),
        f"pages in [{', '.join(map(str, range(3000)))}]",
    ],
)
def test_what_is_allowed_needs_little_stack(text: str) -> None:
    assert _under(200, text)


def test_deep_json_is_refused_with_its_path() -> None:
    value: object = True
    for _ in range(150):
        value = {"op": "not", "args": [value]}

    with pytest.raises(ExpressionTooDeep) as met:
        from_json(value)

    assert met.value.at.startswith("args[0].args[0]")


@pytest.mark.parametrize(
    "value",
    [
        {}, {"op": "and"}, {"op": "nand", "args": []}, {"op": "not", "args": []},
        {"op": "=", "args": [1]}, {"call": "SUM"}, {"call": "SUM(", "args": []}, {"field": ""},
        {"field": []}, {"field": [1]}, {"field": "a..b"}, {"field": ["{x}"]}, {"period": "soon"},
        {"duration": "long"}, {"number": "NaN"}, {"number": "x"}, {"op": "not", "args": [{}]},
        {"field": "a", "more": 1}, float("nan"), object(), b"x",
    ],
)  # fmt: skip
def test_json_that_is_no_expression_is_refused(value: object) -> None:
    with pytest.raises(NotAnExpression):
        from_json(value)


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_cannot_be_stored_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCharacter):
        from_json({"op": "=", "args": [{"field": "title"}, text]})
    with pytest.raises(UnreadableCharacter):
        parse(f'title = "{text}"')


@pytest.mark.parametrize("value", [10**100, {"number": "9" * 200}, {"number": "1E+999999999"}])
def test_numbers_have_an_end(value: object) -> None:
    with pytest.raises(NumberTooLarge):
        from_json(value)


def _problems(text: str) -> tuple[Problem, ...]:
    try:
        checked(text, SHELVES, "book")
    except Fault as fault:
        return fault.problems
    return ()


@settings(max_examples=500, deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert all(one.at for one in _problems(text))


PIECES = [
    "pages", "title", "rare", "loans", "(", ")", "[", "]", ",", "and", "or", "not", "in", "=", "<",
    "+", "-", "*", "5", '"a"', "has", "is empty", "between", "SUM(", "COUNT(", "IF(", "DATE(",
    "this month", "today", "7 days", "{书名}", ".", "empty", "contains", "published", "owner",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_words_in_a_row_are_compiled_or_refused(pieces: list[str]) -> None:
    text = " ".join(pieces)

    if not _problems(text):
        assert compiled(checked(text, SHELVES, "book"), alias="r", sight=FULL_SIGHT)


TYPICAL = 'genre = "小说" and price >= 50 and seen_at in last 30 days and COUNT(loans) > 2'


def test_a_typical_filter_is_compiled_in_no_time() -> None:
    snapshot = shelves()
    predicate(TYPICAL, snapshot, "book", "r", FULL_SIGHT)
    texts = [f"{TYPICAL} and pages > {number}" for number in range(50)]

    began = time.process_time()
    for text in texts:
        predicate(text, snapshot, "book", "r", FULL_SIGHT)
    cold = (time.process_time() - began) / len(texts)
    began = time.process_time()
    for _ in range(100):
        for text in texts:
            predicate(text, snapshot, "book", "r", FULL_SIGHT)
    warm = (time.process_time() - began) / len(texts) / 100

    assert cold < 0.010, f"{cold * 1000:.2f} ms"
    assert warm < 0.000_100, f"{warm * 1_000_000:.1f} µs"
