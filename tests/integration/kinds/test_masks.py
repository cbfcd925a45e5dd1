"""
Masks as the trade has them (reference/interfaces/12), pair by pair, made by PostgreSQL.

    # mask: strict           a setting of the field (YAML) for the pairs below it
    110105199003072936       a value as it is kept; `json …` for what is no text
    => 1****************6    what is shown of it
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.integration.kinds.test_columns import kept, loaded
from tests.unit.kinds.pairs import Pair

from zhike.db.conversation import Conversation
from zhike.meta import KINDS

FOLDER = Path(__file__).parents[2] / "golden" / "masks"


def masks() -> Iterator[Pair]:
    """Give every pair of every file."""
    for path in sorted(FOLDER.glob("*.txt")):
        kind = KINDS[path.stem]
        said: dict[str, Any] = {}
        given = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if setting := re.fullmatch(r"# ([a-z_]+): (.*)", line):
                said = {**said, **yaml.safe_load(f"{setting[1]}: {setting[2]}")}
            elif line.startswith("=> "):
                yield Pair(
                    kind=kind,
                    settings=kind.settings.model_validate(said),
                    given=json.loads(given[5:]) if given.startswith("json ") else given,
                    expected=line.removeprefix("=> "),
                    at=f"{path.stem}:{number}",
                )
            elif line:
                given = line


PAIRS = list(masks())


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.at for pair in PAIRS])
async def test_a_mask_shows_what_the_trade_allows(tx: Conversation, pair: Pair) -> None:
    if pair.kind.name == "region":
        await loaded(tx)

    assert (await kept(tx, pair, pair.given))["mask"] == pair.expected


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.at for pair in PAIRS])
async def test_a_mask_of_nothing_is_nothing(tx: Conversation, pair: Pair) -> None:
    assert (await kept(tx, pair, None))["mask"] is None
