"""
SQL as a value: text with holes plus what fills them.

A value reaches PostgreSQL as a bound parameter only, an identifier only through `ident`. This
module knows no driver: `lang` and `store` make these values, `db` spends them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import LiteralString

HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Param:
    """
    One bound value. `type` is a PostgreSQL type to cast to, where PostgreSQL could not tell by
    itself.
    """

    value: object
    type: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """
    A value known only when the statement runs: a fact of the viewer who asks (`id`, `departments`
    …).
    """

    fact: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A value that a kept statement is given at each use: an id, where the last page ended."""

    name: str
    type: str = ""


Part = str | Param | Asker | Blank


@dataclass(frozen=True)
class Sql:
    """A piece of SQL. Pieces are combined with `sql` and `joined`, never by gluing texts."""

    parts: tuple[Part, ...] = ()
    custom: bool = False
    """Whether it is planned anew for its values each time: a custom plan, as PostgreSQL says."""

    @cached_property
    def text(self) -> str:
        """The statement with `$1 … $n` for its parameters, in order of appearance."""
        out: list[str] = []
        number = 0
        for part in self.parts:
            if isinstance(part, str):
                out.append(part)
                continue
            number += 1
            out.append(f"${number}::{part.type}" if part.type else f"${number}")
        return "".join(out)

    @cached_property
    def holes(self) -> tuple[Param | Asker | Blank, ...]:
        """What fills `$1 … $n`."""
        return tuple(part for part in self.parts if not isinstance(part, str))

    @property
    def params(self) -> tuple[object, ...]:
        """The bound values; meant for statements in which nothing depends on the asker."""
        return tuple(hole.value if isinstance(hole, Param) else hole for hole in self.holes)

    def bound(self, asker: Mapping[str, object]) -> tuple[object, ...]:
        """Give the values to send, with the asker's facts filled in."""
        return tuple(
            hole.value if isinstance(hole, Param) else _fact(hole, asker) for hole in self.holes
        )

    def filled(self, **values: object) -> "Sql":
        """Give the same statement with its blanks filled. Its text is kept, not made again."""
        parts, holes = list(self.parts), list(self.holes)
        for part, hole, one in self._blanks:
            parts[part] = holes[hole] = Param(values[one.name], one.type)
        ready = Sql(tuple(parts), self.custom)
        ready.__dict__.update(text=self.text, holes=tuple(holes))
        return ready

    def planned_for_values(self) -> "Sql":
        """
        Give the same statement, to be planned for its values each time it is run.

        Which index serves a condition that people wrote depends on what they look for; one plan
        for all values may take ten times as long.
        """
        return Sql(self.parts, custom=True)

    def asked_of(self, alias: str) -> "Sql":
        """
        Give the same condition with the asker's facts taken from the columns of a table: one
        statement then judges many askers. The columns are called like the facts.
        """
        return Sql(_folded(_column(part, alias) for part in self.parts))

    @cached_property
    def _blanks(self) -> tuple[tuple[int, int, Blank], ...]:
        """Where the blanks stand among the parts, and among the holes."""
        holes = [number for number, part in enumerate(self.parts) if not isinstance(part, str)]
        return tuple(
            (part, hole, one)
            for hole, part in enumerate(holes)
            if isinstance(one := self.parts[part], Blank)
        )

    def __bool__(self) -> bool:
        return bool(self.parts)


NOTHING = Sql()


def sql(template: LiteralString, **holes: Sql) -> Sql:
    """
    Fill a template's holes with other pieces.

    >>> where = sql("{column} >= {floor}", column=ident("amount"), floor=param(1000))
    >>> where.text, where.params
    ('"amount" >= $1', (1000,))
    """
    parts: list[Part] = []
    for text, hole in _pieces(template):
        parts.append(text)
        if hole:
            parts.extend(holes[hole].parts)
    return Sql(_folded(parts))


def ident(*names: str) -> Sql:
    """Give a quoted identifier, qualified if several names are given."""
    return Sql((".".join('"' + name.replace('"', '""') + '"' for name in names),))


def param(value: object, type: str = "") -> Sql:  # noqa: A002 - the SQL word for it
    """Give a bound value."""
    return Sql((Param(value, type),))


def asker(fact: str, type: str = "") -> Sql:  # noqa: A002 - the SQL word for it
    """Give a fact of whoever will ask, bound when the statement runs."""
    return Sql((Asker(fact, type),))


def blank(name: str, type: str = "") -> Sql:  # noqa: A002 - the SQL word for it
    """Give a hole for `Sql.filled`."""
    return Sql((Blank(name, type),))


def joined(pieces: Iterable[Sql], *, by: LiteralString = ", ") -> Sql:
    """Put pieces in a row."""
    parts: list[Part] = []
    for number, piece in enumerate(pieces):
        if number:
            parts.append(by)
        parts.extend(piece.parts)
    return Sql(_folded(parts))


def every(conditions: Iterable[Sql]) -> Sql:
    """Give the conjunction of conditions; `true` for none."""
    held = [sql("({one})", one=one) for one in conditions if one]
    return joined(held, by=" AND ") if held else sql("true")


def either(conditions: Iterable[Sql]) -> Sql:
    """Give the disjunction of conditions; `false` for none."""
    held = [sql("({one})", one=one) for one in conditions if one]
    return joined(held, by=" OR ") if held else sql("false")


def vetted(text: str) -> Sql:
    """
    Take a text into SQL as it is: only for words the code itself owns (a column type, a named
    query).

    Never for anything that came from outside.
    """
    return Sql((text,))


def _column(part: Part, alias: str) -> Part:
    if not isinstance(part, Asker):
        return part
    column = f'"{alias}"."{part.fact}"'
    return f"({column})::{part.type}" if part.type else column


def _fact(hole: Asker | Blank, asker: Mapping[str, object]) -> object:
    if isinstance(hole, Blank):
        raise KeyError(f"nothing was given for {hole.name}")
    return asker[hole.fact]


@cache
def _pieces(template: LiteralString) -> tuple[tuple[str, str], ...]:
    """Cut a template into texts, each with the name of the hole that follows it."""
    cut = HOLE.split(template)
    return tuple(zip(cut[::2], [*cut[1::2], ""], strict=True))


def _folded(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Join neighbouring texts, so that equal statements are equal values."""
    out: list[Part] = []
    for part in parts:
        if isinstance(part, str):
            if not part:
                continue
            if out and isinstance(out[-1], str):
                out[-1] += part
                continue
        out.append(part)
    return tuple(out)
