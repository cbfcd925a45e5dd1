"""
What a function of the language is: an entry that says its parameters, its SQL, and shows itself.

An entry knows nothing of trees or objects. `check` fits the arguments to the parameters, `sql` asks
the entry for its SQL.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from zhike.kernel.sql import Sql
from zhike.kernel.words import Words
from zhike.lang.types import NUMERIC, TIMES
from zhike.meta.kinds.kind import Type

ANYTHING: frozenset[Type] = frozenset()
TEXTS: frozenset[Type] = frozenset({"text"})
NUMBERS: frozenset[Type] = NUMERIC
DATES: frozenset[Type] = frozenset({"date"})
MOMENTS: frozenset[Type] = TIMES
TRUTHS: frozenset[Type] = frozenset({"boolean"})

Form = Literal["plain", "date", "shift", "difference", "relation", "role", "record", "field"]
"""How the arguments are understood: as values, or in the way of a few special functions."""

Gives = Type | Literal["first", "common"]
"""The type of the result: a fixed one, that of the first argument, or what the results share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a function wants to be told."""

    name: str
    accepts: frozenset[Type] = ANYTHING
    optional: bool = False
    condition: bool = False
    """Compiled as a predicate, as after WHEN."""
    result: bool = False
    """One of the results, which must agree in type."""
    words: Mapping[str, str] | None = None
    """The words it may be, each with what SQL is told; it must be written out."""
    whole: range | None = None
    """The whole numbers it may be; it must be written out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An expression and the text of its value, on the sample library of the documentation."""

    text: str
    gives: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function. `repeats` says how many of the last parameters may come again and again."""

    name: str
    parameters: tuple[Parameter, ...] = ()
    repeats: int = 0
    gives: Gives = "text"
    item: Type | None = None
    """The type of the items, if it gives a list."""
    sql: Callable[..., Sql]
    immutable: bool = True
    form: Form = "plain"
    event: bool = False
    """Whether it speaks of a change, and so belongs into rules and flows."""
    doc: Words
    examples: tuple[Example, ...] = ()

    @property
    def usage(self) -> str:
        """The function as one writes it: `ROUND(number, digits?)`."""
        names = [f"{one.name}{'?' if one.optional else ''}" for one in self.parameters]
        return f"{self.name}({', '.join(names)}{', …' if self.repeats else ''})"

    def counts(self) -> tuple[int, int | None]:
        """Give how many arguments it takes at least and at most."""
        least = sum(not one.optional for one in self.parameters)
        return least, None if self.repeats else len(self.parameters)


def doc(zh: str, en: str) -> Words:
    """Give a function's line of explanation."""
    return Words(zh=zh, en=en)


def shows(*pairs: tuple[str, str | None]) -> tuple[Example, ...]:
    """Give examples from pairs of an expression and the text of its value."""
    return tuple(Example(text=text, gives=value) for text, value in pairs)
