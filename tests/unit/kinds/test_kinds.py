"""Every kind keeps the contract of its folder."""

import ast
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError
from tests.unit.kinds.pairs import settings

import zhike.meta.kinds
from zhike.meta import KINDS, FieldKind
from zhike.meta.kinds.auto_number import AutoNumberSettings, numbered, period

FOLDER = Path(zhike.meta.kinds.__file__).parent
OPERATORS = {
    *("=", "!=", "in", "not in", "<", "<=", ">", ">=", "between", "contains", "starts with"),
    *("ends with", "has", "has any", "has all", "is empty", "is not empty"),
}


def test_every_file_is_a_kind_and_every_kind_a_file() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "kind"}

    assert files == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_it_has_a_name_in_both_languages_and_says_what_it_is(kind: FieldKind) -> None:
    assert kind.label.zh
    assert kind.label.en
    assert (type(kind).__doc__ or "").strip()
    assert (kind.settings.__doc__ or "").strip()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_it_knows_its_operators_and_looks(kind: FieldKind) -> None:
    assert kind.operators
    assert kind.operators <= OPERATORS
    assert kind.display
    assert kind.index in {None, kind.indexable}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_it_describes_its_values(kind: FieldKind) -> None:
    schema = kind.json_schema(kind.settings.model_validate(settings(kind)))

    assert schema == {} or "null" in schema["type"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_it_refuses_settings_it_does_not_know(kind: FieldKind) -> None:
    with pytest.raises(ValidationError):
        kind.settings.model_validate({**settings(kind), "colour": "red"})


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_it_is_stateless(kind: FieldKind) -> None:
    assert vars(kind) == {}


def test_kinds_know_no_connection() -> None:
    for path in FOLDER.glob("*.py"):
        names = [
            node.module or ""
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
        ]
        assert not [name for name in names if name.startswith(("zhike.db", "zhike.store"))]


def test_an_option_may_be_one_word() -> None:
    asked = KINDS["option"].settings.model_validate({"options": ["小说", {"key": "history"}]})

    assert [(one.key, one.label.zh) for one in asked.options] == [
        ("小说", "小说"),
        ("history", "history"),
    ]


def test_an_option_is_there_once() -> None:
    with pytest.raises(ValidationError, match="'A' is there twice"):
        KINDS["option"].settings.model_validate({"options": ["A", "B", "A"]})


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"prefix": "HT-", "date": "yyyyMMdd", "digits": 4, "reset": "day"}, "HT-20260701-0042"),
        ({"prefix": "SO", "digits": 6}, "SO000042"),
        ({"date": "yy-MM", "reset": "month", "digits": 3}, "26-07-042"),
        ({"prefix": "INV", "date": "yyyy/", "reset": "year"}, "INV2026/0042"),
    ],
)
def test_automatic_numbers_are_written_as_asked(settings: dict[str, object], expected: str) -> None:
    asked = AutoNumberSettings.model_validate(settings)

    assert numbered(asked, count=42, day=date(2026, 7, 1)) == expected


def test_automatic_numbers_count_within_a_period() -> None:
    day = date(2026, 7, 1)
    periods = [
        period(AutoNumberSettings(reset=reset), day) for reset in ("never", "year", "month", "day")
    ]

    assert periods == ["", "2026", "202607", "20260701"]
