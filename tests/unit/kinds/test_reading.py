"""What holds for every kind, whatever comes in."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.unit.kinds.pairs import pairs
from tests.unit.kinds.pairs import settings as sample

from zhike.kernel.faults import Fault
from zhike.meta import KINDS, FieldKind, Reading, Settings, drained

ELSEWHERE = {"formula", "rollup", "children"}
"""Kinds whose values are read by others: PostgreSQL, the fields of the rows."""
READING = [kind for kind in KINDS.values() if kind.name not in ELSEWHERE]
ASKED = [(kind, kind.settings.model_validate(sample(kind))) for kind in READING]
MIDNIGHT = datetime(2026, 1, 14)  # noqa: DTZ001 - spreadsheets know no time zones
SHAPES = "0123456789+-/.,;:年月日亿万元%¥()（）@ 王总经理杭州市省区\n\t\u200b\x00\ud800E１"

scalars = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.text(max_size=40)
    | some.text(alphabet=SHAPES, max_size=30)
    | some.sampled_from([pair.given for pair in pairs() if isinstance(pair.given, str)])
    | some.decimals()
    | some.dates()
    | some.datetimes()
    | some.times()
    | some.uuids()
)
anything = some.recursive(
    scalars,
    lambda inner: (
        some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=8,
)


def tried(kind: FieldKind, raw: Any, asked: Settings) -> Any:
    """Give what a kind reads; what it refuses is None, if it can be said in a short sentence."""
    try:
        return drained(kind.read(raw, asked))
    except Fault as fault:
        lengths = [len(fault.says("zh")), len(fault.says("en"))]
    assert 0 < min(lengths) <= max(lengths) < 300
    return None


@settings(max_examples=400, deadline=None)
@given(raw=anything)
def test_every_kind_gives_a_value_or_a_fault(raw: Any) -> None:
    for kind, asked in ASKED:
        value = tried(kind, raw, asked)
        json.dumps(value, allow_nan=False).encode()
        assert value != "", kind.name
        assert tried(kind, value, asked) == value, kind.name
        found = kind.validate(value, asked)
        assert found is None or found.says("zh")
        json.dumps(kind.cell(value, asked), allow_nan=False)


@pytest.mark.parametrize("kind", READING, ids=lambda kind: kind.name)
@pytest.mark.parametrize("raw", [None, "", "  \u3000\n", "#N/A"], ids=repr)
def test_nothing_is_none(kind: FieldKind, raw: Any) -> None:
    if kind.name == "json" and raw == "#N/A":
        return

    assert kind.read(raw, kind.settings.model_validate(sample(kind))) is None


@pytest.mark.parametrize("kind", READING, ids=lambda kind: kind.name)
@pytest.mark.parametrize("sign", "1(（9万*-a王 ,")
def test_a_text_of_ten_million_characters_is_read_or_refused_at_once(
    kind: FieldKind, sign: str
) -> None:
    asked = kind.settings.model_validate(sample(kind))
    value = tried(kind, sign * 10_000_000, asked)

    assert value is None or kind.validate(value, asked) is not None or kind.name == "json"


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("date", date(2026, 1, 14), "2026-01-14"),
        ("date", MIDNIGHT, "2026-01-14"),
        ("datetime", MIDNIGHT + timedelta(hours=8.5), "2026-01-14T08:30:00"),
        ("money", Decimal("1.1"), "1.10"),
        ("money", float("nan"), None),
        ("text", date(2026, 1, 14), "2026-01-14"),
        ("phone", 13812345678.0, "+86-13812345678"),
    ],
)
def test_it_takes_what_a_spreadsheet_gives(kind: str, raw: Any, expected: Any) -> None:
    known = KINDS[kind]

    assert known.read(raw, known.settings()) == expected


def test_a_refusal_is_said_in_both_languages() -> None:
    with pytest.raises(Fault) as refused:
        KINDS["date"].read("2026-02-30", KINDS["date"].settings())

    assert refused.value.says("zh") == "“2026-02-30”无法识别为日期"
    assert refused.value.says("en") == "`2026-02-30` cannot be read as date."


def test_values_out_of_bounds_are_named() -> None:
    number = KINDS["number"]
    asked = number.settings.model_validate({"min": 0, "max": 10})

    found = [number.validate(value, asked) for value in (-1, 5, 11)]

    assert [one and one.word for one in found] == ["too_low", None, "too_high"]


def test_a_remark_does_not_refuse() -> None:
    name = KINDS["company_name"]

    reading = name.read("华为", name.settings())

    assert isinstance(reading, Reading)
    assert reading.remark is not None
    assert reading.remark.hint("zh").startswith("建议填写营业执照上的全称")


def test_cells_show_what_people_expect() -> None:
    level = KINDS["option"].settings.model_validate({"options": [{"key": "A", "label": "重点"}]})
    shown = [
        KINDS["option"].cell("A", level),
        KINDS["options"].cell(["A", "gone"], level),
        KINDS["phone"].cell("+86-13812345678", None),
        KINDS["money"].cell("90770000.00", None),
        KINDS["money"].cell("12345678901234567.89", None),
        KINDS["boolean"].cell(False, None),
        KINDS["tags"].cell(["展会", "微信"], None),
    ]

    assert shown == [
        "重点", "重点、gone", "13812345678", 90770000.0, "12345678901234567.89", "否", "展会、微信",
    ]  # fmt: skip
