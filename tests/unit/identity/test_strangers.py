"""A base in which nobody is there twice: a run must not find anybody twice."""

from random import Random

import pytest

from zhike.hub.identity.runs.aspects import Aspect, Table
from zhike.hub.identity.runs.engine import found
from zhike.hub.identity.runs.model import THRESHOLD
from zhike.hub.identity.scales import BY_KIND

KINDS = {
    "name": "company_name",
    "short_name": "text",
    "phone": "phone",
    "region": "text",
    "employees": "text",
}
ASPECTS = [Aspect(field=key, scale=BY_KIND[kind]) for key, kind in KINDS.items()]
PLACES = ("杭州", "宁波", "苏州", "深圳", "天津", "沈阳", "青岛", "厦门")
BRANDS = (
    "海纳", "天思", "博康", "中和", "万岳", "泰丰", "云翔", "东博", "金利", "启晟",
    "新航", "景宇", "盛昌", "瑞源", "恒达", "立川", "华信", "安晟", "远大", "佳诚",
)  # fmt: skip
TRADES = ("精密机械", "生物医药", "自动化设备", "文化传媒", "新材料", "汽车零部件")


def strangers(count: int) -> Table:
    """Give companies of other places, brands or trades, with telephones of their own."""
    random, made = Random(7), Table(ASPECTS)  # noqa: S311 - a story, told the same each time
    every = [(place, brand, trade) for place in PLACES for brand in BRANDS for trade in TRADES]
    for number, (place, brand, trade) in enumerate(random.sample(every, count)):
        size = str(random.choice((20, 100, 500, 5000)))
        name = f"{place}{brand}{trade}有限公司"
        made.add(str(number), [name, place + brand, f"+86-1380000{number:04}", place, size])
    return made


@pytest.mark.parametrize("count", [10, 40, 300])
def test_nobody_is_found_twice_where_nobody_is_there_twice(count: int) -> None:
    """Fields of strangers agree too: the place, the size, a brand of another trade."""
    run = found(strangers(count))

    assert run is not None
    assert [one for one in run.pairs if one.score >= THRESHOLD] == []
    assert run.clusters == []


@pytest.mark.parametrize("others", [0, 20, 200])
def test_one_of_a_few_is_found_by_name_alone(others: int) -> None:
    """A handful of records says little of chance: that half of its pairs agree is not chance."""
    made = strangers(others) if others else Table(ASPECTS)
    for number, name in enumerate((
        "北京字节跳动科技有限公司",
        "字节跳动（北京）科技有限公司",
        "北京字节跳动科技",
        "北京字节跳动网络技术有限公司",
    )):  # fmt: skip
        made.add(f"b{number}", [name, None, None, "北京", None])

    run = found(made)

    assert run is not None
    assert [{made.ids[place] for place in one} for one in run.clusters] == [{"b0", "b1", "b2"}]


def test_a_short_name_says_nothing_beside_the_name_it_is_taken_from() -> None:
    made = Table(ASPECTS)
    made.add("1", ["杭州海纳科技有限公司", "海纳", None, None, None])
    made.add("2", ["杭州海纳科技有限公司", "Haina", None, None, None])

    nothing = BY_KIND["text"].nothing()
    assert [row == nothing for row in made.parts["short_name"]] == [True, False]


def test_numbers_of_the_state_keep_sisters_apart_though_no_two_of_them_agree() -> None:
    """They share a desk, a domain and all but one character of the name."""
    sisters = {"name": "company_name", "code": "credit_code", "phone": "phone", "email": "email"}
    made = Table([Aspect(field=key, scale=BY_KIND[kind]) for key, kind in sisters.items()])
    for number in range(120):
        brand, place = BRANDS[number // 2 % len(BRANDS)], PLACES[number // 2 // len(BRANDS)]
        name = f"{place}{brand}自动化{'设计'[number % 2]}备有限公司"
        desk = (f"+86-571-8{number // 2:07}", f"info@{number // 2}.cn")
        made.add(str(number), [name, f"9133010{number:03}MA2CFAK{number:03}", *desk])

    run = found(made)

    assert run is not None
    assert "code" in run.model.worth
    assert run.clusters == []
