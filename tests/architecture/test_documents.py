"""What the documents say is compared with what is there."""

import re
from pathlib import Path

import pytest
from tests.architecture.tree import ROOT
from tools import reference

DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not {".venv", ".bench", "data", "node_modules"} & set(path.parts)
)


@pytest.fixture(scope="module")
def written() -> dict[Path, str]:
    return dict(reference.written())


def test_the_reference_is_what_the_code_says(written: dict[Path, str]) -> None:
    """Run `make docs` and commit what it writes."""
    stale = [
        path.relative_to(ROOT).as_posix()
        for path, text in written.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]

    assert stale == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    broken = [link for link in links if not (path.parent / link).exists()]

    assert broken == []


@pytest.mark.parametrize(
    "readme",
    sorted((ROOT / "src" / "zhike").rglob("README.md")),
    ids=lambda path: path.parent.relative_to(ROOT).as_posix(),
)
def test_a_package_that_is_explained_is_explained_whole(readme: Path) -> None:
    """Whoever reads what a package is for learns what each of its parts is for; faults speak."""
    text = readme.read_text(encoding="utf-8")
    parts = {path.stem for path in readme.parent.glob("*.py")} - {"__init__", "__main__", "faults"}
    parts |= {path.parent.name for path in readme.parent.glob("*/__init__.py")}

    assert {one for one in parts if not re.search(rf"\b{one}\b", text)} == set()


def test_both_languages_have_the_same_pages() -> None:
    pages = {
        language: {path.name for path in (ROOT / "docs" / language).rglob("*.md")}
        for language in ("zh", "en")
    }

    assert pages["zh"] == pages["en"] != set()


def test_nothing_speaks_of_the_machine_it_was_made_on() -> None:
    told = [
        path.relative_to(ROOT).as_posix()
        for path in DOCUMENTS
        if re.search(r"/(work|root|tmp)/", path.read_text(encoding="utf-8"))
    ]

    assert told == []
