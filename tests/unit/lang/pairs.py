"""Golden files of pairs: an expression (with its object before a colon), then what is expected."""

import re
from collections.abc import Iterator
from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "golden" / "lang"
OBJECT = re.compile(r"(book|reader|card|loan): (.*)", re.DOTALL)


def pairs(name: str) -> list[tuple[str, str]]:
    """Give the pairs of a file: lines, then `=> expected`; `#` begins a comment."""
    return list(_pairs(name))


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    written: list[str] = []
    for line in (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("=> "):
            yield "\n".join(written), line.removeprefix("=> ")
            written = []
        elif line and not line.startswith("#"):
            written.append(line)


def about(text: str) -> tuple[str, str]:
    """Part an expression from the object it is asked of, which is `book` if nothing is said."""
    found = OBJECT.fullmatch(text)
    return (found[1], found[2]) if found else ("book", text)
