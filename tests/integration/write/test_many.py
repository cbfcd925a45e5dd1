"""Stories of many records written at once, which go in by COPY."""

from collections.abc import Sequence

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.lending import Desk

from zhike.hub import identity
from zhike.hub.intake import INTAKE
from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Row, Tx
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.bulk import MANY, poured
from zhike.store.search import searching
from zhike.store.write import readied, shape

TYPES = {
    "a": "text", "b": "text[]", "c": "numeric", "d": "bigint", "e": "boolean", "f": "date",
    "g": "jsonb", "h": "double precision", "i": "uuid[]",
}  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
ODD = st.sampled_from(["\\", "\\N", "\t", "a\nb", "\r", '"', "{}", "NULL", "", "'", ",", "\\."])
SAID = TEXT | ODD
JSON = st.none() | SAID | st.booleans() | st.lists(SAID, max_size=3) | st.dictionaries(SAID, SAID)
ROW = st.fixed_dictionaries(
    {},
    optional={
        "a": st.none() | SAID,
        "b": st.none() | st.lists(SAID | st.none(), max_size=4),
        "c": st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
        "d": st.integers(-(2**63), 2**63 - 1),
        "e": st.booleans(),
        "f": st.dates().map(str),
        "g": JSON,
        "h": st.floats(allow_nan=False, allow_infinity=False),
        "i": st.lists(st.uuids().map(str), max_size=2),
    },
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROW, min_size=1, max_size=20))
async def test_a_value_means_the_same_whichever_way_it_goes_in(
    desk: Desk, rows: list[dict[str, object]]
) -> None:
    columns = ", ".join(f"{name} {type_}" for name, type_ in TYPES.items())
    await desk.tx.script("DROP TABLE IF EXISTS pg_temp.one, pg_temp.other")
    for table in ("one", "other"):
        await desk.tx.script(f"CREATE TEMP TABLE {table} (n integer, {columns})")
    asked = [{"n": n, **row} for n, row in enumerate(rows)]
    values = [(type_, [row.get(name) for row in rows]) for name, type_ in TYPES.items()]

    await desk.tx.run(
        sql(
            "INSERT INTO pg_temp.one SELECT * FROM json_to_recordset({rows}) AS x"
            "(n integer, a text, b text[], c numeric, d bigint, e boolean, f date, g jsonb,"
            " h double precision, i uuid[])",
            rows=param(orjson.dumps(asked).decode(), "json"),
        )
    )
    await desk.tx.pour(
        ident("pg_temp", "other"),
        ("n", *TYPES),
        poured([("integer", list(range(len(rows)))), *values]),
    )

    differing = await desk.tx.rows(
        sql("TABLE pg_temp.one EXCEPT TABLE pg_temp.other"),
    )
    assert differing == []


async def test_many_records_are_written_with_their_history_as_one_is(desk: Desk) -> None:
    book = await desk.one("book", title="诗\t经\\")
    odd = {"secret": 'tab\tback\\slash "quote"\nline', "deposit": "¥1,234.50"}
    names = [f"杭州{chr(0x4E00 + n)}{chr(0x5E00 + n)}科技有限公司" for n in range(MANY + 1)]

    many = await desk.create(
        "reader", *({"name": one, **odd, "favourites": [str(book)]} for one in names)
    )
    alone = await desk.one("reader", name="宁波一家科技有限公司", **odd, favourites=[str(book)])

    assert {one.fate for one in many} == {Fate.CREATED}
    record = many[7].record
    assert record is not None
    columns = ("secret", "deposit", "grade", "loan_count", "owner", "department", "created_by")
    assert await desk.held("reader", record, *columns) == await desk.held("reader", alone, *columns)
    told = await desk.tx.rows(
        sql(
            "SELECT new - 'name', raw - 'name', kind, actor, source FROM zk_event"
            " WHERE record = ANY({ids})",
            ids=param([record, alone], "uuid[]"),
        )
    )
    assert len(told) == 2
    assert told[0] == told[1]
    assert await desk.held("book", book, "fan_count") == (MANY + 2,)


async def test_a_record_that_lost_a_race_does_not_take_the_others_along(desk: Desk) -> None:
    async def overtaken(batch: Batch, tx: Tx) -> Batch:
        await tx.run(
            sql("INSERT INTO reader (name, number) VALUES ('外面写的', {n})", n=param("N7", "text"))
        )
        return batch

    late = [*INTAKE[:4], overtaken, *INTAKE[4:]]
    entries = [
        Entry(given={"name": f"杭州{chr(0x4E00 + n)}{chr(0x5E00 + n)}科技", "number": f"N{n}"})
        for n in range(MANY)
    ]

    done = await desk.take(desk.batch("reader", "create", *entries), steps=late)

    assert [n for n, one in enumerate(done) if one.fate is not Fate.CREATED] == [7]
    assert done[7].problems
    assert await desk.count("reader") == MANY


async def test_records_made_ready_ahead_are_written_as_others_are(desk: Desk) -> None:
    """What they will be was spelt before anything was known of the base."""
    object_ = desk.snapshot.objects["reader"]
    odd = {"secret": 'tab\tback\\slash "quote"\nline', "deposit": "1234.50"}
    values = [
        {"name": f"杭州{chr(0x4E00 + n)}{chr(0x5E00 + n)}科技有限公司", **(odd if n % 2 else {})}
        for n in range(MANY)
    ]
    keys = [identity.keys_of(desk.snapshot, "reader", one) for one in values]
    tokens = [searching(desk.snapshot, object_).tokens(one) for one in values]
    spelt = readied(shape(desk.snapshot, "reader"), values, keys=keys, tokens=tokens)
    plain = [Entry(given=one, values=one) for one in values]
    ready = [
        one.having(keys=known, ready=text)
        for one, known, text in zip(plain, keys, spelt, strict=True)
    ]
    ready[5] = ready[5].having(values={**values[5], "deposit": "1234.50"})

    first = await desk.take(desk.batch("reader", "create", *plain, read=True))
    second = await desk.take(
        desk.batch("reader", "create", *ready, read=True, on_duplicate="create")
    )

    assert {one.fate for one in (*first, *second)} == {Fate.CREATED}
    assert [n for n, one in enumerate(second) if one.ready is None] == [5]
    assert await _told(desk, second) == await _told(desk, first)


async def _told(desk: Desk, entries: Sequence[Entry]) -> Sequence[Row]:
    """Give what records are and what their history says, in the order of their entries."""
    return await desk.tx.rows(
        sql(
            "SELECT to_jsonb(r) - ARRAY['id', 'number', 'created_at', 'updated_at'],"
            " e.kind, e.old, e.new - 'number', e.raw, e.actor"
            " FROM unnest({ids}) WITH ORDINALITY AS x(id, n) JOIN reader AS r USING (id)"
            " JOIN zk_event AS e ON e.record = r.id ORDER BY x.n",
            ids=param([one.record for one in entries], "uuid[]"),
        )
    )
