"""Tree → text: the canonical way to write an expression, with no more parentheses than needed."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from zhike.lang.periods import in_words, period
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
    Label,
    Listing,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Operator,
    Period,
    Text,
)

OR, AND, NOT, COMPARISON, TEXTS, SUM, PRODUCT, SIGN, ATOM = range(9)

STRENGTH: Mapping[Operator, int] = {
    "&": TEXTS, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "%": PRODUCT,
}  # fmt: skip

RESERVED = frozenset({"true", "false", "empty", "not"})
"""Names that must be written in braces where a path begins; so must those that are periods."""

WORD = re.compile(r"[^\W\d]\w*")

ESCAPES: Mapping[str, str] = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def written(node: Node) -> str:
    """Write an expression in the canonical way: `written(parse(written(x)))` is `written(x)`."""
    return _strong(node)[0]


def quoted(text: str) -> str:
    """Write a text with its quotes."""
    return '"' + "".join(ESCAPES.get(one, one) for one in text) + '"'


def digits(value: Decimal) -> str:
    """Write a number without exponent and needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _at(node: Node, floor: int) -> str:
    text, strength = _strong(node)
    return text if strength >= floor else f"({text})"


def _strong(node: Node) -> tuple[str, int]:
    match node:
        case Either(items=items):
            return " or ".join(_at(one, AND) for one in items), OR
        case Every(items=items):
            return " and ".join(_at(one, NOT) for one in items), AND
        case Not(item=item):
            return f"not {_at(item, NOT)}", NOT
        case Compare() | Between() | IsEmpty() | Filled():
            return _comparison(node), COMPARISON
        case Arithmetic(op=op, left=left, right=right):
            strength = STRENGTH[op]
            return f"{_at(left, strength)} {op} {_at(right, strength + 1)}", strength
        case Negative(item=item):
            return f"-{_at(item, SIGN)}", SIGN
        case _:
            return _atom(node), ATOM


def _comparison(node: Compare | Between | IsEmpty | Filled) -> str:
    match node:
        case Compare(op=op, left=left, right=right):
            return f"{_at(left, TEXTS)} {op} {_at(right, TEXTS)}"
        case Between(item=item, low=low, high=high):
            return f"{_at(item, TEXTS)} between {_at(low, TEXTS)} and {_at(high, TEXTS)}"
        case IsEmpty(item=item):
            return f"{_at(item, TEXTS)} is empty"
        case Filled(item=item):
            return f"{_at(item, TEXTS)} is not empty"


def _atom(node: Node) -> str:
    return ATOMS[type(node)](node)


def _listed(items: tuple[Node, ...]) -> str:
    return ", ".join(_at(one, OR) for one in items)


def _path(path: tuple[Any, ...]) -> str:
    steps = [f"{{{one.text}}}" if isinstance(one, Label) else str(one) for one in path]
    first = steps[0]
    if not isinstance(path[0], Label) and not writable(first):
        steps[0] = f"{{{first}}}"
    return ".".join(steps)


def writable(word: str) -> bool:
    """Say whether a word at the beginning of a path is read as a name without braces."""
    known = word.lower() not in RESERVED and period(word) is None
    return known and WORD.fullmatch(word) is not None


ATOMS: Mapping[type[Node], Callable[[Any], str]] = {
    Text: lambda one: quoted(one.value),
    Number: lambda one: digits(one.value),
    Boolean: lambda one: "true" if one.value else "false",
    Empty: lambda _: "empty",
    Duration: in_words,
    Period: in_words,
    Listing: lambda one: f"[{_listed(one.items)}]",
    Call: lambda one: f"{one.name}({_listed(one.args)})",
    Name: lambda one: _path(one.path),
}
