"""Golden pairs: how alike two customers are, and what follows; and keys that like names share."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from zhike.hub.identity.check import check
from zhike.hub.identity.kinds.company_name import parsed
from zhike.hub.identity.kinds.trades import brand_of
from zhike.hub.identity.likeness import judged
from zhike.hub.identity.redaction import redacted
from zhike.hub.identity.scales import SCALES, Scale
from zhike.hub.identity.weighing import ALIKE, Judge, Thresholds, judge
from zhike.hub.identity.weighing.shipped import CHANCE
from zhike.meta import MatchSpec, ObjectSpec, build

GOLDEN = Path(__file__).parents[2] / "golden/company/likeness.txt"
FIELDS = ("name", "phone", "email", "credit_code", "contact_name")
KINDS = ("company_name", "phone", "email", "credit_code", "person_name")
USUAL = Thresholds(block=0.99, warn=0.2)
BRANDS = st.text(alphabet="海纳恒通瑞丰鼎盛宏远嘉禾卓越泰和云图", min_size=2, max_size=5)


@pytest.fixture(scope="module")
def usual() -> Judge:
    """Give the shipped way to compare customers."""
    fields = [
        {"key": key, "kind": kind, "label": key} for key, kind in zip(FIELDS, KINDS, strict=True)
    ]
    customer = ObjectSpec.model_validate({"key": "customer", "label": "客户", "fields": fields})
    match = MatchSpec.model_validate(
        {"key": "customer", "object": "customer", "keys": [{"fields": ["phone"]}]}
    )
    snapshot = build([customer, match], version=1, zone="Asia/Shanghai")
    made = judge(snapshot, snapshot.objects["customer"])
    assert made is not None
    return made


def pairs() -> list[tuple[str, str, str]]:
    text = GOLDEN.read_text(encoding="utf-8")
    lines = [one for one in text.splitlines() if one and not one.startswith("#")]
    return [(a, b, said) for a, b, said in zip(*[iter(lines)] * 3, strict=True)]


def read(line: str) -> dict[str, str | None]:
    parts = [one.strip() or None for one in line.split("|")]
    return dict(zip(FIELDS, parts, strict=False))


@pytest.mark.parametrize(("one", "other", "said"), pairs())
def test_two_customers_are_as_alike_as_they_are(
    usual: Judge, one: str, other: str, said: str
) -> None:
    mine, theirs = read(one), read(other)

    weighed = usual.weigh(usual.apart(mine), usual.apart(theirs))
    back = usual.weigh(usual.apart(theirs), usual.apart(mine))

    verdict = judged(weighed.score, USUAL)
    verdict = verdict or ("related" if usual.related(mine, theirs) else None)
    levels = [
        f"{aspect.field} {aspect.scale.levels[level].word}"
        for aspect, level in zip(usual.model.aspects, weighed.levels, strict=True)
        if level is not None
    ]
    assert f"=> {verdict or 'nothing'}: {', '.join(levels)}" == said
    assert back == weighed
    assert not usual.hopeless(mine, theirs, weighed.score), "a name may only tell what is true"


def test_clearly_different_names_need_no_comparing_unless_a_number_overrules_them(
    usual: Judge,
) -> None:
    mine, theirs = {"name": "杭州海纳科技有限公司"}, {"name": "宁波瑞丰贸易有限公司"}
    number = {"credit_code": "91330100MA27XXXX12"}

    assert usual.hopeless(mine, theirs, 0.2)
    assert not usual.hopeless({**mine, **number}, {**theirs, **number}, 0.2)
    assert not usual.hopeless(mine, {**mine, "phone": "1"}, 0.2)
    assert not usual.hopeless(mine, {}, 0.2)


@given(brand=BRANDS, at=st.integers(0, 4), other=st.sampled_from("金利达伟"))
def test_names_with_one_character_mistyped_share_a_key(brand: str, at: int, other: str) -> None:
    place = at % len(brand)
    typed = brand[:place] + other + brand[place + 1 :]
    assume(not parsed(brand).place and not parsed(typed).place)
    keys = ALIKE["company_name"].keys

    for ending in ("科技有限公司", "精密机械有限公司"):
        known = set(keys(f"杭州{brand}{ending}"))

        assert known & set(keys(f"杭州{typed}{ending}"))
        if len(brand) > 2:
            # One of two mistyped and no place beside it: what is left, hundreds share.
            assert known & set(keys(f"{typed}{ending}"))
        assert known & set(keys(f"{brand}{ending}"))
        assert known & set(keys(f"杭州{brand}贸易有限公司"))


@given(brand=BRANDS, at=st.integers(0, 8), trade=st.sampled_from(["科技", "精密机械", "信息技术"]))
def test_names_with_one_character_left_out_share_a_key(brand: str, at: int, trade: str) -> None:
    whole = f"{brand}{trade}"
    place = at % len(whole)
    typed = whole[:place] + whole[place + 1 :]
    assume(not parsed(whole).place and not parsed(typed).place and len(parsed(typed).core) > 2)
    keys = ALIKE["company_name"].keys

    assert {*keys(f"杭州{whole}有限公司")} & {*keys(f"杭州{typed}有限公司")}


@pytest.mark.parametrize(
    ("core", "brand"),
    [
        ("海纳恒通信息技术", "海纳恒通"),
        ("海纳科技", "海纳"),
        ("科技", "科技"),
        ("三一重工", "三一重工"),
        ("华东医药", "华东"),
        ("字节跳动网络技术", "字节跳动"),
    ],
)
def test_a_brand_stands_before_its_trade(core: str, brand: str) -> None:
    assert brand_of(core) == brand


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("北京字节跳动科技有限公司", "北京字节**有限公司"),
        ("华为技术有限公司", "华为**有限公司"),
        ("张三", "张*"),
        ("欧阳娜娜", "欧**"),
        ("X", "X*"),
        ("", ""),
    ],
)
def test_a_card_tells_a_name_in_part(title: str, told: str) -> None:
    assert redacted(title) == told


def test_what_cannot_be_compared_is_told() -> None:
    fields = [
        {"key": "name", "kind": "company_name", "label": "名称"},
        {"key": "vip", "kind": "boolean", "label": "贵宾"},
    ]
    customer = ObjectSpec.model_validate({"key": "customer", "label": "客户", "fields": fields})
    match = MatchSpec.model_validate(
        {
            "key": "customer",
            "object": "customer",
            "keys": [{"fields": ["name"]}],
            "near": [["vip"]],
            "compare": [{"field": "name", "weights": {"sam": 3}}, {"field": "vip"}],
            "against": [{"object": "customer", "fields": {"name": "name"}}],
            "group": "name",
            "protected_until": "name",
        }
    )
    snapshot = build([customer, match], version=1, zone="Asia/Shanghai")

    assert [(one.at, one.word) for one in check(match, snapshot)] == [
        ("near[0][0]", "not_comparable"),
        ("against[0].object", "nothing_against"),
        ("compare[0].weights.sam", "unknown_level"),
        ("compare[1].field", "not_comparable"),
        ("group", "no_group"),
        ("protected_until", "no_day"),
    ]


@pytest.mark.parametrize(
    ("said", "at", "word"),
    [
        ({"expression": "UPPER(nam)"}, "expression", "unknown_field"),
        ({"expression": "UPPER(name"}, "expression", "unfinished"),
        ({"expression": "name + 3"}, "expression", "not_comparable"),
        ({"expression": "vip and true"}, "expression", "nothing_to_compare"),
        ({"expression": "DAYS_SINCE(born)"}, "expression", "not_storable"),
        ({"expression": "name", "using": "exacd"}, "using", "unknown_comparison"),
        ({"expression": "name", "key": "vip"}, "key", "key_taken"),
        ({"expression": "name", "weights": {"alike": 3}}, "weights.alike", "unknown_level"),
    ],
)
def test_what_is_wrong_with_an_expression_is_told(
    said: dict[str, object], at: str, word: str
) -> None:
    fields = [
        {"key": "name", "kind": "company_name", "label": "名称"},
        {"key": "vip", "kind": "boolean", "label": "贵宾"},
        {"key": "born", "kind": "date", "label": "成立"},
    ]
    customer = ObjectSpec.model_validate({"key": "customer", "label": "客户", "fields": fields})
    match = MatchSpec.model_validate(
        {
            "key": "customer",
            "object": "customer",
            "keys": [{"fields": ["name"]}],
            "compare": [{"key": "shown", **said}],
        }
    )
    snapshot = build([customer, match], version=1, zone="Asia/Shanghai")

    assert [(one.at, one.word) for one in check(match, snapshot)] == [(f"compare[0].{at}", word)]


@pytest.mark.parametrize("said", [{}, {"field": "name", "key": "a"}, {"expression": "name"}])
def test_a_comparison_is_of_a_field_or_of_an_expression(said: dict[str, object]) -> None:
    document = {"key": "a", "object": "a", "keys": [{"fields": ["a"]}], "compare": [said]}
    with pytest.raises(ValidationError):
        MatchSpec.model_validate(document)


def test_a_document_may_weigh_differently() -> None:
    fields = [
        {"key": "name", "kind": "company_name", "label": "名称"},
        {"key": "shop", "kind": "text", "label": "门店"},
    ]
    customer = ObjectSpec.model_validate({"key": "customer", "label": "客户", "fields": fields})
    said = {"key": "customer", "object": "customer", "keys": [{"fields": ["name"]}]}
    more = {**said, "compare": [{"field": "shop", "weights": {"same": 30}}]}
    one = {"name": "杭州海纳恒通科技有限公司", "shop": "A-17"}
    other = {"name": "杭州海金恒通科技有限公司", "shop": "A-17"}

    scores = []
    for spec in (said, more):
        match = MatchSpec.model_validate(spec)
        snapshot = build([customer, match], version=1, zone="Asia/Shanghai")
        made = judge(snapshot, snapshot.objects["customer"])
        assert made is not None
        scores.append(made.weigh(made.apart(one), made.apart(other)).score)

    assert scores[0] < 0.5
    assert scores[1] > 0.99


@pytest.mark.parametrize("scale", SCALES, ids=lambda one: one.name)
def test_every_level_is_worth_something_before_any_run(scale: Scale) -> None:
    assert CHANCE[scale.name].keys() == {level.word for level in scale.levels}
