"""Clusters: pairs are joined unless two of their records contradict each other."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from zhike.hub.identity.runs.aspects import Aspect, Table
from zhike.hub.identity.runs.clustering import clusters
from zhike.hub.identity.scales import BY_KIND

FIELDS: Mapping[str, str] = {"name": "company_name", "code": "credit_code"}
CODES = ("91330106MA2CFAKE01", "91110108MA01ABCD2X")


def table(*rows: tuple[str, str]) -> Table:
    made = Table([Aspect(field=key, scale=BY_KIND[kind]) for key, kind in FIELDS.items()])
    for number, values in enumerate(rows):
        made.add(str(number), values)
    return made


def test_pairs_are_chained() -> None:
    rows = table(("海纳科技有限公司", ""), ("海纳科技", ""), ("海納科技公司", ""))
    assert clusters(rows, [(0, 1), (1, 2)]) == [[0, 1, 2]]


def test_a_name_without_a_place_does_not_join_two_places() -> None:
    rows = table(("杭州海纳科技有限公司", ""), ("海纳科技", ""), ("宁波海纳科技有限公司", ""))
    assert clusters(rows, [(0, 1), (1, 2)]) == [[0, 1]]


def test_a_brand_alone_does_not_join_two_trades() -> None:
    rows = table(("杭州海纳化工有限公司", ""), ("杭州海纳", ""), ("杭州海纳印刷有限公司", ""))
    assert clusters(rows, [(0, 1), (1, 2)]) == [[0, 1]]


def test_spellings_of_one_name_may_differ_by_what_lies_between_them() -> None:
    rows = table(("杭州海纳科技有限公司", ""), ("杭川海纳科技有限公司", ""), ("海纳料技公司", ""))
    assert clusters(rows, [(0, 1), (1, 2)]) == [[0, 1, 2]]


def test_two_names_that_share_nothing_are_two_people_whoever_stands_between() -> None:
    people = Table([Aspect(field="name", scale=BY_KIND["person_name"])])
    for number, name in enumerate(("王建国", "li xiaoming", "李小明", "李晓鸣", "陈思", "王国")):
        people.add(str(number), [name])
    assert clusters(people, [(0, 1), (1, 2), (2, 3), (3, 4), (0, 5)]) == [[0, 5], [1, 2, 3]]


def test_two_official_numbers_are_two_companies() -> None:
    rows = table(("海纳科技", CODES[0]), ("海纳科技", ""), ("海纳科技", CODES[1]))
    assert clusters(rows, [(1, 2), (0, 1)]) == [[1, 2]]


def test_one_official_number_is_one_company_wherever_it_says_it_is() -> None:
    rows = table(("杭州海纳科技有限公司", CODES[0]), ("宁波海纳科技有限公司", CODES[0]))
    assert clusters(rows, [(0, 1)]) == [[0, 1]]


def test_what_people_decided_holds() -> None:
    rows = table(("杭州海纳科技", ""), ("海纳科技", ""), ("宁波海纳科技", ""))
    assert clusters(rows, [], same=[(0, 2)]) == [[0, 2]]
    assert clusters(rows, [(0, 1)], different=[(0, 1)]) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda one: one[0] != one[1]),
        max_size=20,
    )
)
def test_nobody_is_in_two_clusters(pairs: Sequence[tuple[int, int]]) -> None:
    found = clusters(table(*[("海纳科技", "")] * 10), pairs)
    members = [one for each in found for one in each]
    assert len(members) == len(set(members))
    for one, other in pairs:
        assert any({one, other} <= set(each) for each in found)
