"""
Labelled sets, loaded into the CRM as it is shipped and judged by a run with its default settings:
all of it over HTTP, as anybody would.
"""

import csv
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import httpx
import pytest
from bench.identity.companies import FILE
from bench.identity.measure import PERSON, Links, Scored, febrl_rows, linked
from tests.company import company as opened
from tests.served import Served

from zhike.doors.system import IDENTITY

pytestmark = pytest.mark.slow

COLUMNS = {
    "name": "name", "credit_code": "credit_code", "phone": "phone", "landline": "landline",
    "email": "email", "address": "address", "legal_person": "contact_name",
}  # fmt: skip
"""Where the columns of the companies go."""


@pytest.fixture
async def company(database_url: str, workspace: str, tmp_path: Path) -> AsyncIterator[Served]:
    staff = {"boss": ("admin", "总部")}
    async with opened(database_url, tmp_path, workspace=workspace, staff=staff) as served:
        yield served


async def judged(
    company: Served, obj: str, rows: Iterable[tuple[str, Mapping[str, Any]]], links: Links
) -> Scored:
    """Create the records, run, and compare the clusters with what is so."""
    boss = await company.signed_in("boss")
    ids: dict[str, str] = {}
    lines = list(rows)
    for start in range(0, len(lines), 1000):
        some = lines[start : start + 1000]
        answer = await boss.post(
            f"/api/v1/records/{obj}",
            params={"on_duplicate": "create"},
            json=[values for _, values in some],
        )
        assert answer.is_success, answer.text[:500]
        made = answer.json()["items"]
        assert [one for one in made if "id" not in one] == []
        ids |= {one["id"]: key for one, (key, _) in zip(made, some, strict=True)}
    asked = await boss.post(f"/api/v1/identity/{obj}/runs", json={})
    args = {"workspace": company.workspace, "id": asked.json()["id"]}
    await company.system.jobs.tasks[IDENTITY].work(args)
    found = [
        [ids[record["id"]] for record in one["records"] if record["id"] in ids]
        async for one in _clusters(boss, asked.headers["location"])
    ]
    told = frozenset(frozenset(pair) for one in found for pair in combinations(one, 2))
    return Scored.of(told, links)


async def _clusters(boss: httpx.AsyncClient, at: str) -> AsyncIterator[dict[str, Any]]:
    params: dict[str, Any] = {"limit": 1000}
    while True:
        page = (await boss.get(f"{at}/clusters", params=params)).json()
        for one in page["items"]:
            yield one
        if page["next"] is None:
            return
        params["cursor"] = page["next"]


async def test_chinese_companies_as_customers(company: Served) -> None:
    with FILE.open(encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))
    rows = ((one["id"], {to: one[key] for key, to in COLUMNS.items() if one[key]}) for one in lines)

    said = await judged(
        company, "customer", rows, linked((one["company"], one["id"]) for one in lines)
    )

    assert said.f1 >= 0.98, said.told()


@pytest.mark.parametrize("number", [3, 4])
async def test_people_of_febrl_as_contacts(company: Served, number: int) -> None:
    """The columns of the set become fields of contacts, as an administrator would add them."""
    boss = await company.signed_in("boss")
    contact = (await boss.get("/api/v1/config/object/contact")).json()
    known = {one["key"] for one in contact["fields"]}
    more = [{"key": key, "kind": "text", "label": key} for key in PERSON if key not in known]
    whole = {**contact, "fields": [*contact["fields"], *more]}
    answer = await boss.put("/api/v1/config/object/contact", json=whole)
    assert answer.is_success, answer.text[:500]
    records, links = febrl_rows(number)

    rows = ((key, _contact(one)) for key, one in records)
    said = await judged(company, "contact", rows, links)

    assert said.f1 >= 0.995, said.told()


def _contact(values: Sequence[str | None]) -> dict[str, str]:
    told = {key: one for key, one in zip(PERSON, values, strict=True) if one}
    name = " ".join(told[key] for key in ("given_name", "surname") if key in told)
    return {**told, "name": name or "no name"}
