"""Stories of the quality score: it is right after every write, whoever writes."""

import pytest
from tests.lending import Desk, furnish, lending

from zhike.db.conversation import Conversation
from zhike.kernel.sql import param, sql
from zhike.meta import KINDS, QualitySpec
from zhike.meta.quality import COUNTED, RIGHT

PARTS = ("quality_completeness", "quality_validity", "quality_freshness", "quality_uniqueness")


async def test_a_new_record_has_its_score_at_once(desk: Desk) -> None:
    record = await desk.one("reader", name="王强书社", phone="13812345671", code="12")

    assert await desk.held("reader", record, *PARTS) == (75, 67, 100, 100)
    assert await desk.held("reader", record, "quality") == (80,)


async def test_every_change_is_judged_anew(desk: Desk) -> None:
    record = await desk.one("reader", name="王强书社")
    assert await desk.held("reader", record, *PARTS[:2]) == (50, 100)

    await desk.change("reader", record, {"email": "wang@corp.cn", "deposit": "20"})
    assert await desk.held("reader", record, *PARTS[:2]) == (100, 100)

    await desk.change("reader", record, {"email": "wang@example.com", "deposit": None})
    assert await desk.held("reader", record, *PARTS[:2]) == (75, 50)


async def test_a_roll_up_that_moves_makes_a_record_fresh_again(desk: Desk) -> None:
    record = await desk.one("reader", name="王强书社")
    await desk.tx.run(
        sql(
            "UPDATE reader SET quality_at = now(), created_at = now() - interval '25 days'"
            " WHERE id = {id}",
            id=param(record, "uuid"),
        )
    )
    stale = await desk.held("reader", record, "quality_freshness")

    await desk.create("loan", {"reader": str(record)})

    assert (stale, await desk.held("reader", record, "quality_freshness")) == ((50,), (100,))


@pytest.mark.parametrize("key", ["quality", "quality_at", "quality_alike", "quality_validity"])
async def test_nobody_gives_a_score(desk: Desk, key: str) -> None:
    (entry,) = await desk.create("reader", {"name": "王强书社", key: 100})

    assert [one.word for one in entry.problems] == ["field_not_writable"]


@pytest.mark.parametrize("object_", ["branch", "book", "reader", "loan"])
async def test_any_object_can_be_judged_without_a_word_about_how(
    tx: Conversation, object_: str
) -> None:
    snapshot = lending(QualitySpec(key=object_, object=object_))
    await furnish(tx, snapshot)
    title, desk = snapshot.objects[object_].title, Desk(tx=tx, snapshot=snapshot)
    given = {} if object_ == "loan" else {title: "王强书社"}

    (score,) = await desk.held(object_, await desk.one(object_, **given), "quality")

    assert 40 <= score <= 100


def test_a_kind_that_is_judged_by_itself_is_a_kind() -> None:
    assert RIGHT.keys() | COUNTED <= KINDS.keys()
