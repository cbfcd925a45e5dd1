"""SECURITY.md says of each defence what shows it; what it names is there."""

import re

import pytest
from tests.architecture.tree import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+(?:::\w+)?)`", TEXT)))


def test_the_document_names_its_proofs() -> None:
    assert len(NAMED) > 25


@pytest.mark.parametrize("named", NAMED)
def test_a_proof_is_there(named: str) -> None:
    path, _, name = named.partition("::")

    assert (ROOT / path).is_file()
    assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_every_row_of_the_table_has_a_proof() -> None:
    table = TEXT.split("## What is defended")[1].split("## What is not defended")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]

    assert [row for row in rows if "`tests/" not in row] == []
