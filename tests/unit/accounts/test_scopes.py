"""What a key may do, and never more than the key that makes it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.store.accounts.faults import WiderKey
from zhike.store.accounts.keys.scopes import narrowed_scopes

WORDS = [f"{obj}:{action}" for obj, action in product(("a", "b", "*"), ("read", "update", "*"))]
scopes = st.frozensets(st.sampled_from(WORDS))


def allowed(own: frozenset[str] | list[str] | None) -> set[tuple[str, str]]:
    every = set(product(("a", "b", "c"), ("read", "update", "delete")))
    if own is None:
        return every
    return {
        (obj, action)
        for obj, action in every
        if {f"{one}:{other}" for one in (obj, "*") for other in (action, "*")} & set(own)
    }


@given(own=st.none() | scopes, wanted=st.none() | scopes)
def test_a_key_made_by_a_key_does_no_more(
    own: frozenset[str] | None, wanted: frozenset[str] | None
) -> None:
    try:
        made = narrowed_scopes(wanted, own)
    except WiderKey:
        assert own is not None
        return

    assert allowed(made) <= allowed(own)
    if wanted is not None:
        assert allowed(made) == allowed(wanted)


def test_nothing_at_all_is_something_to_ask_for() -> None:
    assert narrowed_scopes([], None) == []
    assert narrowed_scopes(None, None) is None
    with pytest.raises(WiderKey):
        narrowed_scopes(["*:read"], ["a:read", "b:read"])
