"""Every kind's column, output and mask, on real PostgreSQL."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from tests.unit.kinds.pairs import Pair, pairs

from zhike.db.conversation import Conversation
from zhike.kernel.faults import Fault
from zhike.kernel.sql import ident, param, sql, vetted
from zhike.meta import KINDS, FieldKind, drained, regions

STORED = [pair for pair in pairs() if pair.kind.column(pair.settings) is not None]
SHOWN_OTHERWISE = {"region", "datetime"}
"""Kinds whose JSON is not what is stored: a path, a moment in the zone of the workspace."""


async def kept(tx: Conversation, pair: Pair, value: Any) -> Mapping[str, Any]:
    """Store a value in a column of its kind, and give what comes out again."""
    column = vetted(str(pair.kind.column(pair.settings)))
    await tx.run(sql("CREATE TEMPORARY TABLE one (it {column}) ON COMMIT DROP", column=column))
    await tx.run(
        sql(
            "INSERT INTO one SELECT it FROM json_to_recordset({rows}) AS given (it {column})",
            rows=param(json.dumps([{"it": value}]), "json"),
            column=column,
        )
    )
    shown = await tx.row(
        sql(
            "SELECT to_json({out}), to_json({mask}), pg_typeof({mask})::text FROM one",
            out=pair.kind.out(ident("it"), pair.settings),
            mask=pair.kind.mask(ident("it"), pair.settings),
        )
    )
    await tx.run(sql("DROP TABLE one"))
    assert shown is not None
    out, mask, kind = shown
    return {"out": _value(out), "mask": _value(mask), "type": kind}


def _value(raw: Any) -> Any:
    return json.loads(raw) if isinstance(raw, str | bytes) else raw


async def loaded(tx: Conversation) -> None:
    """Fill the table of regions."""
    await tx.run(sql("DELETE FROM zhike.region"))
    await tx.copy_in(sql("zhike.region"), ("code", "name", "path"), regions.rows())


def value_of(pair: Pair) -> Any:
    """Give what a pair is read as; None also if it is refused."""
    try:
        return drained(pair.kind.read(pair.given, pair.settings))
    except Fault:
        return None


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
async def test_what_was_read_is_stored_and_shown(tx: Conversation, kind: FieldKind) -> None:
    await loaded(tx)
    for pair in (pair for pair in STORED if pair.kind is kind):
        value = value_of(pair)
        if value is None or kind.validate(value, pair.settings):
            continue

        found = await kept(tx, pair, value)

        assert found["type"] == "text", pair.at
        assert found["mask"], pair.at
        assert found["out"] == value or kind.name in SHOWN_OTHERWISE, pair.at


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
async def test_nothing_is_shown_as_nothing(tx: Conversation, kind: FieldKind) -> None:
    for pair in [pair for pair in STORED if pair.kind is kind][:1]:
        found = await kept(tx, pair, None)

        assert found["out"] is None
        assert found["mask"] is None


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
async def test_its_index_can_be_made(tx: Conversation, kind: FieldKind) -> None:
    pair = next(pair for pair in pairs() if pair.kind is kind)
    column = kind.column(pair.settings)
    if column is None or kind.indexable is None:
        return
    await tx.run(sql("CREATE TABLE indexed (it {column})", column=vetted(column)))

    await tx.run(sql("CREATE INDEX ON indexed USING {way} (it)", way=vetted(kind.indexable)))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("phone", "+86-13800138000", "138****8000"),
        ("phone", "010-62345678", "010-****5678"),
        ("phone", "010-62345678-801", "010-****5678"),
        ("phone", "400-1234567", "400-****4567"),
        ("phone", "+852-91234567", "+852-****4567"),
        ("email", "zhangsan@example.com", "zha***@example.com"),
        ("email", "li@example.com", "l***@example.com"),
        ("id_number", "110105199003072936", "110105********2936"),
        ("bank_account", "6222021000000000009", "622202*********0009"),
        ("bank_account", "12345678", "****5678"),
        ("person_name", "张三", "张*"),
        ("person_name", "欧阳娜娜", "欧**"),
        ("address", "浙江省杭州市西湖区文三路90号", "浙江省杭州市西湖区****"),
        ("address", "北京市海淀区上地小区5号", "北京市海淀区****"),
        ("address", "内蒙古自治区呼和浩特市新城区某路", "内蒙古自治区呼和浩特市新城区****"),
        ("address", "文三路90号", "****"),
        ("credit_code", "91110000CDP0000000", "911100********0000"),
        ("company_name", "杭州百川科技有限公司", "杭州***"),
        ("date", "1990-03-07", "1990-**-**"),
        ("region", "330106", "浙江省"),
        ("money", "50000000.00", "***"),
        ("geo", {"lng": 120.1551, "lat": 30.2741}, "120.15,30.27"),
    ],
)
async def test_masks_tell_what_the_trade_allows(
    tx: Conversation, kind: str, value: Any, expected: str
) -> None:
    await loaded(tx)
    pair = Pair(
        kind=KINDS[kind], settings=KINDS[kind].settings(), given=value, expected="", at=kind
    )

    assert (await kept(tx, pair, value))["mask"] == expected


async def test_an_identity_number_can_be_masked_strictly(tx: Conversation) -> None:
    kind = KINDS["id_number"]
    strict = kind.settings.model_validate({"mask": "strict"})
    pair = Pair(kind=kind, settings=strict, given="", expected="", at="strict")

    found = await kept(tx, pair, "110105199003072936")

    assert found["mask"] == "1****************6"


async def test_a_region_is_shown_as_its_path(tx: Conversation) -> None:
    await loaded(tx)
    kind = KINDS["region"]
    pair = Pair(kind=kind, settings=kind.settings(), given="", expected="", at="path")

    paths = [(await kept(tx, pair, code))["out"] for code in ("330106", "3", "5101Z1", "110108")]

    assert paths == [
        "浙江省/杭州市/西湖区",
        "华东",
        "四川省/成都市/成都高新技术产业开发区",
        "北京市/海淀区",
    ]


async def test_codes_within_a_place_are_the_same_in_postgresql(tx: Conversation) -> None:
    await loaded(tx)
    for name in ("华东", "华中", "华南", "浙江", "成都", "北京", "西湖区"):
        held = regions.ranges(name) or ()
        found = {
            code
            for first, last in held
            for (code,) in await tx.rows(
                sql(
                    "SELECT code FROM zhike.region WHERE code >= {first} AND code < {last}",
                    first=param(first, "text"),
                    last=param(last, "text"),
                )
            )
        }

        codes = {code for code, _, _ in regions.rows()}
        assert found == {code for code in codes if any(a <= code < b for a, b in held)}


@pytest.mark.parametrize(
    ("result", "stored", "expected"),
    [
        ({"result": "number"}, "12.500", "12.5"),
        ({"result": "number", "decimals": 2}, "12.5", "12.50"),
        ({"result": "number", "decimals": 0}, "12.5", 13),
        ({"result": "money"}, "1200", "1200.00"),
        ({"result": "percent"}, "0.250", "0.25"),
        ({"result": "text"}, "abc", "abc"),
        ({"result": "boolean"}, True, True),
        ({"result": "date"}, "2026-01-14", "2026-01-14"),
        ({"result": "options"}, ["a"], ["a"]),
    ],
)
async def test_a_formula_is_shown_as_its_result(
    tx: Conversation, result: dict[str, Any], stored: Any, expected: Any
) -> None:
    for kind in (KINDS["formula"], KINDS["rollup"]):
        asked = kind.settings.model_validate({"formula": "x", **result})
        pair = Pair(kind=kind, settings=asked, given="", expected="", at=str(result))

        assert (await kept(tx, pair, stored))["out"] == expected


async def test_numbers_of_the_largest_size_fit(tx: Conversation) -> None:
    for name, given in (("money", "-999999999999999.99"), ("number", "999999999999999")):
        kind = KINDS[name]
        value = drained(kind.read(given, kind.settings()))
        pair = Pair(kind=kind, settings=kind.settings(), given="", expected="", at=name)

        assert (await kept(tx, pair, value))["out"] == value


def test_every_column_was_tried() -> None:
    tried = {pair.kind.name for pair in STORED}
    everywhere = set(KINDS) - {"lookups", "children"}

    assert tried == everywhere
