"""
The pen that writes SQL: knows under which name the present record stands, and what the asker may
see.

A condition is written in one of two ways. `holds` is true exactly where it holds, and elsewhere
false or NULL: so a bare `"status" = $1` can use an index. `fails` is true exactly where it does not
hold. `value` is for everything else, and two-valued for conditions.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from zhike.kernel.faults import Fault
from zhike.kernel.sql import Sql, sql
from zhike.lang.faults import TooComplex
from zhike.lang.sight import Sight
from zhike.lang.tree import Span
from zhike.lang.typed import Typed
from zhike.meta.snapshot import Snapshot

MOST = 20_000
"""How many nodes one statement may have, with all formulas written out."""

Rule = Callable[[Any, "Pen"], Sql]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How each kind of node is written: as a value, as what holds, as what does not."""

    values: Mapping[type[Typed], Rule]
    holding: Mapping[type[Typed], Rule]
    failing: Mapping[type[Typed], Rule]
    certain: frozenset[type[Typed]]
    """Conditions that are never NULL."""


@dataclass(frozen=True, kw_only=True)
class Pen:
    """
    Writes understood trees for one record under one alias; `under` gives the pen for another one.
    """

    snapshot: Snapshot
    sight: Sight
    alias: str
    rules: Rules
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    budget: Iterator[int] = field(default_factory=lambda: iter(range(MOST)))

    def value(self, node: Typed) -> Sql:
        """Write the value of a node; NULL is empty, and a condition is true or false."""
        self._spend(node)
        rule = self.rules.values.get(type(node))
        if rule is not None:
            return rule(node, self)
        held = self.rules.holding[type(node)](node, self)
        if type(node) in self.rules.certain:
            return sql("({held})", held=held)
        return sql("(({held}) IS TRUE)", held=held)

    def holds(self, node: Typed) -> Sql:
        """Write the condition that is true exactly where a node holds."""
        rule = self.rules.holding.get(type(node))
        if rule is None:
            return self.value(node)
        self._spend(node)
        return rule(node, self)

    def fails(self, node: Typed) -> Sql:
        """Write the condition that is true exactly where a node does not hold."""
        rule = self.rules.failing.get(type(node))
        if rule is not None:
            self._spend(node)
            return rule(node, self)
        if type(node) in self.rules.holding:
            return sql("({held}) IS NOT TRUE", held=self.holds(node))
        return sql("{value} IS NOT TRUE", value=self.value(node))

    def column(self, object_: str, key: str, span: Span) -> Sql:
        """Write a field as the asker may see it."""
        try:
            return self.sight.column(object_, key, self.alias)
        except Fault as fault:
            if not fault.at:
                fault.at = span.at
            raise

    def fresh(self) -> str:
        """
        Give a name that stands for nothing else yet; it grows from the alias, so nobody's clash.
        """
        return f"{self.alias or 'r'}_{next(self.numbers)}"

    def under(self, alias: str, *, sight: Sight | None = None) -> "Pen":
        """Give the pen for another record."""
        if alias == self.alias:
            return replace(self, sight=sight or self.sight)
        return replace(self, alias=alias, sight=sight or self.sight, numbers=count(1))

    def _spend(self, node: Typed) -> None:
        if next(self.budget, None) is None:
            raise TooComplex(at=node.span.at)
