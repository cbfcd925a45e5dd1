"""
Parquet for other programs: exact decimals, dates and moments as such, lists as text.

Who took it and under which trace id stands in the metadata of the file.
"""

from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, ClassVar, Self

import polars as pl

from zhike.hub.export.kinds.column import Column, Mark
from zhike.meta import Json

EXACT = 38


class Parquet:
    """Writes parquet: parts first, which are then streamed into one file."""

    suffix: ClassVar[str] = "parquet"
    media: ClassVar[str] = "application/vnd.apache.parquet"

    def __init__(self, path: Path, columns: Sequence[Column], mark: Mark) -> None:
        self._path = path
        self._metadata = {
            "zhike:trace": mark.trace,
            "zhike:user": mark.who,
            "zhike:at": mark.at.isoformat(timespec="seconds"),
        }
        self._heads = _distinct([one.head for one in columns])
        self._types = [_type(one) for one in columns]
        self._parts = Path(mkdtemp(dir=path.parent, prefix="parquet-"))
        self._count = 0
        self.write([])

    @classmethod
    def opened(cls, path: Path, columns: Sequence[Column], *, zone: str, mark: Mark) -> Self:  # noqa: ARG003 - moments are absolute
        return cls(path, columns, mark)

    def write(self, lines: Sequence[Sequence[Json]]) -> None:
        series = [
            _series(head, [line[place] for line in lines], kind)
            for place, (head, kind) in enumerate(zip(self._heads, self._types, strict=True))
        ]
        pl.DataFrame(series).write_parquet(self._parts / f"{self._count:08}.parquet")
        self._count += 1

    def close(self) -> None:
        try:
            parts = pl.scan_parquet(self._parts / "*.parquet")
            parts.sink_parquet(self._path, metadata=self._metadata)
        finally:
            rmtree(self._parts, ignore_errors=True)


def _type(column: Column) -> Any:
    match column.shape:
        case "number":
            return pl.Decimal(EXACT, column.decimals) if column.decimals else pl.Int64
        case "date":
            return pl.Date
        case "datetime":
            return pl.Datetime("us", "UTC")
        case "boolean":
            return pl.Boolean
        case _:
            return pl.String


def _series(head: str, values: Sequence[Json], kind: Any) -> pl.Series:
    """What does not fit the type of its column (a masked amount) is left out of it."""
    if kind == pl.Boolean:
        return pl.Series(head, [one if isinstance(one, bool) else None for one in values], kind)
    texts = pl.Series(head, [None if one is None else str(one) for one in values], pl.String)
    if kind == pl.String:
        return texts
    if isinstance(kind, pl.Datetime):
        return texts.str.to_datetime(time_zone="UTC", time_unit="us", strict=False)
    if kind == pl.Date:
        return texts.str.to_date(strict=False)
    return texts.cast(kind, strict=False)


def _distinct(heads: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    named = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        named.append(head if seen[head] == 1 else f"{head} {seen[head]}")
    return named
