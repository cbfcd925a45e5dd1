"""Broken documents and what is said about them, with the line: `tests/golden/configuration`."""

from collections.abc import Mapping

import pytest
from tests.unit.packs.golden import cases
from tests.unit.packs.shown import shown_problems

from zhike.kernel.faults import problem
from zhike.packs import read_text, understand
from zhike.packs.faults import NotYaml

CASES = dict(cases("configuration"))


@pytest.mark.parametrize("name", CASES)
def test_every_problem_is_told_with_its_line(name: str) -> None:
    assert told(CASES[name]["given"]) == CASES[name]["problems"]


def told(text: str) -> str:
    """Read documents and list everything that is wrong with them."""
    read = read_text(text, file="a.yaml")
    found = read.problems or understand(read.documents, version=1, zone="Asia/Shanghai").problems
    return "\n".join(shown_problems(found, "en"))


def test_problems_are_told_in_chinese_too() -> None:
    case: Mapping[str, str] = {"given": "kind: objekt\nkey: book\n"}
    found = understand(
        read_text(case["given"], file="a.yaml").documents, version=1, zone="Asia/Shanghai"
    ).problems

    assert list(shown_problems(found, "zh")) == [
        "a.yaml:1: M101 没有名为 `objekt` 的文档类型 是否指 `object`？"
    ]


def test_a_reason_is_part_of_the_sentence() -> None:
    lines = shown_problems([problem(NotYaml, at="a.yaml:3", reason="odd")], "en")

    assert list(lines) == ["a.yaml:3: P101 The file cannot be read as YAML: odd."]
