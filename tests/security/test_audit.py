"""What we are made of: pinned, hashed, under licences we may ship, declared."""

import json
from pathlib import Path

import pytest
from tests.architecture.tree import ROOT
from tools import audit


def test_nothing_is_wrong_with_what_we_are_made_of() -> None:
    assert audit.audit(ROOT) == []


def test_a_lock_without_hashes_or_from_elsewhere_is_told() -> None:
    text = (
        "good==1.0 \\\n    --hash=sha256:aa\nbare==2.0\n"
        "git+https://example.com/x\n-e ./y\nloose>=1\n--index-url https://example.com\n"
    )

    assert list(audit.pins(list(audit.locked(text, "x.lock")))) == [
        "x.lock: bare 2.0 has no hash",
        "not a pinned package: git+https://example.com/x",
        "not a pinned package: -e ./y",
        "not a pinned package: loose>=1",
        "not a pinned package: --index-url https://example.com",
    ]


@pytest.mark.parametrize(
    ("version", "events", "hit"),
    [
        ("1.4", [{"introduced": "0"}, {"fixed": "1.5"}], True),
        ("1.5", [{"introduced": "0"}, {"fixed": "1.5"}], False),
        ("1.10", [{"introduced": "1.9"}], True),
        ("1.8", [{"introduced": "1.9"}], False),
        ("2.0", [{"introduced": "1"}, {"last_affected": "2.0"}], True),
        ("2.1", [{"introduced": "1"}, {"last_affected": "2.0"}], False),
        ("3.0", [{"introduced": "1"}, {"fixed": "2"}, {"introduced": "3"}, {"fixed": "3.1"}], True),
    ],
)
def test_an_advisory_finds_the_versions_it_speaks_of(
    tmp_path: Path, version: str, events: list[dict[str, str]], *, hit: bool
) -> None:
    told = {
        "id": "PYSEC-1",
        "summary": "bad",
        "affected": [
            {
                "package": {"ecosystem": "PyPI", "name": "Some_Package"},
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
            }
        ],
    }
    (tmp_path / "PYSEC-1.json").write_text(json.dumps(told), encoding="utf-8")
    packages = [audit.Locked(name="some-package", version=version, hashes=1, lock="x.lock")]

    found = list(audit.vulnerable(packages, tmp_path))

    assert found == ([f"x.lock: some-package {version}: PYSEC-1 bad"] if hit else [])


def test_what_is_imported_is_declared(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "x.py").write_text("import idna\nimport httpx\n", encoding="utf-8")
    declared = '[project]\ndependencies = [\n  "httpx",\n]\n'
    (tmp_path / "pyproject.toml").write_text(declared, encoding="utf-8")
    packages = [
        audit.Locked(name=name, version="1", hashes=1, lock="x") for name in ("idna", "httpx")
    ]

    found = list(audit.undeclared(tmp_path, packages))

    assert [one.split(":")[0] for one in found] == ["src/x.py imports idna"]
