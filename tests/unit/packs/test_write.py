"""Documents written as YAML are read back as the same documents."""

from hypothesis import given
from hypothesis import strategies as st

from zhike.packs import read_text, written

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
KEYS = st.text("abcdefgh_", min_size=1, max_size=8)
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).map(lambda one: round(one, 6))
    | WORDS
    | st.sampled_from(["no", "true", "2026-01-01", "1.5", "~", "", "0x1", "1_000", "a: b", "- x"])
)
VALUES = st.recursive(
    PLAIN,
    lambda one: st.lists(one, max_size=3) | st.dictionaries(KEYS, one, max_size=3),
    max_leaves=8,
)


@given(st.lists(VALUES, min_size=1, max_size=3))
def test_what_is_written_is_read_as_it_was(values: list[object]) -> None:
    bodies = [
        {"kind": "view", "key": f"k{number}", "value": one} for number, one in enumerate(values)
    ]

    found = read_text(written(bodies), file="x.yaml")

    assert (found.problems, [one.body for one in found.documents]) == ((), bodies)
