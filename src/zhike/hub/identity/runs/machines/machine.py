"""
What a run computes on: a place that takes its table, answers SQL, and has Splink work there.

The SQL of the scales is DuckDB's; a machine that speaks otherwise says how it says the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol, Self

import pyarrow as pa
from splink import Linker

RECORDS = "records"
"""What the table is called there."""


class Unreachable(Exception):
    """The machine cannot be had; says why."""


class Machine(Protocol):
    """One place where a run computes, between `__enter__` and `__exit__`."""

    dialect: ClassVar[str]
    """Its name with Splink."""

    def __enter__(self) -> Self:
        """Have it ready."""
        ...

    def __exit__(self, *_: object) -> None:
        """Give back what it holds."""
        ...

    def take(self, table: pa.Table) -> None:
        """Take the records of a run, as `records`."""
        ...

    @property
    def learner(self) -> "Machine":
        """
        Where the weights are learnt from `records`, or from as many of them as that takes.

        Learning asks hundreds of small questions one after the other, at any size of the base.
        """
        ...

    def numbers(self, query: str) -> Sequence[int]:
        """Give the whole numbers in the first column of an answer, 0 for nothing."""
        ...

    def said(self, condition: str) -> str:
        """Give a condition of the scales in its own words."""
        ...

    def linker(self, settings: Any) -> Linker:
        """Give what learns or scores on `records`."""
        ...

    def columns(self, answer: Any, names: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        """Bring some columns of one of Splink's answers here."""
        ...
