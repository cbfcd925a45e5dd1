"""Breaking the glass: a way in when nobody can sign in."""

from typing import Any

import httpx
import pytest
from tests.served import CHEAP, PASSWORD, Served, served

from zhike.doors.system import System
from zhike.kernel.sql import sql
from zhike.kernel.viewer import Origin, platform
from zhike.store.accounts import Emergency, Glass, LoginTaken, Passwords, close_emergency

LOGIN = "/api/v1/auth/login"
ME = "/api/v1/me"
USERS = "/api/v1/users"


@pytest.fixture(scope="module")
async def locked(system: System) -> Served:
    return await served(system, "locked")


async def broken(place: Served, *, minutes: int = 30, power: str = "people") -> Emergency:
    snapshot = await place.system.catalog.snapshot(place.workspace)
    glass = Glass(
        roles=snapshot.roles, rules=snapshot.security, passwords=Passwords(CHEAP), power=power
    )
    why = Origin(reason="nobody knows a password any more")
    async with place.system.db.transaction(platform("cli"), place.workspace, why) as tx:
        return await glass.broken(tx, minutes=minutes)


async def signed(place: Served, made: Emergency) -> httpx.Response:
    client = place.client()
    given = {"login": made.login, "password": made.password}
    return await client.post(LOGIN, json=given)


async def rows(place: Served, text: Any) -> list[tuple[Any, ...]]:
    async with place.system.db.reading(platform(), place.workspace) as tx:
        return list(await tx.rows(text))


async def test_who_is_locked_out_gets_in_for_a_while(locked: Served) -> None:
    for _ in range(6):
        await locked.client().post(LOGIN, json={"login": "break-glass", "password": "guess"})
    made = await broken(locked)
    client = locked.client()

    answer = await client.post(LOGIN, json={"login": made.login, "password": made.password})
    me = (await client.get(ME)).json()
    reset = await client.patch(
        f"{USERS}/{locked.ids['ada']}", json={"password": "a fresh beginning", "must_change": True}
    )

    assert answer.status_code == 200
    assert (me["configure"], me["people"]) == (True, True)
    assert reset.status_code == 200
    noted = await rows(
        locked,
        sql(
            "SELECT act, reason, source FROM zk_operation WHERE act LIKE 'break_glass%'"
            " ORDER BY seq DESC LIMIT 1"
        ),
    )
    assert noted == [("break_glass.opened", "nobody knows a password any more", "cli")]
    ways = await rows(
        locked, sql("SELECT outcome, way FROM zk_sign_in WHERE way = 'break_glass' ORDER BY seq")
    )
    assert ways[-2:] == [("opened", "break_glass"), ("signed_in", "break_glass")]
    logs = await rows(locked, sql("SELECT new::text FROM zk_operation"))
    assert made.password not in str(logs)


async def test_the_account_ends_with_its_time_sessions_and_keys_included(locked: Served) -> None:
    made = await broken(locked)
    client = locked.client()
    await client.post(LOGIN, json={"login": made.login, "password": made.password})
    key = (await client.post("/api/v1/api-keys", json={"name": "k"})).json()["key"]
    program = locked.client(authorization=f"Bearer {key}")
    assert (await program.get(ME)).status_code == 200
    async with locked.system.db.transaction(platform(), locked.workspace) as tx:
        await tx.run(sql("UPDATE zhike.account SET ends_at = now() WHERE ends_at IS NOT NULL"))
    locked.system.viewers.forget(locked.workspace)

    assert (await client.get(ME)).status_code == 401
    assert (await program.get(ME)).status_code == 401
    assert (await signed(locked, made)).status_code == 401
    again = await broken(locked)
    assert (await program.get(ME)).status_code == 401
    assert again.password != made.password
    assert (await signed(locked, made)).status_code == 401
    assert (await signed(locked, again)).status_code == 200


async def test_it_can_be_ended_at_once(locked: Served) -> None:
    made = await broken(locked)
    client = locked.client()
    await client.post(LOGIN, json={"login": made.login, "password": made.password})

    async with locked.system.db.transaction(platform("cli"), locked.workspace) as tx:
        closed = await close_emergency(tx)
    async with locked.system.db.transaction(platform("cli"), locked.workspace) as tx:
        twice = await close_emergency(tx)
    locked.system.viewers.forget(locked.workspace)

    assert (closed, twice) == (True, False)
    assert (await client.get(ME)).status_code == 401


async def test_it_counts_as_nobody_who_could_administer(locked: Served) -> None:
    ada = await locked.signed_in("reg")
    made = await broken(locked)
    client = locked.client()
    await client.post(LOGIN, json={"login": made.login, "password": made.password})

    last = await client.patch(f"{USERS}/{locked.ids['ada']}", json={"active": False})

    assert (last.status_code, last.json()["errors"][0]["code"]) == (409, "last_admin")
    assert (await ada.get(ME)).status_code == 200


async def test_a_person_who_is_called_so_is_left_alone(system: System) -> None:
    place = await served(system, "namesake")
    ada = await place.signed_in("ada")
    await ada.post(USERS, json={"login": "Break-Glass", "name": "B", "password": PASSWORD})

    with pytest.raises(LoginTaken):
        await broken(place)


async def test_with_separated_powers_one_of_them_is_had_at_a_time(system: System) -> None:
    place = await served(system, "apart")
    ada = await place.signed_in("ada")
    roles = [
        {"kind": "role", "key": key, "label": {"zh": key}, power: True}
        for key, power in (("system", "configure"), ("guard", "people"), ("auditor", "audit"))
    ]
    await ada.post("/api/v1/config/apply", json={"documents": roles})
    for login, role in (("sys", "system"), ("guard", "guard"), ("aud", "auditor")):
        given = {"login": login, "name": login, "password": PASSWORD, "roles": [role]}
        await ada.post(USERS, json=given)
    apart = [
        {"kind": "role", "key": "admin", "label": {"zh": "管理员"}, "configure": True},
        {"kind": "security", "key": "main", "separation": True},
    ]
    done = await ada.post("/api/v1/config/apply", json={"documents": apart})
    assert done.status_code == 200, done.text

    people, configure = await broken(place), await broken(place, power="configure")

    assert people.roles in {("guard",), ("registrar",)}
    assert configure.roles in {("system",), ("admin",)}
