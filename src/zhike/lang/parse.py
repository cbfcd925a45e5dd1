"""
Text → tree. It knows the grammar and nothing of any object: `x` is a name here, whatever it may
mean.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from rapidfuzz import process

from zhike.kernel.faults import Fault
from zhike.lang.faults import (
    ExpressionTooDeep,
    ExpressionTooLong,
    NumberTooLarge,
    PeriodTooLong,
    UnclosedText,
    Unexpected,
    Unfinished,
    UnreadableCharacter,
)
from zhike.lang.periods import duration, period, within_reach
from zhike.lang.tree import (
    MAX_DEPTH,
    Arithmetic,
    Between,
    Boolean,
    Call,
    Compare,
    Comparison,
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
    Span,
    Step,
    Text,
    too_deep,
)

MAX_LENGTH = 20_000
MAX_DIGITS = 60

GRAMMAR = Path(__file__).with_name("grammar.lark")

SIGNS: Mapping[str, str] = {
    "＝": "=", "==": "=", "≠": "!=", "<>": "!=", "！=": "!=", "！＝": "!=", "!＝": "!=",
    "＜": "<", "＞": ">", "≤": "<=", "≥": ">=", "＜=": "<=", "＜＝": "<=", "<＝": "<=",
    "＞=": ">=", "＞＝": ">=", ">＝": ">=", "＆": "&", "＋": "+", "－": "-", "−": "-",
    "＊": "*", "×": "*", "／": "/", "÷": "/", "％": "%",
    "包含": "contains", "不包含": "not contains", "属于": "in", "不属于": "not in",
    "开头是": "starts with", "结尾是": "ends with",
}  # fmt: skip
"""Other ways to write an operator."""

WORDS = ("and", "or", "in", "not in", "contains", "starts with", "ends with", "has", "has any")
MORE_WORDS = ("has all", "is empty", "is not empty", "between")

ESCAPES: Mapping[str, re.Pattern[str]] = {
    quote: re.compile(r"\\(u[0-9a-fA-F]{4}|[\\\"'nrt])" + doubled)
    for quote, doubled in {'"': '|""', "'": "|''", "“": "", "”": "", "‘": "", "’": ""}.items()
}
ESCAPED: Mapping[str, str] = {"n": "\n", "r": "\r", "t": "\t"}
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
KEY = re.compile(r"[a-z][a-z0-9_]*")
BRACKETS = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[(（\[【]|[)）\]】]", re.DOTALL)
OPENING = "(（[【"
SCALES: Mapping[str, int] = {"万": 10_000, "亿": 100_000_000}


@lru_cache(maxsize=2048)
def parse(text: str) -> Node:
    """
    Read an expression.

    Raises a fault with the place (`at` is `line:column`) if the text is none.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionTooLong(at="1:1", limit=MAX_LENGTH)
    sound(text, span=Span("1:1", 0, len(text)))
    _not_nested_too_far(text)
    try:
        node = cast("Node", _parser().parse(text))
    except UnexpectedInput as error:
        raise _translated(error, text) from error
    deep = too_deep(node)
    if deep:
        raise placed(ExpressionTooDeep(limit=MAX_DEPTH), deep.span)
    return node


def placed(fault: Fault, span: Span) -> Fault:
    """Give a fault its place in the text."""
    fault.at = span.at
    if span.start >= 0:
        fault.facts = {**fault.facts, "start": span.start, "end": span.end}
    return fault


def sound(text: str, *, span: Span) -> None:
    """Refuse what PostgreSQL cannot store in a text."""
    found = UNSTORABLE.search(text)
    if found:
        raise placed(UnreadableCharacter(character=f"U+{ord(found[0]):04X}"), span)


@cache
def _parser() -> Lark:
    return Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        transformer=Builder(),
        maybe_placeholders=False,
    )


def _not_nested_too_far(text: str) -> None:
    if sum(map(text.count, OPENING)) <= MAX_DEPTH:
        return
    depth = 0
    for found in BRACKETS.finditer(text):
        if found[0] in OPENING:
            depth += 1
        elif len(found[0]) == 1:
            depth -= 1
        if depth > MAX_DEPTH:
            span = _span_at(text, found.start(), found.end())
            raise placed(ExpressionTooDeep(limit=MAX_DEPTH), span)


def _span_at(text: str, start: int, end: int) -> Span:
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Span(f"{line}:{column}", start, end)


def _translated(error: UnexpectedInput, text: str) -> Fault:
    if isinstance(error, UnexpectedCharacters):
        return _unreadable(text, error.pos_in_stream or 0, error.allowed)
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        token = error.token
        start = token.start_pos or 0
        return _unexpected(str(token), _span_at(text, start, start + len(token)), error.accepts)
    return placed(Unfinished(), _span_at(text, len(text), len(text)))


def _unreadable(text: str, start: int, allowed: set[str] | None) -> Fault:
    if text[start] in "\"'“”‘’":
        return placed(UnclosedText(), _span_at(text, start, len(text)))
    word = re.compile(r"\w+|\W").match(text, start)
    found = word[0] if word else text[start]
    return _unexpected(found, _span_at(text, start, start + len(found)), allowed)


def _unexpected(found: str, span: Span, expected: set[str] | None) -> Fault:
    operator_wanted = "RELATION" in (expected or ())
    near = process.extractOne(found.lower(), (*WORDS, *MORE_WORDS), score_cutoff=70)
    return placed(
        Unexpected(found=found[:40], near=near[0] if near and operator_wanted else ""), span
    )


