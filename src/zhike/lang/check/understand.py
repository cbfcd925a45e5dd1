"""Picks the reader for each kind of node; also puts a tree into the form in which it is stored."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from zhike.kernel.words import Words
from zhike.lang.check import arithmetic, calls, literals, names
from zhike.lang.check.comparing import COMPARING, both, negated, some
from zhike.lang.check.scene import Scene
from zhike.lang.faults import WrongType
from zhike.lang.tree import (
    Arithmetic,
    Between,
    Boolean,
    Call,
    Compare,
    Duration,
    Either,
    Empty,
    Every,
    Filled,
    IsEmpty,
    Listing,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Period,
    Text,
)
from zhike.lang.typed import Read, Through, Typed
from zhike.lang.types import CALLED

CONDITION = Words(zh="这里", en="This")


def understand(node: Node, scene: Scene) -> Typed | None:
    """Understand a node; None if something in it is wrong, which is in the scene's list then."""
    reader = READERS[type(node)]
    return reader(node, scene)


def condition(node: Node, scene: Scene) -> Typed | None:
    """Understand a node that must be true or false."""
    value = scene.read(node)
    if isinstance(value, Read) and value.hops and value.shape.name == "boolean":
        return Through(hops=value.hops, held=replace(value, hops=()), span=value.span)
    if value is None or value.shape.name == "boolean":
        return value
    scene.wrong(
        WrongType, node.span, what=CONDITION, wanted=CALLED["boolean"],
        found=CALLED[value.shape.name],
    )  # fmt: skip
    return None


def _every(node: Every, scene: Scene) -> Typed | None:
    items = [condition(one, scene) for one in node.items]
    known = [one for one in items if one is not None]
    return both(*known) if len(known) == len(items) else None


def _either(node: Either, scene: Scene) -> Typed | None:
    items = [condition(one, scene) for one in node.items]
    known = [one for one in items if one is not None]
    return some(known) if len(known) == len(items) else None


def _not(node: Not, scene: Scene) -> Typed | None:
    item = condition(node.item, scene)
    return negated(item) if item else None


def canonical(node: Node, scene: Scene) -> Node:
    """Give a tree as it is stored: fields and options by their keys, whatever they are called."""
    match node:
        case Name():
            keys = scene.keys.get(id(node))
            return replace(node, path=keys) if keys else node
        case Text():
            key = scene.texts.get(id(node))
            return replace(node, value=key) if key is not None else node
        case Call(args=args):
            return replace(node, args=tuple(canonical(one, scene) for one in args))
        case Listing(items=items) | Every(items=items) | Either(items=items):
            return replace(node, items=tuple(canonical(one, scene) for one in items))
        case Between(item=item, low=low, high=high):
            return replace(
                node,
                item=canonical(item, scene),
                low=canonical(low, scene),
                high=canonical(high, scene),
            )
        case _:
            return _canonical_pair(node, scene)


def _canonical_pair(node: Node, scene: Scene) -> Node:
    match node:
        case Not(item=item) | Negative(item=item) | IsEmpty(item=item) | Filled(item=item):
            return replace(node, item=canonical(item, scene))
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return replace(node, left=canonical(left, scene), right=canonical(right, scene))
        case _:
            return node


Reader = Callable[[Any, Scene], Typed | None]

READERS: Mapping[type[Node], Reader] = {
    Text: literals.text,
    Number: literals.number,
    Boolean: literals.boolean,
    Empty: literals.empty,
    Duration: literals.duration,
    Period: literals.period,
    Listing: literals.listing,
    Name: names.name,
    Call: calls.call,
    Every: _every,
    Either: _either,
    Not: _not,
    Negative: arithmetic.negative,
    Arithmetic: arithmetic.arithmetic,
    **COMPARING,
}
