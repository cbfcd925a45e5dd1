"""Whose value is kept when records become one: a rule for each field, lists united, by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from zhike.hub.merge import check
from zhike.hub.merge.survive import Part, Rules, Touch, chosen, rules
from zhike.meta import MatchSpec, ObjectSpec, Snapshot, build

GUEST = {
    "key": "guest",
    "label": "客人",
    "fields": [
        {"key": "name", "kind": "text", "label": "姓名"},
        {"key": "note", "kind": "long_text", "label": "备注"},
        {"key": "tags", "kind": "tags", "label": "标签"},
        {"key": "number", "kind": "auto_number", "label": "编号"},
        {"key": "size", "kind": "formula", "label": "大小", "formula": "LEN(name)"},
    ],
}
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def snapshot(**match: Any) -> Snapshot:
    spec = {"key": "guest", "object": "guest", "keys": [{"fields": ["name"]}], **match}
    return build([ObjectSpec.model_validate(GUEST), MatchSpec.model_validate(spec)], version=1,
                 zone="Asia/Shanghai")  # fmt: skip


def part(number: int, *, age: int = 0, idle: int = 0, source: str = "", **values: Any) -> Part:
    """Give a record made `age` days ago and changed `idle` days ago."""
    touched = {key: Touch(seq=1000 - idle, source=source) for key in values}
    return Part(
        id=UUID(int=number), values=values, created_at=DAY - timedelta(days=age),
        updated_at=DAY - timedelta(days=idle), touched=touched,
    )  # fmt: skip


def taken(rule: dict[str, str], *parts: Part, **match: Any) -> dict[str, Any]:
    known = rules(snapshot(survive=rule, **match), "guest")
    return {key: one.value for key, one in chosen(known, parts, {}).items()}


SHORT = part(1, age=5, idle=1, source="import", name="王")
LONG = part(2, age=9, idle=0, source="ui", name="王芳女士")
OLD = part(3, age=20, idle=8, source="api", name="王芳")


@pytest.mark.parametrize(
    ("rule", "name"),
    [("survivor", "王"), ("recent", "王芳女士"), ("oldest", "王芳"), ("longest", "王芳女士"),
     ("trusted", "王芳")],
)  # fmt: skip
def test_a_rule_for_each_field(rule: str, name: str) -> None:
    assert taken({"name": rule}, SHORT, LONG, OLD, trust=("api", "ui"))["name"] == name


def test_blanks_are_filled_from_whichever_changed_last() -> None:
    assert taken({}, part(1, name=""), OLD, LONG)["name"] == "王芳女士"
    assert "name" not in taken({}, part(1), part(2, name=None))


def test_lists_are_united_and_notes_stand_under_each_other() -> None:
    one, two = part(1, tags=["甲", "乙"], note="早"), part(2, tags=["乙", "丙"], note="晚")

    found = taken({"note": "all"}, one, two, part(3, note="早"))

    assert (found["tags"], found["note"]) == (["甲", "乙", "丙"], "早\n\n晚")


def test_what_is_chosen_is_taken_as_it_is() -> None:
    known = rules(snapshot(), "guest")

    found = chosen(known, [LONG, part(7)], {"name": UUID(int=7)})

    assert (found["name"].value, found["name"].rule) == (None, "chosen")


def test_the_department_goes_with_the_owner() -> None:
    known = rules(snapshot(), "guest")
    one = part(1, owner=None, department="D1")
    two = part(2, owner="U2", department=None)

    found = chosen(known, [one, two], {})

    assert (found["owner"].value, found["department"].value) == ("U2", None)


@pytest.mark.parametrize(("word", "number"), [("oldest", 3), ("recent", 2), ("complete", 4)])
def test_the_survivor_by_rule(word: str, number: int) -> None:
    known: Rules = rules(snapshot(survivor=word), "guest")
    full = part(4, age=1, idle=9, name="x", note="y", tags=["z"])

    assert known.survivor_of([SHORT, LONG, OLD, full]).id == UUID(int=number)


@pytest.mark.parametrize(
    ("match", "at"),
    [
        ({"survive": {"name": "all"}}, ["survive.name"]),
        ({"survive": {"tags": "all", "note": "all"}}, []),
        ({"survive": {"number": "recent"}}, ["survive.number"]),
        ({"survive": {"size": "longest"}}, ["survive.size"]),
        ({"survive": {"name": "trusted"}}, ["survive.name"]),
        ({"survive": {"name": "trusted"}, "trust": ["ui"]}, []),
        ({"survive": {"owner": "recent"}}, []),
    ],
)
def test_what_cannot_survive_is_told(match: dict[str, Any], at: list[str]) -> None:
    known = snapshot(**match)

    assert [one.at for one in check(known.matches["guest"], known)] == at
