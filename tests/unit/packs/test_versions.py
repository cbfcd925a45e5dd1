"""
The rules by which words, keys and places are derived have versions.

Whoever changes what they give raises the version in `packs/renewal/columns.py` and adds a line to
the golden file, for records that are there have to be derived anew.
"""

from collections.abc import Callable, Iterable, Mapping
from zlib import crc32

import orjson
from tests.unit.packs.golden import GOLDEN

from zhike.hub.identity.kinds import COMPARISONS
from zhike.hub.identity.weighing import ALIKE, summed
from zhike.packs.renewal import VERSIONS
from zhike.store.search import SCHEMES
from zhike.store.titles import PLACES

SAMPLES = (
    "北京字节跳动科技有限公司", "宁波市海纳建筑工程有限责任公司北京分公司",
    "海納（蘇州）自動化設備股份公司",
    "华为", "Acme Trading Co., Ltd.", "王小明", "欧阳娜娜", "重庆长安", "michaela neumann",
    "+86-13812345678", "+86-0571-88123456", "sales@haina.com", "91330106MA2CFAKE01",
    "浙江省杭州市西湖区文一路1号", "2026 款 A6L 45 TFSI", "",
)  # fmt: skip


def searched() -> Iterable[object]:
    return [scheme(one) for _, scheme in sorted(SCHEMES.items()) for one in SAMPLES]


def matched() -> Iterable[object]:
    ways = [*sorted(COMPARISONS.items()), *sorted(ALIKE.items())]
    return [
        summed("name:", way.keys(one)) + list(way.keys(one)) for _, way in ways for one in SAMPLES
    ]


def titled() -> Iterable[object]:
    return [place(one) for _, place in sorted(PLACES.items()) for one in SAMPLES]


RULES: Mapping[str, Callable[[], Iterable[object]]] = {
    "search": searched,
    "match": matched,
    "title": titled,
}


def test_rules_that_give_something_else_have_another_version() -> None:
    lines = (GOLDEN / "derived" / "versions.txt").read_text(encoding="utf-8").splitlines()
    told = [one.split() for one in lines if one and not one.startswith("#")]
    known = {(what, int(version)): print_ for what, version, print_ in told}

    given = {what: f"{crc32(orjson.dumps(rule())):08x}" for what, rule in RULES.items()}

    assert {what: known.get((what, version)) for what, version in VERSIONS.items()} == given
    assert len(known) == len(told), "a version is told once"
