"""What the architecture tests look at: the source files of the repository and what is in them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "zhike"
PRODUCT = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TOOLS = sorted([*(ROOT / "bench").rglob("*.py"), *(ROOT / "tools").rglob("*.py")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function of the product and where it stands."""

    path: Path
    name: str
    lines: int

    def __str__(self) -> str:
        return f"{short(self.path)}:{self.name}"


def short(path: Path) -> str:
    """Give a path as the repository knows it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """Read a file's syntax once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def lines(path: Path) -> int:
    """Count the lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[Function]:
    """Give every function of a file with its length, decorators and docstring left out."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            said = (
                (first.end_lineno or first.lineno) - first.lineno + 1
                if ast.get_docstring(node)
                else 0
            )
            yield Function(
                path=path,
                name=node.name,
                lines=(node.end_lineno or node.lineno) - node.lineno + 1 - said,
            )
