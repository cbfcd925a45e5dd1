"""Places contain each other, and their codes say so."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from zhike.meta import KINDS, regions

ALL = list(regions.rows())
CODES = [code for code, _, _ in ALL]


def within(code: str, name: str) -> bool:
    return any(first <= code < last for first, last in regions.ranges(name) or ())


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("华东", ["3", "310000", "330106", "320576", "370000"], ["40", "110000", "440000"]),
        ("华中", ["40", "410000", "430100"], ["3", "47", "440100"]),
        ("华南", ["47", "440000", "460000"], ["40", "430000", "5"]),
        ("西南", ["5", "500103", "5101Z1", "540000"], ["6", "460000"]),
        ("港澳台", ["7", "710100", "810002", "820000"], ["6", "650000"]),
        ("浙江", ["330000", "330106", "330104"], ["3", "340000"]),
        ("成都", ["510100", "5101Z1"], ["510000", "510300"]),
        ("杭州市西湖区", ["330106"], ["330100", "330105"]),
        ("北京", ["110000", "110108", "1101Z1"], ["1", "120000"]),
    ],
)
def test_a_place_holds_what_lies_in_it(name: str, inside: list[str], outside: list[str]) -> None:
    assert [code for code in inside if not within(code, name)] == []
    assert [code for code in outside if within(code, name)] == []


def test_a_shared_name_stands_for_all_places_called_so() -> None:
    assert within("320106", "鼓楼区")
    assert within("350102", "鼓楼区")


@pytest.mark.parametrize("name", ["", "江浙沪", "杭州市文三路", "'; DROP TABLE x"])
def test_an_unknown_place_has_no_ranges(name: str) -> None:
    assert regions.ranges(name) is None


def test_every_place_is_read_back_from_its_code_and_from_its_path() -> None:
    for code, _, path in ALL:
        by_code, by_path = regions.find(code), regions.find(path)
        assert isinstance(by_code, regions.Found)
        assert isinstance(by_path, regions.Found), path
        assert by_code.place.code == code
        assert by_path.rest == ""
        # What is retired may have a successor of the same name.
        assert by_path.place.code == code or by_code.place.retired, path


def test_every_code_lies_within_its_own_range_and_those_above() -> None:
    for code, _, path in ALL:
        found = regions.find(code)
        assert within(code, code), code
        if isinstance(found, regions.Found) and not found.place.retired:
            above = path.split("/")[:-1]
            assert all(within(code, "/".join(above[: at + 1])) for at in range(len(above))), path


def test_codes_are_in_the_order_of_the_c_collation_and_once() -> None:
    assert sorted(CODES) == CODES
    assert len(set(CODES)) == len(CODES)


def test_the_edition_is_told_by_what_it_holds() -> None:
    digest = hashlib.sha256(repr(ALL).encode()).hexdigest()

    assert regions.VERSION.split(".")[1] == digest[:12]


def test_near_places_are_offered() -> None:
    assert "浙江省/杭州市" in regions.near("杭洲市")


@given(some.text(alphabet="杭州市西湖区浙江省华东北京/ 路1", max_size=20))
def test_what_is_not_understood_is_handed_back(text: str) -> None:
    match regions.find(text):
        case regions.Found(rest=rest):
            assert text.endswith(rest)
        case _:
            pass


def test_a_kept_code_is_told_as_its_path() -> None:
    kind = KINDS["region"]
    paths = {code: path for code, _, path in ALL}

    assert [code for code in CODES if kind.told(code, None) != paths[code]] == []
    assert kind.told(None, None) is None
