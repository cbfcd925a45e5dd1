"""Passwords by the rules of the workspace, sessions listed and ended, the sign-in log."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest
from tests.served import PASSWORD, Served, served

from zhike.doors.system import System
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform
from zhike.meta import SecuritySpec
from zhike.store.accounts import Attempt, WrongLogin, begin, meant

USERS = "/api/v1/users"
LOGIN = "/api/v1/auth/login"
ME = "/api/v1/me"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36"
)


@pytest.fixture(scope="module")
async def strict(system: System) -> Served:
    """A workspace with rules of its own."""
    return await served(system, "strict")


@pytest.fixture(scope="module")
async def boss(strict: Served) -> httpx.AsyncClient:
    return await strict.signed_in("ada")


@pytest.fixture
async def ruled(boss: httpx.AsyncClient) -> AsyncIterator[Any]:
    """Set the security settings; they are gone afterwards."""

    async def set_(**body: Any) -> None:
        answer = await boss.put("/api/v1/config/security/main", json=body)
        assert answer.status_code == 200, answer.text

    yield set_
    await boss.put("/api/v1/config/security/main", json={})


async def added(boss: httpx.AsyncClient, login: str, **given: Any) -> dict[str, Any]:
    person = {"login": login, "name": login.title(), "password": PASSWORD, **given}
    answer = await boss.post(USERS, json=person)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def entries(library: Served, login: str) -> list[tuple[str, str]]:
    async with library.system.db.reading(platform(), library.workspace) as tx:
        found = await tx.rows(
            sql(
                "SELECT outcome, way FROM zk_sign_in WHERE login = {login} ORDER BY seq",
                login=param(login, "text"),
            )
        )
    return [(outcome, way) for outcome, way in found]


def codes(answer: httpx.Response) -> set[str]:
    return {one["code"] for one in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Sh0rt!", "weak_password"),
        ("all small letters", "plain_password"),
        ("Liminglang-2026x", "telling_password"),
        ("My-wang.ming-1!", "telling_password"),
        ("Passw0rd!123", "common_password"),
        ("Qwertyuiop1!", "common_password"),
        ("A1!A1!A1!A1!", "common_password"),
        ("x" * 257, "weak_password"),
    ],
)
async def test_a_password_obeys_the_rules(
    boss: httpx.AsyncClient, ruled: Any, password: str, code: str
) -> None:
    await ruled(passwords={"least": 10, "classes": 3})
    given = {
        "login": "wang.ming",
        "name": "李明朗",
        "email": "wang.ming@example.com",
        "password": password,
    }

    answer = await boss.post(USERS, json=given)

    assert answer.status_code == 422
    assert code in codes(answer)


async def test_a_first_password_is_good_for_changing_it_only(
    strict: Served, boss: httpx.AsyncClient
) -> None:
    await added(boss, "fresh", must_change=True, roles=["librarian"])
    client = strict.client()

    signed = await client.post(LOGIN, json={"login": "fresh", "password": PASSWORD})
    held = await client.get("/api/v1/records/book")
    me = (await client.get(ME)).json()
    same = await client.post(f"{ME}/password", json={"old": PASSWORD, "new": PASSWORD})
    done = await client.post(f"{ME}/password", json={"old": PASSWORD, "new": "quite another one"})

    assert (signed.status_code, signed.json()["first"], me["first"]) == (
        200,
        "password",
        "password",
    )
    assert "objects" not in me
    assert (held.status_code, codes(held)) == (403, {"password_too_old"})
    assert codes(same) == {"earlier_password"}
    assert done.status_code == 204
    assert (await client.get("/api/v1/records/book")).status_code == 200
    again = await strict.client().post(LOGIN, json={"login": "fresh", "password": PASSWORD})
    assert again.status_code == 401


async def test_earlier_passwords_do_not_come_again(
    strict: Served, boss: httpx.AsyncClient, ruled: Any
) -> None:
    await ruled(passwords={"history": 2})
    await added(boss, "history")
    client = await strict.signed_in("history")

    async def change(old: str, new: str) -> httpx.Response:
        return await client.post(f"{ME}/password", json={"old": old, "new": new})

    first, second, third, fourth = (
        PASSWORD,
        "number two here",
        "number three here",
        "number four here",
    )
    done = [await change(first, second), await change(second, third)]
    refused = [await change(third, one) for one in (first, second, third)]
    done += [await change(third, fourth), await change(fourth, first)]

    assert [one.status_code for one in done] == [204] * 4
    assert [codes(one) for one in refused] == [{"earlier_password"}] * 3


async def test_an_old_password_has_to_be_changed_at_the_next_sign_in(
    strict: Served, boss: httpx.AsyncClient, ruled: Any
) -> None:
    await added(boss, "ancient")
    open_already = await strict.signed_in("ancient")
    async with strict.system.db.transaction(platform(), strict.workspace) as tx:
        await tx.run(
            sql(
                "UPDATE zhike.account SET password_at = now() - interval '91 days'"
                " WHERE login = 'ancient'"
            )
        )
    await ruled(passwords={"days": 90})
    assert (await open_already.get("/api/v1/records/book")).status_code == 403

    signed = await strict.client().post(LOGIN, json={"login": "ancient", "password": PASSWORD})

    assert signed.json()["first"] == "password"


async def test_a_wrong_old_password_counts_like_a_wrong_sign_in(
    strict: Served, boss: httpx.AsyncClient, ruled: Any
) -> None:
    await ruled(sign_in={"failures": 3, "lock_minutes": 1})
    await added(boss, "guessed")
    client = await strict.signed_in("guessed")
    given = {"old": "guess guess", "new": "something new"}

    answers = [await client.post(f"{ME}/password", json=given) for _ in range(4)]
    right = await client.post(f"{ME}/password", json={**given, "old": PASSWORD})

    assert [one.status_code for one in answers] == [403, 403, 403, 429]
    assert right.status_code == 429
    await boss.patch(
        f"{USERS}/{(await client.get(ME)).json()['user']['id']}", json={"password": "set anew here"}
    )
    again = await strict.client().post(
        LOGIN, json={"login": "guessed", "password": "set anew here"}
    )
    assert again.status_code == 200


async def test_two_who_change_one_password_at_once_do_not_both_win(
    strict: Served, boss: httpx.AsyncClient
) -> None:
    await added(boss, "twice")
    clients = [await strict.signed_in("twice") for _ in range(2)]

    answers = await asyncio.gather(
        *(
            one.post(f"{ME}/password", json={"old": PASSWORD, "new": f"another one {number}"})
            for number, one in enumerate(clients)
        )
    )

    assert sorted(one.status_code for one in answers) in ([204, 412], [204, 401], [204, 403])


async def test_sessions_are_listed_and_ended_one_by_one(
    strict: Served, boss: httpx.AsyncClient
) -> None:
    person = await added(boss, "many")
    here = await strict.signed_in("many", user_agent=CHROME)
    there = await strict.signed_in("many", user_agent="curl/8.5.0", x_forwarded_for="1.2.3.4")
    third = await strict.signed_in("many")

    listed = (await here.get(f"{ME}/sessions")).json()["items"]
    current = [one for one in listed if one["current"]]

    assert len(listed) == 3
    assert [one["device"] for one in current] == ["Chrome 126 · Windows"]
    assert current[0]["ip"] == "10.1.2.3"
    assert {one["device"] for one in listed} >= {"curl 8.5.0"}
    assert all("token" not in one for one in listed)
    other = next(one for one in listed if one["device"] == "curl 8.5.0")
    assert (await here.delete(f"{ME}/sessions/{other['id']}")).status_code == 204
    assert (await there.get(ME)).status_code == 401
    assert (await here.delete(f"{ME}/sessions/{other['id']}")).status_code == 404
    assert (await here.delete(f"{ME}/sessions")).status_code == 204
    assert [(await one.get(ME)).status_code for one in (here, third)] == [200, 401]

    keeper = (await boss.get(f"{USERS}/{person['id']}/sessions")).json()["items"]
    assert [one["current"] for one in keeper] == [False]
    assert (await boss.delete(f"{USERS}/{person['id']}/sessions")).status_code == 204
    assert (await here.get(ME)).status_code == 401
    assert await entries(strict, "many") == [
        *[("signed_in", "password")] * 3,
        *[("revoked", "password")] * 3,
    ]


async def test_sessions_of_others_are_nobodys_business(
    strict: Served, boss: httpx.AsyncClient
) -> None:
    lin = await strict.signed_in("lin")
    mine = (await boss.get(f"{ME}/sessions")).json()["items"][0]["id"]

    answers = [
        await lin.get(f"{USERS}/{strict.ids['ada']}/sessions"),
        await lin.delete(f"{USERS}/{strict.ids['ada']}/sessions"),
        await lin.delete(f"{USERS}/{strict.ids['ada']}/sessions/{mine}"),
        await lin.delete(f"{ME}/sessions/{mine}"),
        await boss.get(f"{USERS}/{uuid4()}/sessions"),
    ]

    assert [one.status_code for one in answers] == [403, 403, 403, 404, 404]
    assert (await boss.get(ME)).status_code == 200


async def test_a_session_ends_for_want_of_use(
    strict: Served, boss: httpx.AsyncClient, ruled: Any
) -> None:
    await added(boss, "idle")
    client = await strict.signed_in("idle")
    await ruled(sign_in={"idle_minutes": 10})
    assert (await client.get(ME)).status_code == 200
    async with strict.system.db.transaction(platform(), strict.workspace) as tx:
        await tx.run(
            sql(
                "UPDATE zhike.session SET seen_at = now() - interval '12 minutes' WHERE account ="
                " (SELECT id FROM zhike.account WHERE login = 'idle' AND workspace = 'strict')"
            )
        )
    strict.system.viewers.forget(strict.workspace)

    assert (await client.get(ME)).status_code == 401


async def test_a_session_lasts_as_long_as_the_workspace_says(
    strict: Served, boss: httpx.AsyncClient, ruled: Any
) -> None:
    await added(boss, "short")
    await ruled(sign_in={"session_days": 1})

    signed = await strict.client().post(LOGIN, json={"login": "short", "password": PASSWORD})

    assert "max-age=86400" in signed.headers["set-cookie"].lower()


async def test_every_sign_in_is_noted(strict: Served, boss: httpx.AsyncClient, ruled: Any) -> None:
    await ruled(sign_in={"failures": 3, "lock_minutes": 1})
    await added(boss, "noted")
    client = await strict.signed_in("noted")
    await client.post("/api/v1/auth/logout")
    for _ in range(4):
        await strict.client().post(LOGIN, json={"login": "noted", "password": "nonsense"})
    await strict.client().post(LOGIN, json={"login": "no such one", "password": "nonsense"})

    said = [outcome for outcome, _ in await entries(strict, "noted")]

    assert said == ["signed_in", "signed_out", "wrong", "wrong", "wrong", "locked"]
    assert await entries(strict, "no such one") == [("wrong", "password")]
    async with strict.system.db.reading(platform(), strict.workspace) as tx:
        row = await tx.row(sql("SELECT ip, \"user\" IS NULL FROM zk_sign_in WHERE login = 'noted'"))
        leaked = await tx.value(
            sql("SELECT count(*) FROM zk_operation WHERE new::text LIKE '%sesame%'")
        )
    assert row == ("10.1.2.3", False)
    assert leaked == 0


async def test_what_is_done_to_people_is_noted_with_before_and_after(
    strict: Served, boss: httpx.AsyncClient
) -> None:
    person = await added(boss, "watched", roles=["volunteer"])
    at = f"{USERS}/{person['id']}"
    why = {"x-reason": "%E8%B0%83%E5%B2%97"}
    await boss.patch(at, json={"roles": ["librarian"], "number": "7"}, headers=why)
    await boss.patch(at, json={"number": "7"})
    await boss.patch(at, json={"password": "a word unheard of", "must_change": True})
    made = (await boss.post("/api/v1/api-keys", json={"name": "seen"})).json()
    await boss.delete(f"/api/v1/api-keys/{made['id']}")
    place = (await boss.post("/api/v1/departments", json={"name": "新部门"})).json()
    await boss.patch(f"/api/v1/departments/{place['id']}", json={"name": "旧部门"})
    await boss.delete(f"/api/v1/departments/{place['id']}")

    async def noted(target: str) -> list[Mapping[str, Any]]:
        async with strict.system.db.reading(platform(), strict.workspace) as tx:
            rows = await tx.rows(
                sql(
                    "SELECT act, old::text, new::text, reason, name FROM zk_operation"
                    " WHERE target = {target} ORDER BY seq",
                    target=param(target, "text"),
                )
            )
        return [
            {
                "act": act,
                "old": orjson.loads(old or "null"),
                "new": orjson.loads(new or "null"),
                "reason": reason,
                "name": name,
            }
            for act, old, new, reason, name in rows
        ]

    about = await noted(person["id"])
    assert [one["act"] for one in about] == ["user.created", "user.changed", "password.set"]
    assert about[1]["old"] == {"number": None, "roles": ["volunteer"]}
    assert about[1]["new"] == {"number": "7", "roles": ["librarian"]}
    assert (about[1]["reason"], about[1]["name"]) == ("调岗", "Ada")
    assert about[2]["new"] == {"must_change": True}
    assert "unheard" not in str(about)
    own = [one["act"] for one in await noted(strict.ids["ada"])]
    assert own[-2:] == ["key.created", "key.revoked"]
    acts = [one["act"] for one in await noted(place["id"])]
    assert acts == ["department.created", "department.changed", "department.removed"]


async def test_a_password_that_is_taken_away_meanwhile_opens_nothing(
    strict: Served, boss: httpx.AsyncClient
) -> None:
    """Between the look at a password and the session, somebody sets another one."""
    await added(boss, "slow")
    async with strict.system.db.reading(platform(), strict.workspace) as tx:
        known = await meant(tx, "slow")
    assert known.account is not None
    attempt = Attempt(workspace=strict.workspace, login="slow", ip="10.0.0.9", kept=known.password)
    at = f"{USERS}/{known.account}"
    assert (await boss.patch(at, json={"password": "entirely different"})).status_code == 200

    async with strict.system.db.transaction(platform(), strict.workspace) as tx:
        begun = await begin(tx, known.account, attempt=attempt, rules=SecuritySpec())

    with pytest.raises(WrongLogin):
        begun.opened()
    assert (await entries(strict, "slow"))[-1] == ("wrong", "password")


async def test_who_comes_back_begins_anew(strict: Served, boss: httpx.AsyncClient) -> None:
    person = await added(boss, "comeback")
    own = await strict.signed_in("comeback")
    async with strict.system.db.transaction(platform(), strict.workspace) as tx:
        await tx.run(sql("UPDATE zk_user SET active = false WHERE login = 'comeback'"))
    await boss.patch(f"{USERS}/{person['id']}", json={"active": True})

    assert (await own.get(ME)).status_code == 401
