"""In which order names stand: `tests/golden/order`."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.meta.reading.order import place, surname_place

LINES = [
    line.split("、")
    for line in (Path(__file__).parents[2] / "golden" / "order" / "titles.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("names", LINES, ids=lambda names: names[0])
def test_a_list_stands_as_the_file_says(names: list[str]) -> None:
    assert sorted(sorted(names), key=place) == names


def test_a_person_stands_where_the_surname_is_read() -> None:
    people = ["Anna", "安娜", "区小明", "仇英", "任一", "单雄", "孙八", "曾国", "张三"]

    assert sorted(sorted(people), key=surname_place) == people
    assert sorted(people, key=place) != people


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=60))
def test_different_names_stand_at_different_places(name: str) -> None:
    assert len(place(name)) == len(name)
    assert place(name[::-1]) == place(name)[::-1]


@given(st.text())
def test_whatever_is_written_has_a_place_that_postgresql_takes(name: str) -> None:
    place(name).encode()
    surname_place(name).encode()
