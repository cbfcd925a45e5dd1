"""
After any row of writes: roll-ups are what a computation from scratch gives, the history replays to
the records as they are, and every record is found by any part of its name.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.lending import Desk

from zhike.hub import identity
from zhike.kernel.sql import Sql, either, ident, param, sql
from zhike.meta import Json, Object
from zhike.store.batch import Entry
from zhike.store.rollups.follow import value
from zhike.store.search import searching

EXAMPLES = 25
OBJECTS = ("branch", "reader", "card", "loan")
NAMES = (
    "杭州云启科技有限公司",
    "单雄信",
    "曾国藩",
    "重庆银行股份有限公司",
    "ABC科技",
    "Müller 书店",
    "王强",
)

Deed = tuple[str, str, int, Mapping[str, Any]]
"""What is done to which object, to which of its records, with which values."""

SMALL = st.integers(0, 5)
VALUES: Mapping[str, st.SearchStrategy[Mapping[str, Any]]] = {
    "branch": st.fixed_dictionaries({"name": st.sampled_from("东南西北")}),
    "reader": st.fixed_dictionaries(
        {"name": st.sampled_from(NAMES)},
        optional={
            "branch": SMALL,
            "phone": st.integers(13800000000, 13800000004).map(str),
            "deposit": st.sampled_from(["1.5", "2万", None]),
            "grade": st.sampled_from(["普通", "金卡", None]),
            "secret": st.sampled_from(["甲乙", "x y", None]),
            "cards": st.lists(
                st.fixed_dictionaries({"number": st.integers(0, 99).map(str)}), max_size=3
            ),
        },
    ),
    "card": st.fixed_dictionaries(
        {"number": st.integers(0, 99).map(str)}, optional={"reader": SMALL}
    ),
    "loan": st.fixed_dictionaries(
        {},
        optional={
            "reader": SMALL,
            "fee": st.sampled_from(["1.10", "2", None]),
            "returned": st.booleans(),
            "lent_at": st.sampled_from(["2026-01-01", "2026-06-30T23:59:59Z", None]),
        },
    ),
}
ACTIONS = ("create", "create", "update", "update", "delete", "restore")
POINTERS = {"branch": "branch", "reader": "reader"}


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    object_ = draw(st.sampled_from(("branch", "reader", "reader", "card", "loan", "loan")))
    return draw(st.sampled_from(ACTIONS)), object_, draw(SMALL), draw(VALUES[object_])


@settings(
    max_examples=EXAMPLES,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(deeds(), min_size=5, max_size=30), st.sampled_from(["error", "skip", "update"]))
async def test_whatever_is_written(desk: Desk, row: Sequence[Deed], rule: str) -> None:
    with pytest.raises(RowOver):
        await one_row(desk, row, rule)


class RowOver(Exception):
    """Everything that was written is to be forgotten before the next row."""


async def one_row(desk: Desk, row: Sequence[Deed], rule: str) -> None:
    async with desk.tx.savepoint():
        await write(desk, row, rule)
        await rollups_are_right(desk)
        await history_replays(desk)
        await everything_is_found(desk)
        raise RowOver


async def write(desk: Desk, row: Sequence[Deed], rule: str) -> None:
    made: dict[str, list[UUID]] = {key: [] for key in OBJECTS}
    for action, object_, which, values in row:
        said = {key: pointed(made, key, one) for key, one in values.items()}
        record = made[object_][which % len(made[object_])] if made[object_] else None
        if action == "create":
            done = await desk.create(object_, said, on_duplicate=rule)
        elif record is None:
            continue
        else:
            given_ = said if action == "update" else {}
            entry = Entry(record=record, given=given_)
            done = await desk.take(
                desk.batch(object_, action, entry, on_duplicate="create")  # type: ignore[arg-type]
            )
        made[object_].extend(
            one.record for one in done if one.record and one.fate.value == "created"
        )


def pointed(made: Mapping[str, Sequence[UUID]], key: str, value: Json) -> Json:
    if key not in POINTERS or not isinstance(value, int):
        return value
    there = made[POINTERS[key]]
    return str(there[value % len(there)]) if there else None


async def rollups_are_right(desk: Desk) -> None:
    for key in OBJECTS:
        known = desk.snapshot.objects[key]
        for field in known.fields.values():
            if field.kind.name == "rollup":
                wrong = await desk.tx.rows(
                    sql(
                        "SELECT p.id, p.{column}, ({value}) FROM {table} AS p"
                        " WHERE p.{column} IS DISTINCT FROM ({value})",
                        column=ident(field.key),
                        value=value(desk.snapshot, key, field.key),
                        table=ident(known.table),
                    )
                )
                assert wrong == [], f"{key}.{field.key}"


async def history_replays(desk: Desk) -> None:
    """Fold the events of each record, and have PostgreSQL read the result as it reads values."""
    events = await desk.tx.rows(
        sql("SELECT object, record, kind, new::text FROM zk_event ORDER BY seq")
    )
    told: dict[str, dict[UUID, tuple[dict[str, Json], bool]]] = {key: {} for key in OBJECTS}
    for object_, record, kind, new in events:
        values, gone = told[object_].get(record, ({}, False))
        gone = kind == "deleted" if kind in ("deleted", "restored") else gone
        told[object_][record] = ({**values, **(json.loads(new) if new else {})}, gone)
    for key, records in told.items():
        known = desk.snapshot.objects[key]
        rows = [
            {"id": str(record), "told": values, "gone": gone}
            for record, (values, gone) in records.items()
        ]
        kept = [one.key for one in known.own if one.column and one.kind.name != "rollup"]
        assert await desk.tx.rows(unlike(known, [*kept, "owner", "department"], rows)) == []


def unlike(known: Object, keys: Sequence[str], rows: Sequence[Mapping[str, Json]]) -> Sql:
    """Ask for the records that are not as they were told."""
    return sql(
        "SELECT t.*, x.told FROM {table} AS t FULL JOIN json_to_recordset({rows})"
        " AS x(id uuid, told jsonb, gone boolean) ON x.id = t.id"
        " CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, x.told) AS n"
        " WHERE t.id IS NULL OR x.id IS NULL OR x.gone <> (t.deleted_at IS NOT NULL) OR {differs}",
        table=ident(known.table),
        rows=param(json.dumps(rows), "json"),
        differs=either(
            sql("{t} IS DISTINCT FROM {n}", t=ident("t", key), n=ident("n", key)) for key in keys
        ),
    )


async def everything_is_found(desk: Desk) -> None:
    """Every part of a name, its pinyin and initials, and the last digits of a phone find it."""
    known = desk.snapshot.objects["reader"]
    how = searching(desk.snapshot, known)
    ways = identity.plan(desk.snapshot, "reader")
    rows = await desk.tx.rows(
        sql("SELECT id, name, phone, email, number, code, zk_match FROM reader")
    )
    for record, name, phone, *rest, keys in rows:
        values = {"name": name, "phone": phone, "email": rest[0], "code": rest[2]}
        assert list(keys) == list(ways.keys(values))
        for text in questions(name, phone):
            asked = how.asked(text, how.fields)
            assert asked is not None
            assert await desk.tx.value(
                sql(
                    "SELECT zk_search @@ {asked} FROM reader WHERE id = {id}",
                    asked=asked,
                    id=param(record, "uuid"),
                )
            ), (text, name, phone)


def questions(name: str, phone: str | None) -> Sequence[str]:
    asked = [name, name[:1], name[:2], name[-2:]]
    if not name[0].isascii():
        asked.append(name[1:4])
    if phone:
        asked += [phone[-4:], phone[-7:], phone[4:9], phone]
    if not name.isascii() and name.startswith("杭州"):
        asked += ["hangzhou", "hzyq", "HangZhouYunQi", "hangzhouyunqiketj"[:15], "yunq"]
    if name.startswith("重庆"):
        asked += ["chongqingyinhang", "cqyh"]
    return [one for one in asked if one.strip()]
