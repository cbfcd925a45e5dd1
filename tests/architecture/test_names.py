"""Names and words: a newcomer finds the room by its name, and every room says what it is for."""

import ast
import re

import pytest
from tests.architecture.tree import PRODUCT, SOURCE, parsed, short

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "core", "lib"}
EMPTY = {path for path in PRODUCT if not path.read_text(encoding="utf-8").strip()}


def test_no_file_has_a_vague_name() -> None:
    vague = [short(path) for path in PRODUCT if VAGUE & {path.stem, path.parent.name}]

    assert vague == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [short(path) for path in PRODUCT if not ast.get_docstring(parsed(path))]

    assert silent == []


def test_every_dataclass_is_a_frozen_value() -> None:
    loose = [
        f"{short(path)}:{node.name}"
        for path in PRODUCT
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
        for mark in node.decorator_list
        if "dataclass" in ast.unparse(mark) and "frozen=True" not in ast.unparse(mark)
    ]

    assert loose == []


def test_faces_list_what_they_export_in_order() -> None:
    wrong = []
    for path in SOURCE.rglob("__init__.py"):
        for node in parsed(path).body:
            match node:
                case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                    names = ast.literal_eval(value)
                    if sorted(names) != sorted(set(names)):
                        wrong.append(short(path))
                case _:
                    continue

    assert wrong == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_nothing_is_left_for_later(word: str) -> None:
    left = [
        short(path)
        for path in PRODUCT
        if re.search(rf"\b{word}\b", path.read_text(encoding="utf-8"))
    ]

    assert left == []


def test_there_is_no_second_evaluator() -> None:
    evaluating = [
        f"{short(path)}:{node.lineno}"
        for path in PRODUCT
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec"}
    ]

    assert evaluating == []
