"""Options that go with some values of another field only: on every way in, and told beforehand."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

API = "/api/v1"
CITIES = [
    {"key": "杭州", "label": "杭州", "when": {"province": ["浙江"]}},
    {"key": "宁波", "label": "宁波", "when": {"province": ["浙江"]}},
    {"key": "苏州", "label": "苏州", "when": {"province": ["江苏"]}},
    {"key": "线上", "label": "线上"},
]
BRANCH: dict[str, Any] = {
    "kind": "object",
    "key": "branch",
    "label": "分馆",
    "fields": [
        {"key": "name", "kind": "text", "label": "名称"},
        {"key": "province", "kind": "option", "label": "省份", "options": ["浙江", "江苏"]},
        {"key": "city", "kind": "option", "label": "城市", "options": CITIES},
    ],
}


@pytest.fixture(scope="module")
async def branches(ada: httpx.AsyncClient) -> str:
    """Where branches are written."""
    assert (await ada.put(f"{API}/config/object/branch", json=BRANCH)).status_code == 200
    return f"{API}/records/branch"


def city(answer: httpx.Response) -> list[tuple[str, str]]:
    """Say what is wrong, and where."""
    return [(one["path"], one["code"]) for one in answer.json()["errors"]]


async def test_options_that_do_not_go_together_are_refused(
    ada: httpx.AsyncClient, branches: str
) -> None:
    good = await ada.post(branches, json={"name": "一", "province": "浙江", "city": "杭州"})
    free = await ada.post(branches, json={"name": "二", "city": "线上"})
    bad = await ada.post(branches, json={"name": "三", "province": "江苏", "city": "杭州"})
    alone = await ada.post(branches, json={"name": "四", "city": "苏州"})

    assert (good.status_code, free.status_code) == (201, 201)
    assert [one.status_code for one in (bad, alone)] == [422, 422]
    assert city(bad) == city(alone) == [("city", "unfit_option")]
    assert "省份" in bad.json()["detail"]


async def test_a_change_is_judged_by_what_the_record_will_hold(
    ada: httpx.AsyncClient, branches: str
) -> None:
    given = {"name": uuid4().hex, "province": "浙江", "city": "杭州"}
    at = f"{branches}/{(await ada.post(branches, json=given)).json()['id']}"

    moved = await ada.patch(at, json={"province": "江苏"})
    both = await ada.patch(at, json={"province": "江苏", "city": "苏州"})
    named = await ada.patch(at, json={"name": "改名"})
    other = await ada.patch(at, json={"city": "宁波"})

    assert (moved.status_code, city(moved)) == (422, [("city", "unfit_option")])
    assert (both.status_code, named.status_code) == (200, 200)
    assert (other.status_code, city(other)) == (422, [("city", "unfit_option")])


async def test_it_is_told_before_anything_is_saved(ada: httpx.AsyncClient, branches: str) -> None:
    told = await ada.post(f"{branches}/check", json={"province": "江苏", "city": "杭州"})
    known = (await ada.get(f"{API}/objects")).json()["items"]

    assert city(told) == [("city", "unfit_option")]
    [fields] = [one["fields"] for one in known if one["key"] == "branch"]
    [options] = [one["options"] for one in fields if one["key"] == "city"]
    assert options[0]["when"] == {"province": ["浙江"]}
    assert "when" not in options[3]


async def test_many_are_judged_one_by_one(ada: httpx.AsyncClient, branches: str) -> None:
    rows = [{"name": "甲", "province": "江苏", "city": "苏州"}, {"name": "乙", "city": "苏州"}]

    told = (await ada.post(branches, json=rows)).json()["items"]

    assert "id" in told[0]
    assert told[1]["errors"][0]["code"] == "unfit_option"


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ({"provinz": ["浙江"]}, "no_such_field"),
        ({"city": ["杭州"]}, "nothing_to_depend_on"),
        ({"name": ["x"]}, "nothing_to_depend_on"),
        ({"province": ["广东"]}, "no_such_governor"),
    ],
)
async def test_a_dependence_on_nothing_is_refused(
    ada: httpx.AsyncClient, branches: str, when: dict[str, Any], code: str
) -> None:
    options = [{"key": "杭州", "label": "杭州", "when": when}, "苏州"]
    fields = [*BRANCH["fields"][:2], {**BRANCH["fields"][2], "options": options}]

    answer = await ada.put(f"{API}/config/object/branch", json={**BRANCH, "fields": fields})

    assert answer.status_code == 422, answer.text
    assert code in {one["code"] for one in answer.json()["errors"]}
    assert branches
