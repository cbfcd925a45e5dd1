"""The way of an export over HTTP: asked, approved by somebody else, written, fetched, traced."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from tests.served import PASSWORD, Served, served

from zhike.doors.cli import exports as commands
from zhike.doors.system import EXPORT, System
from zhike.kernel.faults import NotAllowed

EXPORTS = "/api/v1/exports"
WANTED = {"object": "book", "format": "csv", "query": {"select": ["title"]}, "reason": "对账"}


@pytest.fixture(scope="module")
async def office(system: System) -> Served:
    """A library in which every export waits for approval, somebody approves, somebody audits."""
    library = await served(system, "office")
    ada = await library.signed_in("ada")
    for key, powers in {"guard": {"approve_exports": True}, "auditor": {"audit": True}}.items():
        role = {"kind": "role", "key": key, "label": key, **powers}
        assert (await ada.put(f"/api/v1/config/role/{key}", json=role)).is_success
        user = {"login": key, "name": key.title(), "password": PASSWORD, "roles": [key]}
        assert (await ada.post("/api/v1/users", json=user)).status_code == 201
    security = {
        "kind": "security", "key": "main", "admins_see_records": True,
        "exports": {"approval_over": 0},
    }  # fmt: skip
    assert (await ada.put("/api/v1/config/security/main", json=security)).is_success
    await ada.post("/api/v1/records/book", json={"title": "围城"})
    return library


async def asked(library: Served, login: str = "ada") -> tuple[httpx.AsyncClient, str]:
    client = await library.signed_in(login)
    answer = await client.post(EXPORTS, json=WANTED)
    assert answer.status_code == 202, answer.text
    assert answer.json()["state"] == "asked"
    return client, answer.headers["location"]


async def run(library: Served, at: str) -> None:
    args: dict[str, Any] = {"workspace": library.workspace, "id": at.rsplit("/", 1)[-1]}
    await library.system.jobs.tasks[EXPORT].work(args)


async def test_an_export_is_approved_written_fetched_and_traced(office: Served) -> None:
    ada, at = await asked(office)
    guard, auditor = await office.signed_in("guard"), await office.signed_in("auditor")

    waiting = (await guard.get(EXPORTS, params={"of": "others"})).json()["items"]
    (mine,) = [one for one in waiting if at.endswith(one["id"])]
    assert (mine["expected"], mine["reason"], mine["user"]["name"]) == (1, "对账", "Ada")
    assert not {"file", "trace"} & set(mine)
    assert (await guard.get(at)).status_code == 404
    assert (await ada.post(f"{at}/approve", json={})).status_code == 403

    approved = await guard.post(f"{at}/approve", json={"reason": "可以"})
    assert (approved.status_code, approved.json()["state"]) == (200, "waiting")
    assert (await guard.post(f"{at}/refuse", json={})).status_code == 409
    await run(office, at)
    done = (await ada.get(at)).json()
    assert (done["state"], done["count"], done["decision"]) == ("done", 1, "可以")
    file = await ada.get(done["file"])
    assert "围城" in file.content.decode("utf-8-sig")
    assert done["trace"].replace("-", "") in file.headers["content-disposition"]
    assert (await guard.get(done["file"])).status_code == 404
    assert (await office.client().get(done["file"])).status_code == 401

    told = (await auditor.get(f"{EXPORTS}/trace/{done['trace']}")).json()
    assert (told["user"]["name"], told["ip"], told["count"]) == ("Ada", "10.1.2.3", 1)
    assert [one["name"] for one in told["downloads"]] == ["Ada"]
    assert (await ada.get(f"{EXPORTS}/trace/{done['trace']}")).status_code == 403
    assert (await auditor.get(f"{EXPORTS}/trace/NONE")).status_code == 404


async def test_a_session_that_ended_fetches_nothing(office: Served) -> None:
    ada, at = await asked(office)
    guard = await office.signed_in("guard")
    await guard.post(f"{at}/approve", json={})
    await run(office, at)
    file = (await ada.get(at)).json()["file"]
    cookie = {"cookie": f"zhike_session={ada.cookies['zhike_session']}"}

    await ada.post("/api/v1/auth/logout")

    assert (await office.client().get(file, headers=cookie)).status_code == 401


async def test_exports_are_refused_and_cancelled(office: Served) -> None:
    ada, at = await asked(office)
    guard = await office.signed_in("guard")

    refused = await guard.post(f"{at}/refuse", json={"reason": "不需要"})
    told = (await ada.get(at)).json()
    other, cancelled = (await asked(office))[1], None
    cancelled = await ada.post(f"{other}/cancel")

    assert (refused.status_code, told["state"], told["decision"]) == (200, "refused", "不需要")
    assert (told["file"], told["decided_by"]["name"]) == (None, "Guard")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert (await ada.post(f"{other}/cancel")).status_code == 409
    assert (await ada.get(f"{at}/file")).status_code == 409


async def test_ones_own_exports_are_listed_page_by_page(office: Served) -> None:
    lin = await office.signed_in("lin")
    made = [(await lin.post(EXPORTS, json=WANTED)).json()["id"] for _ in range(4)]

    first = (await lin.get(EXPORTS, params={"limit": 3})).json()
    rest = (await lin.get(EXPORTS, params={"limit": 3, "cursor": first["next"]})).json()
    seen = [one["id"] for one in [*first["items"], *rest["items"]]]
    done = (await lin.get(EXPORTS, params={"state": "done"})).json()["items"]
    fifth, sixth = [await lin.post(EXPORTS, json=WANTED) for _ in range(2)]

    assert seen == made[::-1]
    assert done == []
    assert (fifth.status_code, sixth.status_code) == (202, 429)
    assert (await lin.get(EXPORTS, params={"of": "others"})).status_code == 403
    assert (await lin.get(EXPORTS, params={"state": "odd"})).status_code == 422


async def test_the_command_line_traces(office: Served) -> None:
    ada, at = await asked(office)
    trace = (await ada.get(at)).json()["trace"]
    system = office.system
    here = replace(system, settings=replace(system.settings, workspace=office.workspace))

    told = await commands._traced(here, trace.lower(), "auditor")

    assert '"name": "Ada"' in told
    with pytest.raises(NotAllowed):
        await commands._traced(here, trace, "lin")
