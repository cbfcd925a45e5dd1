"""Who asks: signing in and out, keys, what one may do."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest
from tests.served import PASSWORD, Served

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform
from zhike.store.accounts import QUERIES

LOGIN = "/api/v1/auth/login"
ME = "/api/v1/me"
PATIENCE_SECONDS = 60.0


@pytest.mark.parametrize(
    "path",
    ["/me", "/users", "/departments", "/roles", "/api-keys", "/records/book", "/config/role",
             "/openapi.json", f"/imports/{UUID(int=0)}", f"/files/{UUID(int=0)}"],
)  # fmt: skip
async def test_a_stranger_sees_nothing(library: Served, path: str) -> None:
    answer = await library.client().get(f"/api/v1{path}")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["code"] == "unauthenticated"


async def test_a_wrong_password_and_an_unknown_login_answer_alike(library: Served) -> None:
    client = library.client()

    wrong = await client.post(LOGIN, json={"login": "lin", "password": "nonsense"})
    unknown = await client.post(LOGIN, json={"login": "nobody", "password": "nonsense"})

    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.json() == unknown.json()
    assert "set-cookie" not in wrong.headers


async def test_signing_in_sets_a_cookie_that_scripts_cannot_read(library: Served) -> None:
    given = {"login": "lin", "password": PASSWORD}

    plain = await library.client().post(LOGIN, json=given)
    secure = await library.client(x_forwarded_proto="https").post(LOGIN, json=given)

    assert plain.json()["user"]["login"] == "lin"
    cookie = plain.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "secure" not in cookie
    assert "secure" in secure.headers["set-cookie"].lower()


async def test_me_says_what_may_be_done(lin: httpx.AsyncClient) -> None:
    said = (await lin.get(ME)).json()

    assert said["user"]["login"] == "lin"
    assert said["roles"] == ["librarian"]
    assert [one["name"] for one in said["departments"]] == ["大厅"]
    assert (said["people"], said["configure"]) == (False, False)
    reader = said["objects"]["reader"]
    assert reader["create"]
    assert not reader["export"]
    assert reader["fields"]["phone"] == "masked"
    assert "balance" not in reader["fields"]


async def test_signing_out_ends_the_session_everywhere(library: Served) -> None:
    client = await library.signed_in("lin")
    cookie = client.cookies["zhike_session"]

    assert (await client.post("/api/v1/auth/logout")).status_code == 204

    again = library.client()
    again.cookies.set("zhike_session", cookie)
    answer = await again.get(ME)
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "signed_out"


async def test_a_key_acts_as_its_owner_until_it_is_revoked(
    library: Served, lin: httpx.AsyncClient
) -> None:
    made = (await lin.post("/api/v1/api-keys", json={"name": "scanner"})).json()
    bearer = library.client(authorization=f"Bearer {made['key']}")

    assert made["key"].startswith("zk_")
    assert made["key"].startswith(made["prefix"])
    assert (await bearer.get(ME)).json()["user"]["login"] == "lin"
    listed = (await lin.get("/api/v1/api-keys")).json()["items"]
    assert [one["name"] for one in listed if one["id"] == made["id"]] == ["scanner"]
    assert all("key" not in one for one in listed)

    assert (await lin.delete(f"/api/v1/api-keys/{made['id']}")).status_code == 204
    assert (await bearer.get(ME)).status_code == 401


async def test_a_key_is_kept_as_a_hash_only(library: Served, lin: httpx.AsyncClient) -> None:
    key = (await lin.post("/api/v1/api-keys", json={"name": "hash"})).json()["key"]

    async with library.system.db.reading(platform(), library.workspace) as tx:
        rows = await tx.rows(
            sql("SELECT name, prefix, encode(secret, 'escape') FROM zhike.api_key")
        )

    assert all(key not in str(row) for row in rows)


async def test_a_key_expires(library: Served, lin: httpx.AsyncClient) -> None:
    soon = datetime.now(UTC) + timedelta(milliseconds=300)
    given = {"name": "short", "expires_at": soon.isoformat()}
    key = (await lin.post("/api/v1/api-keys", json=given)).json()["key"]
    bearer = library.client(authorization=f"Bearer {key}")

    first = await bearer.get(ME)
    assert first.status_code == 200 or datetime.now(UTC) >= soon
    await asyncio.sleep(0.35)
    assert (await bearer.get(ME)).status_code == 401


async def test_somebody_elses_key_is_none_of_mine(
    lin: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    made = (await lin.post("/api/v1/api-keys", json={"name": "mine"})).json()

    assert (await vic.delete(f"/api/v1/api-keys/{made['id']}")).status_code == 404
    listed = (await vic.get("/api/v1/api-keys")).json()["items"]
    assert made["id"] not in {one["id"] for one in listed}


async def test_a_disabled_person_is_out_at_once(library: Served, ada: httpx.AsyncClient) -> None:
    given = {"login": "temp", "name": "Temp", "password": PASSWORD, "roles": ["volunteer"]}
    made = (await ada.post("/api/v1/users", json=given)).json()
    session = await library.signed_in("temp")
    key = (await session.post("/api/v1/api-keys", json={"name": "k"})).json()["key"]
    bearer = library.client(authorization=f"Bearer {key}")
    assert (await bearer.get(ME)).status_code == 200

    await ada.patch(f"/api/v1/users/{made['id']}", json={"active": False})

    assert (await session.get(ME)).status_code == 401
    assert (await bearer.get(ME)).status_code == 401
    given = {"login": "temp", "password": PASSWORD}
    assert (await library.client().post(LOGIN, json=given)).status_code == 401


async def test_another_process_hears_of_it(library: Served, ada: httpx.AsyncClient) -> None:
    given = {"login": "far", "name": "Far", "password": PASSWORD}
    made = (await ada.post("/api/v1/users", json=given)).json()
    session = await library.signed_in("far")
    secret = session.cookies["zhike_session"]
    viewers = library.system.viewers
    assert await viewers.by_token(library.workspace, secret)

    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(
            sql("UPDATE zk_user SET active = false WHERE id = {id}", id=param(made["id"], "uuid"))
        )
        await tx.run(QUERIES["tell_people"](payload=f"{library.workspace} people"))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await viewers.by_token(library.workspace, secret):  # noqa: ASYNC110 - nobody says when
            await asyncio.sleep(0.05)
