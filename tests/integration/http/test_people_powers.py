"""三员分立, personal grants, and what must hold when two administrators act at once."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.served import PASSWORD, Served, served

from zhike.doors.system import System
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

USERS = "/api/v1/users"
ROLES = "/api/v1/config/role"
SECURITY = "/api/v1/config/security/main"
READERS = "/api/v1/records/reader"


async def added(boss: httpx.AsyncClient, login: str, **given: Any) -> dict[str, Any]:
    person = {"login": login, "name": login.title(), "password": PASSWORD, **given}
    answer = await boss.post(USERS, json=person)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def role(key: str, **powers: Any) -> dict[str, Any]:
    return {"kind": "role", "key": key, "label": {"zh": key}, **powers}


def errors(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in answer.json()["errors"]]


async def test_powers_are_taken_apart_once_nothing_is_in_the_way(system: System) -> None:
    place = await served(system, "divided")
    boss = await place.signed_in("ada")
    await added(boss, "both", roles=["registrar", "librarian"])

    refused = await boss.put(SECURITY, json={"separation": True})

    assert refused.status_code == 422
    assert set(errors(refused)) == {
        ("role admin", "two_powers"),
        ("user ada", "two_powers"),
        ("security main", "powerless_workspace"),
    }
    three = [
        role("system", configure=True),
        role("guard", people=True),
        role("auditor", audit=True),
    ]
    applied = await boss.post("/api/v1/config/apply", json={"documents": three})
    assert applied.status_code == 200, applied.text
    await added(boss, "sys", roles=["system"])
    await added(boss, "guard", roles=["guard"])
    await added(boss, "aud", roles=["auditor"])
    still = await boss.put(SECURITY, json={"separation": True})
    assert set(errors(still)) == {("role admin", "two_powers"), ("user ada", "two_powers")}

    wanted = [
        role("admin", configure=True),
        {"kind": "security", "key": "main", "separation": True},
    ]
    done = await boss.post("/api/v1/config/apply", json={"documents": wanted})

    assert done.status_code == 200, done.text
    await _divided(place)


async def _divided(place: Served) -> None:
    sys, guard, aud = [await place.signed_in(login) for login in ("sys", "guard", "aud")]
    ids = {one["login"]: one["id"] for one in (await guard.get(USERS)).json()["items"]}

    two = await guard.patch(f"{USERS}/{ids['vic']}", json={"roles": ["system", "auditor"]})
    own = await guard.patch(f"{USERS}/{ids['guard']}", json={"roles": ["guard", "librarian"]})
    other = await guard.patch(f"{USERS}/{ids['vic']}", json={"roles": ["system"]})
    combining = await guard.put(f"{ROLES}/guard", json=role("guard", people=True, audit=True))
    grown = await guard.put(f"{ROLES}/librarian", json=role("librarian", people=True))
    raised = await sys.put(f"{ROLES}/system", json=role("system", configure=True, people=True))
    alone = await sys.put(f"{ROLES}/shelver", json=role("shelver"))
    kept = await guard.put(f"{ROLES}/shelver", json=role("shelver"))
    laid = await sys.put("/api/v1/config/view/all_books", json={"object": "book", "label": "全部"})
    foreign = await guard.put(
        "/api/v1/config/view/no_books", json={"object": "book", "label": "无"}
    )
    off = [await one.put(SECURITY, json={"separation": False}) for one in (sys, aud)]

    assert (two.status_code, errors(two)) == (422, [("roles", "two_powers")])
    assert (own.status_code, errors(own)) == (403, [("roles", "own_powers")])
    assert other.status_code == 200
    assert errors(combining) == [("role guard", "two_powers"), ("user guard", "two_powers")]
    # ada, lin and others are librarians; none of them holds another power, so that one is fine.
    assert grown.status_code == 200, grown.text
    assert (raised.status_code, alone.status_code, kept.status_code) == (403, 403, 200)
    assert (laid.status_code, foreign.status_code) == (200, 403)
    assert [one.status_code for one in off] == [403, 403]
    assert (await guard.get(f"{ROLES}/guard")).status_code == 200
    assert (await guard.get("/api/v1/config/view/all_books")).status_code == 403
    assert (await aud.get(USERS)).status_code == 200
    assert (await aud.post(USERS, json={"login": "x", "name": "X"})).status_code == 403
    for one in (sys, guard, aud):
        assert (await one.get(READERS)).status_code == 403
    grant = {"grant": {"read": "all"}}
    mine = await guard.put(f"{USERS}/{ids['guard']}/grants/book", json=grant)
    theirs = await guard.put(f"{USERS}/{ids['aud']}/grants/book", json=grant)
    assert (mine.status_code, theirs.status_code) == (403, 200)


async def test_a_table_does_not_combine_powers_either(system: System) -> None:
    place = await served(system, "tabled")
    boss = await place.signed_in("ada")
    three = [
        role("system", configure=True),
        role("guard", people=True),
        role("auditor", audit=True),
    ]
    await boss.post("/api/v1/config/apply", json={"documents": three})
    await added(boss, "sys", roles=["system"])
    await added(boss, "guard", roles=["guard"])
    await added(boss, "aud", roles=["auditor"])
    wanted = [
        role("admin", configure=True),
        {"kind": "security", "key": "main", "separation": True},
    ]
    assert (await boss.post("/api/v1/config/apply", json={"documents": wanted})).status_code == 200
    guard = await place.signed_in("guard")
    table = "姓名,登录名,角色\nVic,vic,system;auditor\nGuard,guard,librarian\n".encode()

    answer = await guard.post(f"{USERS}/import", files={"file": ("x.csv", table)})

    found = {(one["line"], one["code"]) for one in answer.json()["problems"]}
    assert found == {(2, "two_powers"), (3, "own_powers")}


@pytest.fixture(scope="module")
async def team(system: System) -> Served:
    return await served(system, "team")


@pytest.fixture(scope="module")
async def chief(team: Served) -> httpx.AsyncClient:
    return await team.signed_in("ada")


async def test_something_is_granted_to_one_person_alone(
    team: Served, chief: httpx.AsyncClient
) -> None:
    val = await team.signed_in("val")
    at = f"{USERS}/{team.ids['val']}/grants/reader"
    assert (
        await chief.post(READERS, json={"name": "Rare", "phone": "13812345678"})
    ).status_code in {201, 403}
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    lin = await team.signed_in("lin")
    assert (await lin.post(READERS, json={"name": "Rarer"})).status_code == 201
    seen = {one["name"] for one in (await val.get(READERS)).json()["items"]}
    assert "Rarer" not in seen

    given = {
        "grant": {"read": "all", "fields": {"phone": "masked"}},
        "reason": "盘点",
        "until": until,
    }
    put = await chief.put(at, json=given)

    assert put.status_code == 200, put.text
    assert (put.json()["object"], put.json()["reason"]) == ("reader", "盘点")
    assert "Rarer" in {one["name"] for one in (await val.get(READERS)).json()["items"]}
    own = (await val.get(f"{USERS}/{team.ids['val']}/grants")).json()["items"]
    assert [one["grant"]["read"] for one in own] == ["all"]
    assert (await val.get(f"{USERS}/{team.ids['lin']}/grants")).status_code == 403
    assert (await val.put(at, json=given)).status_code == 403
    assert (await chief.delete(at)).status_code == 204
    assert "Rarer" not in {one["name"] for one in (await val.get(READERS)).json()["items"]}
    assert (await chief.delete(at)).status_code == 404
    async with team.system.db.reading(platform(), team.workspace) as tx:
        acts = await tx.rows(
            sql(
                "SELECT act FROM zk_operation WHERE target = {id} AND act LIKE 'grant.%'"
                " ORDER BY seq",
                id=param(team.ids["val"], "text"),
            )
        )
    assert [one[0] for one in acts] == ["grant.given", "grant.taken"]


@pytest.mark.parametrize(
    ("object_", "given", "path"),
    [
        ("boook", {"grant": {"read": "all"}}, "grant.object"),
        ("reader", {"grant": {"raed": "all"}}, "grant.raed"),
        ("reader", {"grant": {"read": "phnoe = 1"}}, "grant.read"),
        ("reader", {"grant": {"fields": {"phnoe": "read"}}}, "grant.fields.phnoe"),
        ("reader", {"grant": {}, "until": "2020-01-01T00:00:00Z"}, "until"),
        ("reader", {"grant": []}, "grant"),
    ],
)
async def test_a_grant_that_makes_no_sense_is_refused(  # noqa: PLR0917 - fixtures and a case
    team: Served, chief: httpx.AsyncClient, object_: str, given: Mapping[str, Any], path: str
) -> None:
    answer = await chief.put(f"{USERS}/{team.ids['val']}/grants/{object_}", json=given)

    assert answer.status_code == 422
    assert any(one.startswith(path) for one, _ in errors(answer)), answer.text


async def test_a_grant_is_over_when_it_is_over(team: Served, chief: httpx.AsyncClient) -> None:
    person = await added(chief, "brief", roles=["volunteer"])
    client = await team.signed_in("brief")
    at = f"{USERS}/{person['id']}/grants/card"
    await chief.put(at, json={"grant": {"read": "all"}})
    assert (await client.get("/api/v1/records/card")).status_code == 200
    async with team.system.db.transaction(platform(), team.workspace) as tx:
        await tx.run(sql("UPDATE zk_personal_grant SET until = now() - interval '1 second'"))
    team.system.viewers.forget(team.workspace)

    assert (await client.get("/api/v1/records/card")).status_code == 403


async def test_two_administrators_do_not_remove_each_other(
    team: Served, chief: httpx.AsyncClient
) -> None:
    people = [await added(chief, f"peer{n}", roles=["admin"]) for n in range(2)]
    clients = [await team.signed_in(f"peer{n}") for n in range(2)]

    answers = await asyncio.gather(
        *(
            client.patch(f"{USERS}/{other['id']}", json={"roles": []})
            for client, other in zip(clients, reversed(people), strict=True)
        )
    )

    assert sorted(one.status_code for one in answers) == [200, 403]


async def test_two_changes_of_managers_make_no_circle(
    team: Served, chief: httpx.AsyncClient
) -> None:
    for round_ in range(5):
        one = await added(chief, f"over{round_}")
        two = await added(chief, f"under{round_}")
        answers = await asyncio.gather(
            chief.patch(f"{USERS}/{one['id']}", json={"manager": two["id"]}),
            chief.patch(f"{USERS}/{two['id']}", json={"manager": one["id"]}),
        )
        assert sorted(one.status_code for one in answers) == [200, 422]


async def test_who_is_taken_out_of_a_tree_sees_less_at_once(
    team: Served, chief: httpx.AsyncClient
) -> None:
    document = role("foreman", objects={"reader": {"read": "departments", "create": True}})
    assert (await chief.put(f"{ROLES}/foreman", json=document)).status_code == 200
    top = (await chief.post("/api/v1/departments", json={"name": "高层"})).json()
    low = (
        await chief.post("/api/v1/departments", json={"name": "低层", "parent": top["id"]})
    ).json()
    foreman = await added(chief, "foreman", roles=["foreman"], departments=[{"id": top["id"]}])
    await added(chief, "worker", roles=["foreman"], departments=[{"id": low["id"]}])
    watching, working = await team.signed_in("foreman"), await team.signed_in("worker")
    assert (await working.post(READERS, json={"name": "Low"})).status_code == 201

    async def seen() -> set[str]:
        return {one["name"] for one in (await watching.get(READERS)).json()["items"]}

    assert await seen() == {"Low"}
    await chief.patch(f"/api/v1/departments/{low['id']}", json={"parent": None})
    assert await seen() == set()
    await chief.patch(f"/api/v1/departments/{low['id']}", json={"parent": top["id"]})
    assert await seen() == {"Low"}
    await chief.patch(f"{USERS}/{foreman['id']}", json={"departments": []})
    assert await seen() == set()


async def test_another_system_hears_of_a_changed_tree_within_a_second(
    team: Served, chief: httpx.AsyncClient, second: System
) -> None:
    top = (await chief.post("/api/v1/departments", json={"name": "远方"})).json()
    person = await added(chief, "remote", roles=["volunteer"], departments=[{"id": top["id"]}])
    own = await team.signed_in("remote")
    secret = own.cookies["zhike_session"]

    async def known() -> Any:
        return await second.viewers.by_token(team.workspace, secret)

    before = await known()
    await chief.patch(f"{USERS}/{person['id']}", json={"departments": [], "roles": ["librarian"]})
    for _ in range(50):
        after = await known()
        if after.viewer.departments == ():
            break
        await asyncio.sleep(0.02)
    await chief.delete(f"{USERS}/{person['id']}/sessions")
    for _ in range(50):
        gone = await known()
        if gone is None:
            break
        await asyncio.sleep(0.02)

    assert [str(one) for one in before.viewer.departments] == [top["id"]]
    assert (after.viewer.departments, after.viewer.roles) == ((), {"librarian"})
    assert gone is None
