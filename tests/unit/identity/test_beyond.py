"""What a value says beyond the name it stands beside, and names that share letters by chance."""

import pytest

from zhike.hub.identity.runs.aspects import Aspect, beyond
from zhike.hub.identity.runs.model import blended
from zhike.hub.identity.scales import BY_KIND
from zhike.hub.identity.scales.shape import edits, mould, shape


@pytest.mark.parametrize(
    ("called", "value", "left"),
    [
        ("张红", "zhanghong430", "430"),
        ("曾子", "Zengzi9805", "9805"),
        ("张红", "zhanghong", None),
        ("张红", "wxid_8f3a", "wxid_8f3a"),
        ("张红", "zhang", "zhang"),
        ("Mary Smith", "marysmith77", "77"),
        ("杭州海纳科技有限公司", "海纳科技", None),
        ("杭州海纳科技有限公司", "宁波云图", "宁波云图"),
        (None, "zhanghong430", "zhanghong430"),
    ],
)
def test_a_name_inside_an_account_says_nothing_twice(
    called: str | None, value: str, left: str | None
) -> None:
    assert beyond(called, value) == left


def test_strangers_are_not_alike_by_the_letters_of_their_shape() -> None:
    person = BY_KIND["person_name"]
    one, other = "林红海", "林河兰"
    assert edits(shape(one), shape(other), 1)  # two of its letters are the same by chance
    assert not edits(mould(one), mould(other), 1)

    level = person.level(person.taken_apart(one), person.taken_apart(other))

    assert level is not None
    assert person.levels[level].word == "another"


def test_what_few_pairs_teach_counts_less_than_what_is_expected() -> None:
    phone = Aspect(field="phone", scale=BY_KIND["phone"])
    learnt, chance = (0.2, 0.0, 0.8), (1e-5, 1e-6, 1.0)

    few = blended(phone, learnt, chance, prior=1e-6, pairs=2e7)
    many = blended(phone, learnt, chance, prior=1e-6, pairs=2e10)

    expected = phone.priors()[0]
    assert abs(few.m[0] - expected) < 0.06
    assert abs(many.m[0] - (expected + learnt[0]) / 2) < 1e-9


def test_a_lower_level_is_never_worth_more_than_a_higher_one() -> None:
    phone = Aspect(field="phone", scale=BY_KIND["phone"])
    same, typo, different = 0.7, 0.05, 0.25
    switchboards = blended(phone, (same, typo, different), (1e-3, 0.0, 0.9), prior=1e-5, pairs=1e8)
    assert switchboards.weight(0) >= switchboards.weight(1) > switchboards.weight(2)
