"""How well a run finds who is the same, on labelled sets and with the default settings."""

import pytest
from bench.identity.measure import COMPANY, companies, febrl, judged, ledgers, some_companies

pytestmark = pytest.mark.slow


def test_chinese_companies() -> None:
    said = judged(*companies())
    assert said.f1 >= 0.98, said.told()
    assert said.precision >= 0.99, said.told()


def test_organizations_as_ledgers_and_salespeople_write_them() -> None:
    said = judged(*ledgers())
    assert said.f1 >= 0.975, said.told()
    assert said.precision >= 0.99, said.told()


@pytest.mark.parametrize(
    ("fields", "gaps", "least"), [(("name", "phone"), 0.0, 0.89), (tuple(COMPANY), 0.6, 0.91)]
)
def test_chinese_companies_of_which_little_is_known(
    fields: tuple[str, ...], gaps: float, least: float
) -> None:
    """A company's full name is given once: that it stands there twice is no chance."""
    said = judged(*some_companies(fields, gaps=gaps))
    assert said.f1 >= least, said.told()
    assert said.precision >= 0.99, said.told()


@pytest.mark.parametrize("number", [3, 4])
def test_people_of_febrl(number: int) -> None:
    said = judged(*febrl(number))
    assert said.f1 >= 0.995, said.told()
