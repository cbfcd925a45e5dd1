"""Two configurations and the steps between them: `tests/golden/ddl`."""

import pytest
from tests.unit.packs.golden import cases
from tests.unit.packs.shown import shown_problems, shown_steps

from zhike.packs import read_text, understand
from zhike.store.catalog import Settled
from zhike.store.ddl import Kept, steps

CASES = dict(cases("ddl"))


@pytest.mark.parametrize("name", CASES)
def test_a_plan_is_what_the_file_says(name: str) -> None:
    case = CASES[name]

    found = steps(meaning(case.get("before", "")), meaning(case["after"]), Kept())

    assert "\n".join(shown_steps(found, "en")) == case["plan"]


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_to_be_done_when_nothing_changes(name: str) -> None:
    after = CASES[name]["after"]

    assert steps(meaning(after), meaning(after), Kept()) == ()


def meaning(text: str) -> Settled:
    """Give what some documents mean; they have to be right."""
    whole = understand(read_text(text, file="a.yaml").documents, version=1, zone="Asia/Shanghai")
    assert list(shown_problems(whole.problems, "en")) == []
    assert whole.settled is not None
    return whole.settled
