"""A question is read once, and everything that is wrong with it is said at once."""

import pytest

from zhike.kernel.faults import Invalid
from zhike.store.read import Query, read_query
from zhike.store.read.query import split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("title,genre", ["title", "genre"]),
        (" title , , genre ", ["title", "genre"]),
        (
            "SUM(loans.fee, note = 'a,b') AS total,title",
            ["SUM(loans.fee, note = 'a,b') AS total", "title"],
        ),
        ('IF(genre in ["小说", "历史"], 1, 2) AS n', ['IF(genre in ["小说", "历史"], 1, 2) AS n']),
        ("{书名,副题},title", ["{书名,副题}", "title"]),
        ("a),b", ["a)", "b"]),
        ("'open, title", ["'open, title"]),
        ("", []),
    ],
)
def test_a_list_is_cut_at_its_own_commas_only(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_an_address_and_a_body_mean_the_same() -> None:
    address = {"select": "title,genre", "order": "-price", "limit": "5", "deleted": "false"}
    body = {"select": ["title", "genre"], "order": ["-price"], "limit": 5, "deleted": False}

    assert read_query(address) == read_query(body)


def test_nothing_asked_is_a_page_of_fifty() -> None:
    assert read_query({}) == Query(limit=50, count="none")


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(Invalid) as raised:
        read_query({"limit": 0, "count": "some", "deleted": "perhaps", "select": 7, "wher": "x"})

    found = {(one.at, one.word) for one in raised.value.problems}
    assert found == {
        ("limit", "wrong_limit"),
        ("count", "wrong_choice"),
        ("deleted", "wrong_choice"),
        ("select", "wrong_member"),
        ("wher", "unknown_member"),
    }


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "1.5", "x", "９", "9" * 5000, True, 1.0, []])
def test_a_limit_is_a_number_from_one_to_a_thousand(limit: object) -> None:
    with pytest.raises(Invalid):
        read_query({"limit": limit})


def test_a_tree_is_kept_as_text_so_that_equal_questions_are_equal() -> None:
    tree = {"op": "=", "left": {"name": ["title"]}, "right": {"text": "x"}}

    one, other = read_query({"where": tree}), read_query({"where": dict(tree)})

    assert one == other
    assert hash(one) == hash(other)
    assert one.where == ""


@pytest.mark.parametrize("offset", ["-1", "1000001", "1.5", "x", "9" * 5000, True, 1.0, []])
def test_so_many_records_cannot_be_passed_over(offset: object) -> None:
    with pytest.raises(Invalid) as raised:
        read_query({"offset": offset})

    assert [one.word for one in raised.value.problems] == ["wrong_offset"]
    assert read_query({"offset": "0"}) == read_query({})
