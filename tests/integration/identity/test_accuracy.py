"""How well a run finds who is the same, on labelled sets and with the default settings."""

import pytest
from bench.identity.measure import companies, febrl, judged

pytestmark = pytest.mark.slow


def test_chinese_companies() -> None:
    said = judged(*companies())
    assert said.f1 >= 0.98, said.told()
    assert said.precision >= 0.99, said.told()


@pytest.mark.parametrize("number", [3, 4])
def test_people_of_febrl(number: int) -> None:
    said = judged(*febrl(number))
    assert said.f1 >= 0.995, said.told()
