"""
Columns of other objects in a sheet: 联系人手机 or 订单金额 in a sheet of customers.

Proposed where the head says whose they are; what only might be theirs is left to whoever looks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from zhike.hub.ingest.guess.mapping import SURE, Names, scores, times
from zhike.hub.ingest.guess.names import fold
from zhike.hub.ingest.spec import ColumnSpec

NAMED, LIKELY = 0.9, 0.6
"""How sure it is: the head names the other object, or only a field that the own one lacks."""
LEAST = 2
"""Columns from which on another object is proposed: one alone is rather a word of our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """An object whose records may come along with a line."""

    relation: str
    called: tuple[str, ...]
    """How its columns begin: 联系人, Contact."""
    names: Names
    required: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A column that may be one of another object's."""

    column: ColumnSpec
    field: str
    named: bool
    """Whether its head says whose it is."""
    score: float


def with_kin(
    columns: Sequence[ColumnSpec], kin: Sequence[Kin], own: Names
) -> tuple[ColumnSpec, ...]:
    """
    Give the columns with those that belong to other objects.

    An object whose name a column bears that has no home in the own one takes all that bear it. Of
    any other, the fields are proposed beside, and nothing is taken in unless somebody says so.
    """
    known = {one.at: one for one in columns}
    for each in kin:
        fits = list(_best([_housed(one, each, own) for one in _fits([*known.values()], each)]))
        if len(fits) < LEAST:
            continue
        whole = each.required <= {one.field for one in fits}
        asked = whole and any(one.named and one.column.field is None for one in fits)
        for one in fits:
            if asked and (one.named or not _at_home(one.column) or one.field in each.required):
                known[one.column.at] = _taken(one, each)
            elif one.column.proposed is None and (one.named or not _at_home(one.column)):
                known[one.column.at] = one.column.model_copy(
                    update={"proposed": f"{each.relation}.{one.field}"}
                )
    return tuple(known[one.at] for one in columns)


def _at_home(column: ColumnSpec) -> bool:
    """Say whether a column surely is one of the object itself."""
    return column.field is not None and column.how in {"label", "given", "memory"}


def _housed(fit: Fit, kin: Kin, own: Names) -> Fit:
    """Take a column out of a field that it was merely near to and that holds something else."""
    field = own.fields.get(fit.column.field or "")
    mine = kin.names.fields[fit.field]
    if not fit.named or field is None or field.kind.name == mine.kind.name or _at_home(fit.column):
        return fit
    free = fit.column.model_copy(update={"field": None, "how": "none", "confidence": 0.0})
    return replace(fit, column=free)


def _fits(columns: Sequence[ColumnSpec], kin: Kin) -> Iterator[Fit]:
    for column in columns:
        if column.apart or not column.header:
            continue
        rest = _rest(column.header, kin.called)
        whole = _exact(column.header, kin.names)
        own = _exact(rest, kin.names) if rest else None
        if rest is not None and (own or whole):
            field = own or whole or ""
            yield Fit(column=column, field=field, named=bool(rest), score=NAMED)
        elif whole:
            yield Fit(column=column, field=whole, named=False, score=LIKELY)


def _best(fits: Sequence[Fit]) -> Iterator[Fit]:
    """Give one column for each field: whose head says so, and that has no home, goes first."""
    taken: set[str] = set()
    for one in sorted(fits, key=lambda one: (not one.named, _at_home(one.column), one.column.at)):
        if one.field not in taken:
            taken.add(one.field)
            yield one


def _rest(header: str, called: Sequence[str]) -> str | None:
    """Give what a head says after the name of the object; None if it does not begin with it."""
    text = normalize("NFKC", header).strip()
    for name in called:
        if text.casefold().startswith(name.casefold()):
            return text[len(name) :].strip(" /_-的:.")
    return None


def _exact(text: str, names: Names) -> str | None:
    found = scores((text,), names) if text else {}
    best = max(found, key=lambda key: found[key], default=None)
    return best if best is not None and found[best] >= SURE else None


def _taken(one: Fit, kin: Kin) -> ColumnSpec:
    field = kin.names.fields[one.field]
    return one.column.model_copy(
        update={
            "field": f"{kin.relation}.{one.field}", "how": "kin", "confidence": one.score,
            "times": times(one.column.header, field),
        }
    )  # fmt: skip


def called(*labels: str) -> tuple[str, ...]:
    """Give the names that the columns of an object begin with, the longest first."""
    said = {one.strip() for one in labels if fold(one)}
    return tuple(sorted(said, key=lambda one: (-len(one), one)))
