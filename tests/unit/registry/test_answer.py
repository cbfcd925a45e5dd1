"""What three providers say, read by their documents."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.hub.registry import RegistrySilent, filling, found, id_of, values
from zhike.meta import RegistrySpec

BASE: dict[str, Any] = {"key": "one", "label": "工商", "object": "customer"}
QCC = RegistrySpec.model_validate(
    {
        **BASE,
        "search": {"url": "https://h.test/s", "found": "Result"},
        "id": "KeyNo",
        "state": {"at": "Status", "good": ["200"], "nothing": ["201"]},
        "fields": {
            "name": "Name",
            "industry": {"at": ["Industry.SubIndustry", "Industry.Industry"]},
            "founded_on": "StartDate",
            "former": "OriginalName",
        },
    }
)
TYC = RegistrySpec.model_validate(
    {
        **BASE,
        "search": {"url": "https://h.test/s", "found": "result.items"},
        "id": "id",
        "state": {"at": "error_code", "good": ["0"], "nothing": ["300000"]},
        "fields": {
            "name": "name",
            "founded_on": {"at": ["estiblishTime"], "form": "milliseconds"},
            "capital": "regCapital",
        },
    }
)


def test_names_are_followed_into_the_answer() -> None:
    company = {
        "KeyNo": "k1",
        "Name": " 杭州海纳科技有限公司 ",
        "Industry": {"Industry": "软件和信息技术服务业", "SubIndustry": ""},
        "StartDate": "2015-03-09",
        "OriginalName": ["杭州海纳网络", "海纳"],
    }

    [one] = found(QCC, QCC.search, {"Status": "200", "Result": [company]})

    assert id_of(QCC, one) == "k1"
    assert values(QCC, one) == {
        "name": "杭州海纳科技有限公司",
        "industry": "软件和信息技术服务业",
        "founded_on": "2015-03-09",
        "former": "杭州海纳网络、海纳",
    }


def test_a_moment_is_a_day_in_china() -> None:
    said = {"error_code": 0, "result": {"items": [{"id": 7, "estiblishTime": 1425830400000}]}}

    [one] = found(TYC, TYC.search, said)

    assert id_of(TYC, one) == "7"
    assert values(TYC, one) == {"founded_on": "2015-03-09"}


def test_nothing_found_is_no_error_and_an_error_is_one() -> None:
    assert found(TYC, TYC.search, {"error_code": 300000, "reason": "无数据"}) == ()
    assert found(QCC, QCC.search, {"Status": "200", "Result": None}) == []
    with pytest.raises(RegistrySilent, match="300006"):
        found(TYC, TYC.search, {"error_code": 300006, "reason": "余额不足"})
    with pytest.raises(RegistrySilent):
        found(TYC, TYC.search, ["no object"])


NAMES = ("result", "items", "name", "id", "estiblishTime", "x")
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(NAMES), inner),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
def test_whatever_comes_back_is_read_or_left(said: Any) -> None:
    for one in found(TYC, TYC.search, {"error_code": 0, "result": said}):
        assert all(isinstance(value, str) and value for value in values(TYC, one).values())
        assert isinstance(id_of(TYC, one), str)


def test_only_what_is_blank_and_open_is_filled() -> None:
    offered = {"name": "甲", "phone": "1", "credit_code": "C", "secret": "s"}
    held = {"name": "甲公司", "phone": " ", "credit_code": None}

    done = filling(offered, held, writable={"name", "phone", "credit_code"})
    bold = filling(offered, held, writable={"name", "phone"}, overwrite=["name"])

    assert done.taken == {"phone": "1", "credit_code": "C"}
    assert done.kept == {"name": "甲"}
    assert bold.taken == {"name": "甲", "phone": "1"}
