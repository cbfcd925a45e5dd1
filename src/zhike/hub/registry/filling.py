"""Which values of a register are taken: those of fields that are blank and may be written. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What a register adds to values that are there."""

    taken: Mapping[str, str]
    """Of fields that were blank, or that were to be overwritten."""
    kept: Mapping[str, str]
    """What the register says of fields that hold something else already: it is not taken."""


def filling(
    offered: Mapping[str, str],
    held: Mapping[str, Any],
    *,
    writable: Collection[str],
    overwrite: Collection[str] = (),
) -> Filling:
    """Say which of the values a register offers are taken beside what is held."""
    open_ = {field: value for field, value in offered.items() if field in writable}
    taken = {
        field: value
        for field, value in open_.items()
        if field in overwrite or _blank(held.get(field))
    }
    kept = {field: value for field, value in open_.items() if field not in taken}
    return Filling(taken=taken, kept=kept)


def _blank(value: Any) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())
