"""Upgrades meet changes: the three-way merge."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zhike.packs import merged

KEYS = st.sampled_from("abcd")
SCALARS = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["x", "y"])


def things(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give lists of things with keys."""
    one = st.dictionaries(st.sampled_from(["label", "kind"]), values, max_size=2)
    return st.dictionaries(KEYS, one, min_size=1, max_size=4).map(
        lambda found: [{"key": key, **value} for key, value in found.items()]
    )


VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(SCALARS, max_size=2) | st.dictionaries(KEYS, inner, max_size=3) | things(inner)
    ),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)


@given(base=DOCUMENTS, theirs=DOCUMENTS)
def test_what_nobody_touched_becomes_what_the_app_ships(base: Any, theirs: Any) -> None:
    both = merged(base, ours=base, theirs=theirs)

    assert both.body == theirs
    assert both.clashes == ()


@given(base=DOCUMENTS, ours=DOCUMENTS)
def test_an_upgrade_that_changes_nothing_changes_nothing(base: Any, ours: Any) -> None:
    both = merged(base, ours=ours, theirs=base)

    assert both.body == ours
    assert both.clashes == ()


@given(base=DOCUMENTS, ours=DOCUMENTS, theirs=DOCUMENTS)
def test_merging_once_more_changes_nothing(base: Any, ours: Any, theirs: Any) -> None:
    once = merged(base, ours=ours, theirs=theirs).body

    assert merged(theirs, ours=once, theirs=theirs).body == once


@given(base=DOCUMENTS, both=DOCUMENTS)
def test_where_both_agree_there_is_no_clash(base: Any, both: Any) -> None:
    found = merged(base, ours=both, theirs=both)

    assert found.body == both
    assert found.clashes == ()


def test_fields_are_merged_one_by_one() -> None:
    base = {"fields": [{"key": "a", "label": "甲"}, {"key": "b", "label": "乙"}]}
    ours = {"fields": [{"key": "a", "label": "我"}, {"key": "mine"}, {"key": "b", "label": "乙"}]}
    theirs = {"fields": [{"key": "a", "label": "他", "help": "…"}, {"key": "new"}]}

    both = merged(base, ours=ours, theirs=theirs)

    assert both.body == {
        "fields": [{"key": "a", "label": "我", "help": "…"}, {"key": "mine"}, {"key": "new"}]
    }
    assert both.clashes == ("fields[a].label",)
