"""
Which column goes into which field: by key, label and synonym, then by what is nearly so, then by
what its cells hold.

A guess is told as one, with its confidence; a column that fits nothing stays unmapped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from zhike.hub.ingest.guess.hints import kind_of
from zhike.hub.ingest.guess.names import PERCENT, Head, fold, head
from zhike.hub.ingest.spec import ColumnSpec
from zhike.hub.sheets import Cell, letter
from zhike.meta import Field

ENOUGH = 0.6
SURE = 0.85
NUMBERS = frozenset(("number", "money", "percent"))
ANY_TEXT = frozenset(("text", "long_text", "auto_number"))
PLAIN = frozenset(("text", "long_text", "number", "money", "option", "lookup", "date", "datetime"))
"""Kinds of which one field says nothing about another of the same kind."""

SYSTEM: Mapping[str, tuple[str, ...]] = {
    "owner": (
        "负责人", "负责销售", "所属销售", "销售", "销售人员", "业务员", "客户经理", "跟进人",
        "归属人", "所有者", "销售负责人", "销售代表", "归属销售", "owner", "sales", "salesman",
    ),
    "department": ("部门", "所属部门", "归属部门", "department"),
    "created_at": (
        "录入日期", "录入时间", "创建时间", "创建日期", "建档日期", "建档时间", "登记日期",
        "添加时间", "created", "created at",
    ),
    "created_by": ("录入人", "创建人", "建档人"),
}  # fmt: skip
"""How people call the fields that the platform gives every object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column before it is known where it goes."""

    at: int
    levels: tuple[str, ...]
    """Its head, from the top line to the lowest; empty if it has none."""
    sample: tuple[Cell, ...] = ()

    @property
    def header(self) -> str:
        """The head as one text."""
        return "/".join(self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The fields a column may go into, by every folded name they have."""

    fields: Mapping[str, Field]
    by_name: Mapping[str, tuple[str, ...]]


def names(fields: Iterable[Field]) -> Names:
    """List how each field may be called."""
    known = {field.key: field for field in fields}
    by_name: dict[str, list[str]] = {}
    for field in known.values():
        called = (field.key, field.label.zh, field.label.en, *field.synonyms)
        for name in dict.fromkeys(fold(one) for one in (*called, *SYSTEM.get(field.key, ()))):
            if name:
                by_name.setdefault(name, []).append(field.key)
    return Names(fields=known, by_name={name: tuple(keys) for name, keys in by_name.items()})


def scores(levels: tuple[str, ...], names: Names) -> Mapping[str, float]:
    """Say how well a head fits each field; fields that it does not fit are left out."""
    if not levels or not levels[-1]:
        return {}
    asked = head(levels)
    found: dict[str, float] = {}
    for spelling in asked.spellings:
        for place, key in enumerate(names.by_name.get(spelling.text, ())):
            found[key] = max(found.get(key, 0.0), spelling.trust - 0.001 * place)
    return found or _near(asked, names)


def _near(asked: Head, names: Names) -> Mapping[str, float]:
    found: dict[str, float] = {}
    bare = asked.bare
    for name, keys in names.by_name.items():
        score = _likeness(bare, name)
        if score >= ENOUGH:
            for key in keys:
                found[key] = max(found.get(key, 0.0), round(score, 3))
    return found


def _likeness(bare: str, name: str) -> float:
    """Chinese names end with what the thing is: 联系人电话 is a phone, not a contact."""
    if len(name) < 2 or len(bare) < 2:  # noqa: PLR2004 - one character fits everything
        return 0.0
    share = len(name) / len(bare)
    if bare.endswith(name):
        return 0.62 + 0.2 * share
    if bare.startswith(name) and share > 0.5:  # noqa: PLR2004 - more than half of it
        return 0.4 + 0.4 * share
    alike = ratio(bare, name) / 100
    return 0.9 * alike if alike >= 0.8 and len(name) > 3 else 0.0  # noqa: PLR2004 - short ones differ by a letter


def mapped(columns: Sequence[Column], names: Names) -> tuple[ColumnSpec, ...]:
    """Give each column its field, best fits first; one field takes one column."""
    fits = {column.at: _possible(column, scores(column.levels, names), names) for column in columns}
    ranked = sorted(
        ((score, -at, key) for at, found in fits.items() for key, score in found.items()),
        reverse=True,
    )
    chosen: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, minus_at, key in ranked:
        if score >= ENOUGH and -minus_at not in chosen and key not in taken:
            chosen[-minus_at] = (key, score)
            taken.add(key)
    found: list[ColumnSpec] = []
    for column in columns:
        if column.at in chosen:
            found.append(_named(column, names, chosen[column.at]))
        else:
            found.append(_guessed(column, names, fits[column.at], taken))
            taken.add(found[-1].field or "")
    return tuple(found)


def _possible(column: Column, fits: Mapping[str, float], names: Names) -> Mapping[str, float]:
    """
    Leave out the fields that cannot hold what the cells plainly are: a column of mobiles is phones
    whatever its head says, unless the head names exactly a field that takes any text.
    """
    kind = kind_of(column.sample) if fits else None
    if kind is None or all(one.kind.name != kind for one in names.fields.values()):
        return fits
    return {
        key: score
        for key, score in fits.items()
        if (found := names.fields[key].kind.name) == kind or (found in ANY_TEXT and score >= SURE)
    }


def _named(column: Column, names: Names, chosen: tuple[str, float]) -> ColumnSpec:
    key, score = chosen
    return ColumnSpec(
        at=column.at, letter=letter(column.at), header=column.header, field=key,
        times=times(column.levels[-1], names.fields[key]),
        how="label" if score >= SURE else "near", confidence=round(score, 2),
    )  # fmt: skip


def _guessed(
    column: Column, names: Names, fits: Mapping[str, float], taken: set[str]
) -> ColumnSpec:
    """Find a place for what is left: a sibling of the field its head names, or by its cells."""
    best = max(fits, key=lambda key: fits[key], default=None)
    family = names.fields[best].kind.name if best and fits[best] >= SURE else None
    kind = family or (None if fits else kind_of(column.sample))
    field = None if kind in PLAIN else _free(kind, names, taken)
    return ColumnSpec(
        at=column.at, letter=letter(column.at), header=column.header, field=field,
        how="none" if field is None else "family" if family else "content",
        confidence=ENOUGH if field else 0.0,
    )  # fmt: skip


def _free(kind: str | None, names: Names, taken: set[str]) -> str | None:
    of_kind = (one.key for one in names.fields.values() if one.kind.name == kind)
    return next((key for key in of_kind if key not in taken), None)


def times(header: str, field: Field) -> str:
    """Say what bare numbers under a head are multiplied by, if they go into such a field."""
    by = head((header,)).times if header else ""
    if by == PERCENT and field.kind.name != "percent":
        return ""
    return by if field.kind.name in NUMBERS else ""
