"""Trees survive being written and read, as text and as JSON, whatever they hold."""

from hypothesis import given, settings
from tests.unit.lang.shelves import SHELVES
from tests.unit.lang.trees import conditions

from zhike.lang import Node, checked, from_json, parse, to_json, written


@settings(max_examples=200, deadline=None)
@given(tree=conditions())
def test_a_tree_that_is_written_is_read_as_itself(tree: Node) -> None:
    text = written(tree)

    assert parse(text) == tree
    assert written(parse(text)) == text


@settings(max_examples=200, deadline=None)
@given(tree=conditions())
def test_a_tree_survives_json(tree: Node) -> None:
    assert from_json(to_json(tree)) == tree


@settings(max_examples=100, deadline=None)
@given(tree=conditions(2))
def test_what_is_stored_means_the_same(tree: Node) -> None:
    once = checked(tree, SHELVES, "book", wants="boolean")
    twice = checked(once.node, SHELVES, "book", wants="boolean")

    assert twice.node == once.node
    assert twice.typed == once.typed
