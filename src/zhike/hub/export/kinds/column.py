"""One column of a file that goes out, and the contract of whatever writes such files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal, Protocol, Self

from zhike.kernel.words import Language, Words
from zhike.meta import Json

Shape = Literal["text", "number", "date", "datetime", "boolean"]
NAME = 60
"""Signs of a name that a watermark has room for."""
TRACE = Words(zh="导出追踪号", en="Trace id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column is called and what its cells hold."""

    head: str
    shape: Shape = "text"
    decimals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What stands in a file besides its records: who took it, when, under which trace id."""

    trace: str
    who: str
    """姓名(工号)."""
    at: datetime
    language: Language = "zh"
    visible: bool = True
    """Whether people are to see it on the screen and in print."""

    @property
    def line(self) -> str:
        """Give the watermark."""
        return f"{self.who[:NAME]} · {self.at:%Y-%m-%d %H:%M} · {self.trace}"

    @property
    def head(self) -> str:
        """Give what a trace id is called."""
        return TRACE.said(self.language)


class Writer(Protocol):
    """Writes one file, piece by piece, in bounded memory; `close` makes it whole."""

    suffix: ClassVar[str]
    media: ClassVar[str]

    @classmethod
    def opened(cls, path: Path, columns: Sequence[Column], *, zone: str, mark: Mark) -> Self:
        """Begin a file with its head."""
        ...

    def write(self, lines: Sequence[Sequence[Json]]) -> None:
        """Write some lines of cells."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...
