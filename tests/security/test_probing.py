"""What is masked for somebody cannot be found out by asking whom a record duplicates."""

from dataclasses import replace

import pytest
from tests.lending import ANNA, BEN, Desk, furnish, lending
from tests.library import ALL, role

from zhike.db.conversation import Conversation
from zhike.hub.intake import CHECKING
from zhike.store.batch import Entry, Fate, Match

NAME = "杭州海纳恒通信息技术有限公司"
CURIOUS = role(
    "curious",
    reader={
        **ALL,
        "stages": [{"when": "deposit > 100", "fields": {"phone": "masked", "name": "masked"}}],
    },
)


@pytest.fixture
async def desk(tx: Conversation) -> Desk:
    """Ben, for whom names and telephones are masked where somebody paid a deposit."""
    snapshot = lending(CURIOUS)
    await furnish(tx, snapshot)
    return Desk(tx=tx, snapshot=snapshot, person=replace(BEN, roles=frozenset({"curious"})))


async def asked(desk: Desk, **given: str) -> tuple[Match, ...]:
    batch = desk.batch("reader", "create", Entry(given=given), on_duplicate="create")
    (entry,) = await desk.take(batch, steps=CHECKING)
    return (*entry.matches, *entry.hints)


@pytest.mark.parametrize(
    "guess",
    [
        {"name": "张三", "phone": "13900001234"},
        {"name": NAME},
        {"name": "杭州海那恒通信息技术有限公司", "phone": "13900001235"},
        {"name": "杭州海纳恒通信息技术有限公司苏州分公司"},
    ],
)
async def test_a_guess_at_what_is_masked_is_told_nothing(desk: Desk, guess: dict[str, str]) -> None:
    anna = replace(desk, person=ANNA)
    open_ = await anna.one("reader", name="宁波天景物流有限公司", phone="13911112222")
    await anna.one("reader", name=NAME, phone="13900001234", deposit="1000")

    assert await asked(desk, **guess) == ()
    assert [one.record for one in await asked(desk, name="张三", phone="13911112222")] == [open_]


async def test_nor_is_it_told_when_a_record_is_refused(desk: Desk) -> None:
    anna = replace(desk, person=ANNA)
    await anna.one("reader", name=NAME, phone="13900001234", deposit="1000")

    (done,) = await desk.create("reader", {"name": "张三", "phone": "13900001234"})

    assert done.fate is Fate.REFUSED
    (match,) = done.matches
    assert (match.seen, match.title, match.card, match.reasons, match.compared) == (
        False, "", "", (), (),
    )  # fmt: skip
    assert all("13900001234" not in str(one.facts) for one in done.problems)
    assert "record" not in done.problems[0].facts


async def test_an_address_of_ones_own_is_compared_by_what_shows(desk: Desk) -> None:
    """The mail shows: it may be told, with nothing of the rest."""
    anna = replace(desk, person=ANNA)
    await anna.one("reader", name=NAME, phone="13900001234", email="li@hainaht.com", deposit="1000")

    (match,) = await asked(desk, name=NAME, phone="13900001234", email="li@hainaht.com")

    assert match.reasons == ("email",)
    assert [one.field for one in match.compared] == ["email"]
