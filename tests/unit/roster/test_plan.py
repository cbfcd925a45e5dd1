"""What a table of people would do, held against what has to be true of any table."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from zhike.hub.roster.columns import columns, is_head
from zhike.hub.roster.places import Places, steps
from zhike.hub.roster.plan import MEMBERS, Options, Plan, Standing, circling, ordered, plan
from zhike.hub.roster.table import Table
from zhike.kernel.viewer import platform
from zhike.meta import RoleSpec, SecuritySpec

HEAD = ["姓名", "工号", "登录名", "手机", "部门", "角色", "直属上级", "状态"]
ROLES = {"clerk": RoleSpec(key="clerk", label="职员")}
NAMES = st.sampled_from(["甲", "乙", "丙", "丁", None])
cells = st.tuples(
    NAMES,
    st.sampled_from(["1", "2", "3", "4", None]),
    st.sampled_from(["a", "b", "c", None]),
    st.sampled_from(["13800138000", "13900139000", "junk", None]),
    st.sampled_from(["总部", "总部/一部", "二部;总部", None]),
    st.sampled_from(["clerk", "职员", "nobody", None]),
    st.sampled_from(["甲", "1", "2", "3", "a", "nobody", None]),
    st.sampled_from(["在职", "离职", None]),
)
lines = st.lists(cells, max_size=8)


def fresh(start: int) -> Iterator[UUID]:
    number = start
    while True:
        number += 1
        yield UUID(int=number)


def table(rows: list[Any]) -> Table:
    return Table(
        columns=columns(HEAD),
        lines=tuple((number + 2, list(row)) for number, row in enumerate(rows) if any(row)),
    )


def standing(people: list[Any], places: list[Any]) -> Standing:
    return Standing(
        people=people, places=places, roles=ROLES, rules=SecuritySpec(), viewer=platform(),
        today=date(2026, 3, 1),
    )  # fmt: skip


def written(before: Standing, done: Plan) -> Standing:
    """Give how things would stand afterwards."""
    people = {one["id"]: one for one in before.people}
    people |= {one.id: {**one.new, "id": one.id} for one in (*done.added, *done.changed)}
    added = [
        {"id": one.id, "name": one.name, "parent": one.parent, "code": None} for one in done.places
    ]
    return standing(list(people.values()), [*before.places, *added])


@settings(max_examples=300, deadline=None)
@given(first=lines, second=lines)
def test_any_table_keeps_people_apart_and_a_second_time_changes_nothing(
    first: list[Any], second: list[Any]
) -> None:
    state = standing([], [])
    options = Options(create_departments=True, skip=True)
    for number, rows in enumerate((first, second)):
        done = plan(table(rows), state, options, fresh=fresh(1000 * (number + 1)))
        state = written(state, done)

        logins = [one["login"].casefold() for one in state.people]
        numbers = [one["number"] for one in state.people if one["number"]]
        ids = {one["id"] for one in state.people}
        places = {one["id"] for one in state.places}
        assert len(set(logins)) == len(logins)
        assert len(set(numbers)) == len(numbers)
        assert circling({one["id"]: one["manager"] for one in state.people}) == set()
        assert {one["manager"] for one in state.people} <= {None, *ids}
        assert {place for one in state.people for place, _ in one["departments"]} <= places
        assert all(one["name"] for one in state.people)
        assert done.lines == done.failed + done.unchanged + len(done.added) + len(done.changed)

    again = plan(table(second), state, options, fresh=fresh(9000))
    if not done.problems:
        assert (again.added, again.changed, again.places) == ((), (), ())


@given(above=st.dictionaries(st.integers(0, 6), st.none() | st.integers(0, 6)))
def test_a_circle_is_found_wherever_one_begins(above: dict[int, int | None]) -> None:
    def returns(start: int) -> bool:
        at: int | None = above.get(start)
        for _ in range(len(above) + 1):
            if at is None or at == start:
                return at == start
            at = above.get(at)
        return False

    assert circling(above) == {one for one in above if returns(one)}  # type: ignore[arg-type, comparison-overlap]


def test_departments_are_found_by_path_code_and_the_only_name() -> None:
    known = [
        {"id": UUID(int=1), "name": "总部", "parent": None, "code": "HQ"},
        {"id": UUID(int=2), "name": "销售部", "parent": UUID(int=1), "code": None},
        {"id": UUID(int=3), "name": "一组", "parent": UUID(int=2), "code": None},
        {"id": UUID(int=4), "name": "市场部", "parent": UUID(int=1), "code": None},
        {"id": UUID(int=5), "name": "一组", "parent": UUID(int=4), "code": None},
    ]
    places = Places(known, fresh(10))

    def number(text: str, *, create: bool = False) -> Any:
        found = places.found(text, create=create)
        return found.int if isinstance(found, UUID) else found.word()

    assert number("hq") == 1
    assert number("总部／销售部 / 一组") == 3
    assert number("市场部/一组") == 5
    assert number("销售部") == 2
    assert number("一组") == "several_places"
    assert number("三组") == "no_such_place"
    assert number("总部/新部/新组", create=True) == 12
    assert [one.path for one in places.added] == [("总部", "新部"), ("总部", "新部", "新组")]
    assert number("新组") == 12
    assert steps(" a > b／c ") == ("a", "b", "c")


def test_heads_are_known_however_they_are_decorated() -> None:
    found = columns(["*姓名", "工号 (必填)", "手 机:", "备注", None, "姓名"])

    assert [one.member for one in found] == ["name", "number", "mobile", None, None, None]
    assert is_head(found)
    assert not is_head(columns(["姓名", "年龄"]))
    assert [one.letter for one in found][:3] == ["A", "B", "C"]


def test_departments_have_one_order() -> None:
    one, two, three = (UUID(int=number) for number in (1, 2, 3))

    assert ordered([(two, False), (one, False), (three, True)]) == [
        (three, True), (one, False), (two, False),
    ]  # fmt: skip
    assert MEMBERS[-1] == "departments"
