"""Pairs of company names: the same company, or not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhike.hub.identity.kinds.company_core import CompanyCore
from zhike.hub.identity.kinds.company_name import parsed

GOLDEN = Path(__file__).parents[2] / "golden" / "company" / "names.txt"
KEYS = CompanyCore().keys


def pairs() -> Iterator[tuple[str, str, str]]:
    name = ""
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[:2] in ("= ", "≠ "):
            yield name, line[0], line[2:]
        else:
            name = line


@pytest.mark.parametrize(("one", "sign", "other"), list(pairs()))
def test_names(one: str, sign: str, other: str) -> None:
    shared = set(KEYS(one)) & set(KEYS(other))

    assert bool(shared) is (sign == "="), (KEYS(one), KEYS(other))


def test_a_name_comes_apart() -> None:
    name = parsed("浙江省杭州市云启科技股份有限公司宁波分公司")

    assert (name.place, name.core, name.form, name.branch) == (
        "杭州",
        "云启科技",
        "joint",
        "宁波分公司",
    )


@pytest.mark.parametrize("name", ["", " ", "()", "（北京）", "北京", "公司", "(((", "\u3000", "A"])
def test_what_says_nothing_recognises_nobody(name: str) -> None:
    assert KEYS(name) == ()
