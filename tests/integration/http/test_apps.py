"""Apps that come along and the demo company: had, removed and had again from the browser."""

from typing import Any

import httpx
import pytest
from tests.served import Served, served

from zhike.doors.system import DEMO
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.packs.demo import asked

API = "/api/v1"


async def crm(ada: httpx.AsyncClient) -> dict[str, Any]:
    """What is told of the shipped app."""
    found: dict[str, Any] = (await ada.get(f"{API}/apps")).json()["items"][0]
    return found


async def installed(ada: httpx.AsyncClient) -> httpx.Response:
    """Install the app as the plan says."""
    plan = (await ada.post(f"{API}/apps/crm/plan")).json()
    confirm = [one["id"] for one in plan["steps"] if one["lossy"]]
    return await ada.post(f"{API}/apps/crm/install", json={"confirm": confirm})


async def acts(library: Served, act: str) -> int:
    """Count the entries of an act in the operation log."""
    async with library.system.db.reading(platform(), library.workspace) as tx:
        rows = await tx.rows(sql("SELECT act FROM zk_operation"))
    return [one for (one,) in rows].count(act)


async def removed(ada: httpx.AsyncClient) -> httpx.Response:
    """Remove everything that the app brought, as the page does."""
    names = []
    for kind in ("app", "object", "view", "form", "page", "role", "match", "quality", "security"):
        told = (await ada.get(f"{API}/config/{kind}")).json()["items"]
        names += [{"kind": kind, "key": one["key"]} for one in told if one["app"] == "crm"]
    plan = await ada.post(f"{API}/config/plan", json={"remove": names})
    assert plan.status_code == 200, plan.text
    confirm = [one["id"] for one in plan.json()["steps"] if one["lossy"]]
    return await ada.post(f"{API}/config/apply", json={"remove": names, "confirm": confirm})


@pytest.mark.slow
async def test_an_app_comes_goes_and_comes_back_with_its_data(
    library: Served, ada: httpx.AsyncClient
) -> None:
    assert (await crm(ada))["waits"]
    done = await installed(ada)
    assert done.status_code == 200, done.text
    assert await acts(library, "app.installed") >= 1
    there = await crm(ada)
    assert (there["installed"], there["waits"]) == (there["version"], False)
    assert (await ada.post(f"{API}/apps/crm/plan")).json()["documents"] == []
    made = await ada.post(f"{API}/records/competitor", json={"name": "东海对手有限公司"})
    assert made.status_code == 201, made.text

    gone = await removed(ada)

    assert gone.status_code == 200, gone.text
    assert (await crm(ada))["installed"] is None
    assert (await ada.get(f"{API}/records/competitor")).status_code == 404
    kept = (await ada.get(f"{API}/removed")).json()["items"]
    assert "competitor" in {one["object"] for one in kept if one["field"] is None}

    assert (await installed(ada)).status_code == 200
    back = await ada.get(f"{API}/records/competitor/{made.json()['id']}")
    assert back.json()["name"] == "东海对手有限公司"
    assert (await ada.post(f"{API}/demo", json={})).status_code == 409


@pytest.mark.slow
async def test_a_demo_company_moves_into_an_empty_place(system: Any) -> None:
    from_nothing = await empty(system)
    ada = await from_nothing.signed_in("ada")
    before = (await ada.get(f"{API}/demo")).json()
    assert (before["state"], before["possible"]) == ("none", True)
    assert (await ada.post(f"{API}/demo", json={"customers": 2})).json()["errors"][0]["code"] == (
        "no_trade"
    )
    assert (await installed(ada)).status_code == 200

    told = await ada.post(f"{API}/demo", json={"customers": 2})
    again = await ada.post(f"{API}/demo", json={"customers": 2})

    assert (told.status_code, again.status_code) == (202, 409)
    assert await acts(from_nothing, "demo.asked") == 1
    async with system.db.reading(platform(), from_nothing.workspace) as tx:
        found = await asked.demo_of(tx)
    assert found
    args = {"workspace": from_nothing.workspace, "id": str(found.id)}
    await system.jobs.tasks[DEMO].work(args)
    await system.jobs.tasks[DEMO].work(args)
    done = (await ada.get(f"{API}/demo")).json()
    assert (done["state"], done["done"], done["possible"]) == ("done", 2, False), done
    page = (await ada.get(f"{API}/records/customer", params={"count": "exact"})).json()
    assert page["count"]["value"] == 2
    late = await ada.post(f"{API}/demo", json={"customers": 2})
    assert late.json()["errors"][0]["code"] == "not_empty"


async def test_only_who_runs_the_place(library: Served, vic: httpx.AsyncClient) -> None:
    reg = await library.signed_in("reg")
    for one in (vic, reg):
        assert (await one.get(f"{API}/apps")).status_code == 403
        assert (await one.post(f"{API}/apps/crm/plan")).status_code == 403
        assert (await one.post(f"{API}/apps/crm/install", json={})).status_code == 403
        assert (await one.get(f"{API}/demo")).status_code == 403
        assert (await one.post(f"{API}/demo", json={})).status_code == 403
    ada = await library.signed_in("ada")
    assert (await ada.post(f"{API}/apps/other/plan")).status_code == 404
    assert (await ada.post(f"{API}/demo", json={"customers": 0})).status_code == 422


async def empty(system: Any) -> Served:
    """A workspace in which nobody has made anything."""
    return await served(system, "apps_from_nothing")