Part = Node | Token


class Builder(Transformer[Token, Node]):
    """Makes a node of each rule as the parser recognizes it: there is never a second tree."""

    def either(self, parts: Sequence[Part]) -> Node:
        return Either(items=_nodes(parts), span=_span(parts))

    def every(self, parts: Sequence[Part]) -> Node:
        return Every(items=_nodes(parts), span=_span(parts))

    def negated(self, parts: Sequence[Part]) -> Node:
        return Not(item=_nodes(parts)[0], span=_span(parts))

    def compare(self, parts: Sequence[Part]) -> Node:
        left, right = _nodes(parts)
        word = " ".join(str(parts[1]).lower().split())
        sign = SIGNS.get(word, word)
        span = _span(parts)
        if sign != "not in" and sign.startswith("not "):
            positive = cast("Comparison", sign.removeprefix("not "))
            held = Compare(op=positive, left=left, right=right, span=span)
            return Not(item=held, span=span)
        return Compare(op=cast("Comparison", sign), left=left, right=right, span=span)

    def between(self, parts: Sequence[Part]) -> Node:
        item, low, high = _nodes(parts)
        span = _span(parts)
        held = Between(item=item, low=low, high=high, span=span)
        negated = str(parts[1]).lower().startswith("not")
        return Not(item=held, span=span) if negated else held

    def is_empty(self, parts: Sequence[Part]) -> Node:
        return IsEmpty(item=_nodes(parts)[0], span=_span(parts))

    def filled(self, parts: Sequence[Part]) -> Node:
        return Filled(item=_nodes(parts)[0], span=_span(parts))

    def arithmetic(self, parts: Sequence[Part]) -> Node:
        left, right = _nodes(parts)
        sign = str(parts[1])
        op = cast("Operator", SIGNS.get(sign, sign))
        return Arithmetic(op=op, left=left, right=right, span=_span(parts))

    def negative(self, parts: Sequence[Part]) -> Node:
        return Negative(item=_nodes(parts)[0], span=_span(parts))

    def positive(self, parts: Sequence[Part]) -> Node:
        return _nodes(parts)[0]

    def group(self, parts: Sequence[Part]) -> Node:
        return _nodes(parts)[0]

    def text(self, parts: Sequence[Part]) -> Node:
        return Text(value=_unquoted(str(parts[0]), _span(parts)), span=_span(parts))

    def number(self, parts: Sequence[Part]) -> Node:
        written = str(parts[0])
        digits = written.rstrip("万亿")
        if len(digits) > MAX_DIGITS:
            raise placed(NumberTooLarge(limit=MAX_DIGITS), _span(parts))
        scale = SCALES.get(written[-1], 1)
        return Number(value=Decimal(digits) * scale, span=_span(parts))

    def duration(self, parts: Sequence[Part]) -> Node:
        return _in_reach(duration(str(parts[0])[:MAX_DIGITS], _span(parts)), parts)

    def period(self, parts: Sequence[Part]) -> Node:
        return _in_reach(period(str(parts[0])[:MAX_DIGITS], _span(parts)), parts)

    def literal(self, parts: Sequence[Part]) -> Node:
        word = str(parts[0]).lower()
        if word == "empty":
            return Empty(span=_span(parts))
        return Boolean(value=word == "true", span=_span(parts))

    def listing(self, parts: Sequence[Part]) -> Node:
        return Listing(items=_nodes(parts), span=_span(parts))

    def call(self, parts: Sequence[Part]) -> Node:
        name = str(parts[0]).upper()
        span = _span(parts)
        match name:
            case "AND" if len(_nodes(parts)) > 1:
                return Every(items=_nodes(parts), span=span)
            case "OR" if len(_nodes(parts)) > 1:
                return Either(items=_nodes(parts), span=span)
            case _:
                return Call(name=name, args=_nodes(parts), span=span)

    def name(self, parts: Sequence[Part]) -> Node:
        steps = [str(part) for part in parts if isinstance(part, Token) and part.type != "DOT"]
        path = tuple(step(one[1:-1].strip()) if one[0] in "{｛" else one for one in steps)
        return Name(path=path, span=_span(parts))


def step(text: str) -> Step:
    """Give what stood in braces: a key that would otherwise be another word, or a label."""
    return text if KEY.fullmatch(text) else Label(text)


def _in_reach(node: Node | None, parts: Sequence[Part]) -> Node:
    amount = getattr(node, "amount", None)
    unit = getattr(node, "unit", None)
    if node is None or (amount is not None and unit and not within_reach(amount, unit)):
        raise placed(PeriodTooLong(), _span(parts))
    return node


def _nodes(parts: Sequence[Part]) -> tuple[Node, ...]:
    return tuple(part for part in parts if isinstance(part, Node))


def _span(parts: Sequence[Part]) -> Span:
    first, last = _place(parts[0]), _place(parts[-1])
    return first if len(parts) == 1 else first.until(last)


def _place(part: Part) -> Span:
    if isinstance(part, Node):
        return part.span
    return Span(f"{part.line}:{part.column}", part.start_pos or 0, part.end_pos or 0)


def _unquoted(quoted: str, span: Span) -> str:
    inside = ESCAPES[quoted[0]].sub(_character, quoted[1:-1])
    sound(inside, span=span)
    return inside


def _character(found: re.Match[str]) -> str:
    code = found[1]
    if code is None:
        return found[0][0]
    return chr(int(code[1:], 16)) if len(code) > 1 else ESCAPED.get(code, code)
