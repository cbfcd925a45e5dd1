"""
Golden pairs: expression → SQL, expression → problems, expression → its canonical writing and JSON.
"""

import json

import pytest
from tests.unit.lang.pairs import about, pairs
from tests.unit.lang.shelves import SHELVES

from zhike.kernel.faults import Fault, Problem
from zhike.kernel.sql import Asker
from zhike.kernel.words import Language
from zhike.lang import (
    FULL_SIGHT,
    FUNCTIONS,
    Call,
    checked,
    compiled,
    every_node,
    from_json,
    parse,
    to_json,
    written,
)

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _sql(text: str) -> str:
    obj, expression = about(text)
    done = compiled(checked(expression, SHELVES, obj), alias="r", sight=FULL_SIGHT)
    holes = [f"@{one.fact}" if isinstance(one, Asker) else _shown(one.value) for one in done.holes]
    return f"{done.text}    {json.dumps(holes, ensure_ascii=False)}" if holes else done.text


def _shown(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _problems(text: str) -> str:
    obj, expression = about(text)
    try:
        checked(expression, SHELVES, obj)
    except Fault as fault:
        return " || ".join(_told(one) for one in fault.problems)
    return "nothing"


def _told(one: Problem) -> str:
    said = [f"{one.says(language)} {one.hint(language)}".rstrip() for language in LANGUAGES]
    return " | ".join([f"{one.at} {one.code}", *said])


@pytest.mark.parametrize(("text", "expected"), pairs("sql"))
def test_an_expression_becomes_this_sql(text: str, expected: str) -> None:
    assert _sql(text) == expected


@pytest.mark.parametrize(("text", "expected"), pairs("errors"))
def test_a_wrong_expression_is_answered_with(text: str, expected: str) -> None:
    assert _problems(text) == expected


@pytest.mark.parametrize(("text", "expected"), pairs("written"))
def test_an_expression_is_written(text: str, expected: str) -> None:
    assert written(parse(text)) == expected
    assert written(parse(expected)) == expected


@pytest.mark.parametrize(("text", "expected"), pairs("json"))
def test_an_expression_is_this_json(text: str, expected: str) -> None:
    assert to_json(parse(text)) == json.loads(expected)
    assert from_json(json.loads(expected)) == parse(text)


@pytest.mark.parametrize(("text", "expected"), pairs("stored"))
def test_an_expression_is_stored_by_keys(text: str, expected: str) -> None:
    obj, expression = about(text)

    assert written(checked(expression, SHELVES, obj).node) == expected


def test_every_function_has_a_pair() -> None:
    shown = {
        node.name
        for text, _ in pairs("sql")
        for node in every_node(parse(about(text)[1]))
        if isinstance(node, Call)
    }
    unspoken = {name for name, one in FUNCTIONS.items() if one.event}

    assert FUNCTIONS.keys() - shown - unspoken - {"AND", "OR"} == set()


def test_the_examples_of_the_functions_are_where_the_browser_finds_them() -> None:
    """Write them to tests/golden/lang/functions.txt as they are said there, in the same order."""
    examples = [
        (each.text, "empty" if each.gives is None else each.gives)
        for one in FUNCTIONS.values()
        for each in one.examples
    ]

    assert pairs("functions") == examples
