"""Every kind of field can become every other one: nothing breaks, and what is lost is counted."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from zhike.kernel.sql import ident, joined, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.meta import KINDS, Json, Located
from zhike.packs import Wish, apply, plan
from zhike.store.catalog import snapshot_of

SETTINGS: Mapping[str, Mapping[str, Json]] = {
    "option": {"options": ["小说", "历史"]},
    "options": {"options": ["小说", "历史"]},
    "lookup": {"object": "shelf"},
    "lookups": {"object": "shelf"},
    "formula": {"formula": "LEN(title) * 2"},
    "rollup": {"formula": "COUNT(kin)"},
}
SAMPLES: Mapping[str, Json] = {
    "text": "小说",
    "long_text": "一\n二",
    "number": 12,
    "money": "12.50",
    "percent": "0.25",
    "boolean": True,
    "date": "2026-01-31",
    "datetime": "2026-01-31T09:30:00",
    "option": "小说",
    "options": ["小说", "历史"],
    "tags": ["新", "旧"],
    "phone": "+8613812345678",
    "email": "a@example.com",
    "url": "https://example.com/a",
    "person_name": "王小明",
    "company_name": "杭州科技有限公司",
    "credit_code": "91350100M000100Y43",
    "bank_account": "6222020200112233",
    "region": "330106",
    "address": "文三路 90 号",
    "auto_number": "B001",
    "rating": 4,
    "json": {"a": [1, None]},
    "lookup": "00000000-0000-7000-8000-000000000001",
}
"""Values as they are kept, of every kind that has a column and needs nobody else's tables."""

SOURCES = [one for one in KINDS if one not in {"id", "children"}]


def field(kind: str, key: str) -> Mapping[str, Json]:
    """Write down a field of a kind."""
    said: dict[str, Any] = {"key": key, "kind": kind, "label": kind, **SETTINGS.get(kind, {})}
    if kind in {"lookup", "lookups"}:
        said["relation"] = f"of_{key}"
    return said


def things(kinds: Mapping[str, str]) -> Wish:
    """Give an object with a field of each kind, called after what it was first."""
    fields = [
        {"key": "title", "kind": "text", "label": "题名"},
        {"key": "next", "kind": "lookup", "label": "下一", "object": "thing", "relation": "kin"},
        *(field(kind, f"was_{key}") for key, kind in kinds.items()),
    ]
    shelf = {"key": "name", "kind": "text", "label": "名称"}
    return Wish(
        documents=[
            Located(body={"kind": "object", "key": "shelf", "label": "书架", "fields": [shelf]}),
            Located(
                body={
                    "kind": "object",
                    "key": "thing",
                    "label": "东西",
                    "title": "title",
                    "fields": fields,
                }
            ),
        ]
    )


async def filled(tx: Tx) -> None:
    """Make the table and put one record with a value of every kind into it."""
    await apply(tx, things({kind: kind for kind in SOURCES}))
    await tx.script(
        "INSERT INTO shelf (id, name) VALUES ('00000000-0000-7000-8000-000000000001', '小说')"
    )
    fields = (await snapshot_of(tx)).objects["thing"].fields
    keys = {f"was_{kind}": value for kind, value in SAMPLES.items()}
    await tx.run(
        sql(
            "INSERT INTO thing (title, {columns}) SELECT '一', {columns}"
            " FROM json_to_record({values}) AS r ({typed})",
            columns=joined(ident(key) for key in keys),
            values=param(orjson.dumps(keys).decode(), "json"),
            typed=joined(
                sql("{key} {type}", key=ident(key), type=vetted(fields[key].column or ""))
                for key in keys
            ),
        )
    )


@pytest.mark.parametrize("target", SOURCES)
async def test_every_kind_becomes(target: str, tx: Tx) -> None:
    await filled(tx)
    wanted = things(dict.fromkeys(SOURCES, target))

    made = await plan(tx, wanted)
    assert made.problems == ()
    lost = {one.id.split(".")[2] for one in made.lossy}
    await apply(tx, wanted, confirm=[one.id for one in made.lossy])

    assert f"was_{target}" not in lost
    assert (await plan(tx, wanted)).steps == ()
    back = await plan(tx, things({kind: kind for kind in SOURCES}))
    assert back.problems == ()


async def test_a_text_that_says_the_same_is_read_as_such(tx: Tx) -> None:
    await filled(tx)
    texts = things(dict.fromkeys(SOURCES, "text"))
    made = await plan(tx, texts)
    await apply(tx, texts, confirm=[one.id for one in made.lossy])
    row = await tx.row(vetted("SELECT to_json(t)::text FROM thing AS t"))

    said = orjson.loads(row[0]) if row else {}

    expected = {
        "number": "12", "money": "12.50", "percent": "0.25", "boolean": "是", "option": "小说",
        "options": "小说、历史", "date": "2026-01-31", "phone": "+8613812345678", "lookup": "小说",
        "rating": "4", "auto_number": "B001", "email": "a@example.com",
    }  # fmt: skip
    assert {kind: said[f"was_{kind}"] for kind in expected} == expected
