"""The desk keeps to its own floors: app → features → fields → ui → data → kernel."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT, lines, short
from tools import web_operations

WEB = ROOT / "web"
SOURCES = sorted(
    path for path in (WEB / "src").rglob("*") if path.suffix in {".ts", ".tsx", ".css"}
)
ZONES = ("kernel", "data", "ui", "fields", "features", "app")
"""From the lowest up; a zone knows itself and what lies below it."""

IMPORT = re.compile(r"""(?:from|import\()\s*"(\.[^"]+)"|^import "(\.[^"]+)""", re.MULTILINE)
PACKAGE = re.compile(r"""from\s+"([^."][^"]*)\"""")
PURE = {"vitest"}
"""What the kernel may import beside itself, in its tests."""


def imports(path: Path) -> Iterator[Path]:
    """Give the files a file imports, as they are named there."""
    for one in IMPORT.findall(path.read_text(encoding="utf-8")):
        target = (path.parent / (one[0] or one[1])).resolve()
        if target.is_relative_to(WEB / "src"):
            yield target


def zone(path: Path) -> str:
    """Say in which zone a file lies; of a feature, in which feature."""
    inside = path.relative_to(WEB / "src").parts
    return "/".join(inside[:2]) if inside[0] == "features" else inside[0]


def test_imports_point_down() -> None:
    upward = [
        f"{short(path)} → {zone(target)}"
        for path in SOURCES
        for target in imports(path)
        if ZONES.index(zone(path).split("/")[0]) < ZONES.index(zone(target).split("/")[0])
    ]

    assert upward == []


def test_features_are_strangers() -> None:
    acquainted = [
        f"{short(path)} → {zone(target)}"
        for path in SOURCES
        for target in imports(path)
        if zone(path).startswith("features/")
        and zone(target).startswith("features/")
        and zone(path) != zone(target)
    ]

    assert acquainted == []


def test_the_kernel_knows_neither_react_nor_the_page() -> None:
    found = {
        short(path): name
        for path in SOURCES
        if zone(path) == "kernel" and path.suffix != ".css"
        for name in PACKAGE.findall(path.read_text(encoding="utf-8"))
        if name not in PURE
    }

    assert found == {}


def test_no_file_outgrows_its_budget() -> None:
    fat = {
        short(path): size
        for path in SOURCES
        if (size := lines(path)) > (400 if path.suffix == ".css" or "words" in path.parts else 300)
    }

    assert fat == {}


def test_only_the_client_asks_the_server() -> None:
    asking = [
        short(path)
        for path in SOURCES
        if re.search(r"\bfetch\(|XMLHttpRequest|EventSource\(", path.read_text(encoding="utf-8"))
        and path != WEB / "src" / "data" / "client.ts"
    ]

    assert asking == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    """No address of another machine: the desk has to work where there is no other machine."""
    foreign = {
        short(path): found
        for path in [*SOURCES, WEB / "index.html"]
        if (found := re.findall(r"https?://(?!www\.w3\.org|\(|/)[a-z]", path.read_text("utf-8")))
        and ".test." not in path.name
    }

    assert foreign == {}


def test_the_lock_pins_everything_and_names_no_place() -> None:
    packages = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    loose = [
        name
        for name, one in packages.items()
        if name and ("integrity" not in one or "resolved" in one)
    ]
    wanted = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    open_ended = [
        name
        for part in ("dependencies", "devDependencies")
        for name, version in wanted[part].items()
        if not re.fullmatch(r"[\d.]+", version)
    ]

    assert (loose, open_ended) == ([], [])


def test_the_client_asks_for_nothing_the_server_does_not_have() -> None:
    """Run `make docs` and commit what it writes."""
    path = WEB / "src" / "data" / "operations.ts"
    told = set(re.findall(r'"([A-Z]+ [^"]+)"', path.read_text(encoding="utf-8")))

    assert told - set(web_operations.operations()) == set()
