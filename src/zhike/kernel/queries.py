"""
Named queries: fixed SQL lives in a `queries.sql` beside the code that runs it, each with a line of
why.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhike.kernel.sql import Param, Part, Sql

NAME = re.compile(r"^-- (\w+)$", re.MULTILINE)
PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One named statement; calling it with its parameters gives the `Sql` to run."""

    name: str
    why: str
    text: str

    @property
    def parameters(self) -> frozenset[str]:
        """The names of what must be given."""
        return frozenset(PARAMETER.findall(self.text))

    def __call__(self, **values: object) -> Sql:
        """Bind the parameters. A name used twice is bound twice."""
        if self.parameters != values.keys():
            raise KeyError(f"{self.name} takes {sorted(self.parameters)}, got {sorted(values)}")
        parts: list[Part] = []
        at = 0
        for hole in PARAMETER.finditer(self.text):
            parts.extend((self.text[at : hole.start()], Param(values[hole.group(1)])))
            at = hole.end()
        parts.append(self.text[at:])
        return Sql(tuple(parts))


def load(path: Path) -> Mapping[str, Query]:
    """Read a file of named queries: `-- name`, then comment lines of why, then the statement."""
    pieces = NAME.split(path.read_text(encoding="utf-8"))
    return {name: _query(name, body) for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}


def _query(name: str, body: str) -> Query:
    lines = body.strip().splitlines()
    why = " ".join(line.removeprefix("--").strip() for line in lines if line.startswith("--"))
    text = "\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";")
    return Query(name=name, why=why, text=text)
