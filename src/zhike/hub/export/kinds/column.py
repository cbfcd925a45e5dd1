"""One column of a file that goes out, and the contract of whatever writes such files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, Protocol, Self

from zhike.meta import Json

Shape = Literal["text", "number", "date", "datetime", "boolean"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column is called and what its cells hold."""

    head: str
    shape: Shape = "text"
    decimals: int = 0


class Writer(Protocol):
    """Writes one file, piece by piece, in bounded memory; `close` makes it whole."""

    suffix: ClassVar[str]
    media: ClassVar[str]

    @classmethod
    def opened(cls, path: Path, columns: Sequence[Column], *, zone: str) -> Self:
        """Begin a file with its head."""
        ...

    def write(self, lines: Sequence[Sequence[Json]]) -> None:
        """Write some lines of cells."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...
