"""A cursor is read back as it was written, by the query it came from and by no other."""

import json
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.store.read import cursor
from zhike.store.read.faults import BadCursor, ForeignCursor

PLACES = st.lists(st.none() | st.text(), min_size=1, max_size=4)


@given(PLACES)
def test_a_place_comes_back_as_it_went(place: list[str | None]) -> None:
    written = cursor.written(json.dumps(place).encode(), "books by title")

    assert cursor.read(written, "books by title", length=len(place)) == tuple(place)


def test_another_query_does_not_take_it() -> None:
    written = cursor.written(b'["1"]', "books by title")

    with pytest.raises(ForeignCursor):
        cursor.read(written, "books by price", length=1)


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        cursor.read(text, "books by title", length=1)


def test_a_changed_cursor_is_refused() -> None:
    written = cursor.written(b'["1"]', "books by title")
    changed = written[:-4] + urlsafe_b64encode(b'"2"').decode()

    with pytest.raises(ForeignCursor):
        cursor.read(changed, "books by title", length=1)


def test_an_endless_one_is_not_even_looked_at() -> None:
    with pytest.raises(BadCursor):
        cursor.read("A" * 1_000_000, "books by title", length=1)
