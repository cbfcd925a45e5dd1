"""Every pair of the golden files holds, and reading what was read changes nothing."""

import pytest
from tests.unit.kinds.pairs import FOLDER, Pair, pairs

from zhike.kernel.faults import Fault
from zhike.meta import KINDS, drained

PAIRS = list(pairs())


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.at for pair in PAIRS])
def test_it_reads_as_written(pair: Pair) -> None:
    assert pair.read() == pair.expected


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.at for pair in PAIRS])
def test_reading_twice_is_reading_once(pair: Pair) -> None:
    try:
        once = drained(pair.kind.read(pair.given, pair.settings))
    except Fault:
        return

    assert drained(pair.kind.read(once, pair.settings)) == once


def test_every_kind_has_examples() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == KINDS.keys()
