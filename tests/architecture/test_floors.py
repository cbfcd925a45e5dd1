"""The floors of ARCHITECTURE.md, held by import-linter; what it cannot see is looked at here."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import PRODUCT, ROOT, parsed, short

APPS = ROOT / "apps"


def test_imports_point_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_nothing_is_imported_in_the_dark() -> None:
    """An import inside a function or under TYPE_CHECKING hides an edge of the import graph."""
    hidden = [
        f"{short(path)}:{node.lineno}"
        for path in PRODUCT
        if "doors/cli" not in short(path)
        for outer in ast.walk(parsed(path))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.If)
        for node in ast.walk(outer)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


def test_a_transaction_is_opened_at_a_door_only() -> None:
    """A commit below the doors tears one request into two half-saved ones."""
    allowed = {"doors", "db", "bootstrap.py"}
    torn = [
        f"{short(path)}:{node.lineno}"
        for path in PRODUCT
        if path.relative_to(ROOT / "src" / "zhike").parts[0] not in allowed
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "ending"}
    ]

    assert torn == []


def test_a_request_reaches_the_database_by_its_call_only() -> None:
    """Or the logs would not know from where it came."""
    astray = [
        f"{short(path)}:{node.lineno}"
        for path in PRODUCT
        if "doors/http/" in short(path) and path.name != "call.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"transaction", "reading"}
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "db"
    ]

    assert astray == []


def test_apps_are_words_not_code() -> None:
    strange = [
        short(path)
        for path in APPS.rglob("*")
        if path.is_file() and path.suffix not in {".yaml", ".csv", ".md"}
    ]

    assert strange == []
