"""Stories of the night's work: what records cannot know by themselves."""

from dataclasses import replace
from uuid import UUID, uuid4

from tests.integration.quality.judging import judging
from tests.lending import ANNA, BEN, Desk, furnish, lending
from tests.library import role

from zhike.access import policy
from zhike.db.conversation import Conversation
from zhike.hub.quality import report
from zhike.kernel.sql import param, sql
from zhike.kernel.words import Language
from zhike.store import quality

ZH: Language = "zh"


async def aged(desk: Desk, record: UUID, days: int) -> None:
    await desk.tx.run(
        sql(
            "UPDATE reader SET created_at = now() - {days} * interval '1 day' WHERE id = {id}",
            days=param(days, "integer"),
            id=param(record, "uuid"),
        )
    )


async def night(desk: Desk) -> int:
    """Look at the readers two at a time, as the job does with many more."""
    after: UUID | None = None
    count = 0
    reader = desk.snapshot.objects["reader"]
    while True:
        after, done = await quality.refreshed(desk.tx, desk.snapshot, reader, after=after, limit=2)
        count += done
        if after is None:
            return count


async def alike(desk: Desk, a: UUID, b: UUID, score: float) -> None:
    first, second = sorted((a, b))
    await desk.tx.run(
        sql(
            "INSERT INTO zk_identity_run (id, object, state, threshold)"
            " VALUES ({run}, 'reader', 'done', 0.5) ON CONFLICT DO NOTHING",
            run=param(UUID(int=7), "uuid"),
        )
    )
    await desk.tx.run(
        sql(
            "INSERT INTO zk_identity_pair (run, a, b, score, levels, joined)"
            " VALUES ({run}, {a}, {b}, {score}, '', true)",
            run=param(UUID(int=7), "uuid"),
            a=param(first, "uuid"),
            b=param(second, "uuid"),
            score=param(score, "double precision"),
        )
    )


async def likened(desk: Desk, *records: UUID) -> int:
    reader = desk.snapshot.objects["reader"]
    return await quality.likened(desk.tx, desk.snapshot, reader, records=records)


async def test_a_night_writes_only_what_grew_older(desk: Desk) -> None:
    ages = {"甲书社": 5, "乙书社": 15, "丙书社": 25, "丁书社": 99}
    records = {days: await desk.one("reader", name=name) for name, days in ages.items()}
    for days, record in records.items():
        await aged(desk, record, days)

    first, second = await night(desk), await night(desk)

    assert (first, second) == (3, 0)
    fresh = [(await desk.held("reader", one, "quality_freshness"))[0] for one in records.values()]
    assert fresh == [100, 75, 50, 0]


async def test_a_night_is_nobody_s_change(desk: Desk) -> None:
    record = await desk.one("reader", name="甲书社")
    await aged(desk, record, 99)
    before = await desk.held("reader", record, "version", "updated_at", "updated_by")
    events = await desk.tx.value(sql("SELECT count(*) FROM zk_event"))

    assert await night(desk) == 1

    assert await desk.held("reader", record, "version", "updated_at", "updated_by") == before
    assert await desk.tx.value(sql("SELECT count(*) FROM zk_event")) == events


async def test_who_has_a_double_is_less_unique(desk: Desk) -> None:
    one, two, three = [await desk.one("reader", name=name) for name in ("甲书社", "乙书社", "丙社")]
    await alike(desk, one, two, 0.9)
    await alike(desk, two, three, 0.2)

    assert await likened(desk) == 2

    unique = [(await desk.held("reader", r, "quality_uniqueness"))[0] for r in (one, two, three)]
    assert unique == [10, 10, 100]


async def test_a_double_in_the_bin_is_none(desk: Desk) -> None:
    one, two = await desk.one("reader", name="甲书社"), await desk.one("reader", name="乙书社")
    await alike(desk, one, two, 0.9)
    await likened(desk)

    await desk.delete("reader", two)

    assert await likened(desk, two) == 2
    assert await desk.held("reader", one, "quality_uniqueness") == (100,)


async def test_what_people_call_different_is_different(desk: Desk) -> None:
    one, two = await desk.one("reader", name="甲书社"), await desk.one("reader", name="乙书社")
    await alike(desk, one, two, 0.9)
    await likened(desk)
    await desk.tx.run(
        sql(
            "INSERT INTO zk_identity_decision (object, a, b, decision)"
            " VALUES ('reader', least({a}, {b}), greatest({a}, {b}), 'different')",
            a=param(one, "uuid"),
            b=param(two, "uuid"),
        )
    )

    assert await likened(desk, one) == 2


async def test_the_report_counts_scores_fields_and_owners(desk: Desk) -> None:
    await desk.one("reader", name="甲书社", phone="13812345671", deposit="5", code="1234")
    await desk.one("reader", name="乙书社", code="12", owner=str(BEN.id))
    await quality.keep_day(desk.tx, desk.snapshot.objects["reader"])
    await quality.keep_day(desk.tx, desk.snapshot.objects["reader"])

    held = policy(desk.snapshot, ANNA.viewer())
    told = await report(desk.tx, held, "reader", language=ZH)

    assert told["records"] == 2
    assert told["average"]["quality_completeness"] == 75
    assert sum(one["records"] for one in told["distribution"]) == 2
    fields = {one["field"]: one for one in told["fields"]}
    assert (fields["deposit"]["filled"], fields["deposit"]["records"]) == (1, 2)
    assert (fields["code"]["filled"], fields["code"]["valid"]) == (2, 1)
    assert [one["owner"]["id"] for one in told["owners"]] == [BEN.id, ANNA.id]
    assert [one["records"] for one in told["trend"]] == [2]


async def test_nobody_is_told_of_what_they_do_not_see(tx: Conversation) -> None:
    clerk = role("clerk", reader={"read": "own", "fields": {"quality": "read", "code": "hidden",
        "deposit": "masked", "quality_freshness": "hidden"}})  # fmt: skip
    snapshot = judging(clerk)
    await furnish(tx, snapshot)
    desk = Desk(tx=tx, snapshot=snapshot)
    mine = await desk.one("reader", name="甲书社", owner=str(BEN.id))
    await desk.one("reader", name="乙书社", phone="13812345671", code="1234")
    await quality.keep_day(tx, snapshot.objects["reader"])
    held = policy(snapshot, replace(BEN, roles=frozenset({"clerk"})).viewer())
    tx.viewer = held.viewer

    told = await report(tx, held, "reader", language=ZH)

    assert told["records"] == 1
    assert {one["field"] for one in told["fields"]} == {"name", "phone", "email"}
    assert [one["owner"]["id"] for one in told["owners"]] == [BEN.id]
    assert set(told["average"]) == {"quality", "quality_uniqueness"}
    assert [one["records"] for one in told["trend"]] == [1]
    assert await desk.held("reader", mine, "quality_completeness") == (50,)


async def test_a_condition_on_what_is_hidden_is_not_counted(tx: Conversation) -> None:
    spec = judging().qualities["reader"].model_copy(update={"valid": {"name": "secret is empty"}})
    clerk = role("clerk", reader={"read": "all", "fields": {"quality": "read",
        "secret": "hidden"}})  # fmt: skip
    snapshot = lending(spec, clerk)
    await furnish(tx, snapshot)
    desk = Desk(tx=tx, snapshot=snapshot)
    await desk.one("reader", name="甲书社", secret=str(uuid4()))
    viewer = replace(ANNA, roles=frozenset({"clerk"})).viewer()

    told = await report(tx, policy(snapshot, viewer), "reader", language=ZH)

    assert {one["field"]: one["valid"] for one in told["fields"]}["name"] is None
