"""No text makes a pattern of ours run away: each is tried with what hurts patterns of its form."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from time import process_time
from typing import Any

import pytest
from tests.security.patterns.pumps import Pattern, patterns, pumped, uses

from zhike.kernel.faults import Fault
from zhike.lang import parse
from zhike.meta import KINDS
from zhike.meta.kinds.kind import FieldKind

FOUND = patterns()
SIZE = 2_000
SECONDS = 0.5
"""For one text; an honest pattern takes some microseconds, a careless one minutes."""
TEXTS = 300
LINE = 3_900
"""As long as a line may be; a longer one is refused before it is looked into."""
BEGINNINGS = ("", "2024-05-06 ", "a@", "http://", "(1,", "人民币", "王(", "138", "李")
GIVEN: Mapping[str, Any] = {
    "option": {"options": ["a", "b"]},
    "options": {"options": ["a", "b"]},
    "lookup": {"object": "a"},
    "lookups": {"object": "a"},
    "children": {"object": "a", "field": "b"},
}


def spent(work: Callable[[], object]) -> float:
    """Give the seconds of the processor that something takes; what is read once is not counted."""
    took = 2 * SECONDS
    for _ in range(2):
        began = process_time()
        work()
        took = min(took, process_time() - began)
        if took < SECONDS:
            break
    return took


def _asked(how: Callable[..., object], args: tuple[Any, ...]) -> None:
    answer = how(*args)
    if isinstance(answer, Iterator):
        list(answer)


def test_there_are_patterns_to_try() -> None:
    assert len(FOUND) > 100


@pytest.mark.parametrize("at", sorted(FOUND))
def test_a_pattern_does_not_run_away(at: str) -> None:
    pattern: Pattern = FOUND[at]
    for text in pumped(pattern, SIZE):
        given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
        for how in sorted(uses(at)):
            args = ("", given) if how in {"sub", "subn"} else (given,)

            took = spent(partial(_asked, getattr(pattern, how), args))

            assert took < SECONDS, (how, text[:20])


@cache
def hurting() -> tuple[str, ...]:
    """What hurts any of the patterns that values are read with."""
    made = {
        text
        for at, pattern in FOUND.items()
        if at.startswith("zhike.meta.") and isinstance(pattern.pattern, str)
        for text in pumped(pattern, LINE)
    }
    return tuple(sorted(made)[:: max(1, len(made) // TEXTS)])


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_value_is_read_quickly_whatever_it_is(name: str) -> None:
    kind: FieldKind = KINDS[name]
    if not kind.writable:
        return  # PostgreSQL gives it
    settings = kind.settings(**GIVEN.get(name, {}))
    for number, text in enumerate(hurting()):
        value = (BEGINNINGS[number % len(BEGINNINGS)] + text)[:LINE]

        took = spent(partial(_read, kind, value, settings))

        assert took < SECONDS, value[:30]
    assert spent(partial(_read, kind, "长" * 5_000_000, settings)) < SECONDS


def _read(kind: FieldKind, value: str, settings: Any) -> None:
    with contextlib.suppress(Fault):
        kind.read(value, settings)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "(" * 50_000,
        "a = " * 20_000,
        '"' + "\\" * 50_000,
        "1" * 100_000,
        " " * 200_000 + "a",
        "not " * 50_000 + "a",
        "a.b" * 30_000,
        "x in (" + "1," * 50_000 + ")",
        "-" * 50_000 + "1",
        "最近" * 50_000,
    ],
    ids=lambda text: text[:8],
)
def test_an_expression_is_refused_quickly(text: str) -> None:
    took = spent(partial(_parsed, text))

    assert took < 2


def _parsed(text: str) -> None:
    with contextlib.suppress(Fault):
        parse(text)
