"""The product through somebody else's eyes: what they see, nothing else, and nothing done."""

from typing import Any

import httpx
import pytest
from tests.served import Served

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

VIEW_AS = "/api/v1/access/view-as"


@pytest.fixture
async def builder(library: Served) -> httpx.AsyncClient:
    """A session of the administrator of its own, for it is changed."""
    return await library.signed_in("ada")


@pytest.fixture(scope="module")
async def vic_id(library: Served, ada: httpx.AsyncClient) -> str:
    users = (await ada.get("/api/v1/users")).json()["items"]
    return str(next(one["id"] for one in users if one["login"] == "vic"))


async def names(client: httpx.AsyncClient) -> set[str]:
    listed = await client.get("/api/v1/records/reader", params={"limit": 1000, "select": "name"})
    return {one["name"] for one in listed.json()["items"]}


async def test_one_sees_what_the_other_sees(
    builder: httpx.AsyncClient, vic: httpx.AsyncClient, vic_id: str
) -> None:
    await builder.post("/api/v1/records/reader", json={"name": "维克管的", "owner": vic_id})
    await builder.post("/api/v1/records/reader", json={"name": "艾达管的"})
    whole = await names(builder)

    begun = await builder.post(VIEW_AS, json={"user": vic_id})
    assert begun.status_code == 200, begun.text

    assert await names(builder) == await names(vic) < whole
    me = (await builder.get("/api/v1/me")).json()
    assert (me["user"]["id"], me["configure"], bool(me["seen_by"])) == (vic_id, False, True)
    assert me["zone"] == "Asia/Shanghai"
    asked = await builder.post("/api/v1/records/reader/query", json={"limit": 1})
    assert asked.status_code == 200

    assert (await builder.delete(VIEW_AS)).status_code == 204
    assert await names(builder) == whole


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/records/reader", {"name": "neu"}),
        ("PATCH", "/api/v1/records/reader", {"ids": [], "set": {"name": "x"}}),
        ("POST", "/api/v1/me/password", {"old": "a", "new": "b"}),
        ("GET", "/api/v1/me/sessions", None),
        ("GET", "/api/v1/api-keys", None),
        ("POST", "/api/v1/api-keys", {"name": "mine"}),
        ("POST", "/api/v1/exports", {"object": "reader"}),
        ("PUT", "/api/v1/config/view/x", {}),
        ("GET", "/api/v1/config/role", None),
    ],
)
async def test_there_is_nothing_but_looking(  # noqa: PLR0917
    builder: httpx.AsyncClient, vic_id: str, method: str, path: str, body: Any
) -> None:
    await builder.post(VIEW_AS, json={"user": vic_id})

    answer = await builder.request(method, path, json=body)

    assert answer.status_code == 403, answer.text


async def test_it_is_noted(library: Served, builder: httpx.AsyncClient, vic_id: str) -> None:
    await builder.post(VIEW_AS, json={"user": vic_id}, headers={"x-reason": "%E6%8E%92%E6%9F%A5"})
    await builder.delete(VIEW_AS)

    async with library.system.db.reading(platform(), library.workspace) as tx:
        noted = await tx.rows(
            sql(
                "SELECT act, reason FROM zk_operation WHERE target = {id}"
                " ORDER BY seq DESC LIMIT 2",
                id=param(vic_id, "text"),
            )
        )
    assert noted == [("view.ended", ""), ("view.begun", "排查")]


async def test_only_builders_look_so(
    library: Served, lin: httpx.AsyncClient, ada: httpx.AsyncClient, vic_id: str
) -> None:
    for login in ("lin", "vic", "reg"):
        client = await library.signed_in(login)
        assert (await client.post(VIEW_AS, json={"user": vic_id})).status_code == 403
    unknown = "00000000-0000-0000-0000-000000000000"
    builder = await library.signed_in("ada")
    assert (await builder.post(VIEW_AS, json={"user": unknown})).status_code == 404


async def test_everybody_is_told_whether_they_may_look(
    ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    powers = ("write_roles", "view_as")

    told = [(await one.get("/api/v1/me")).json() for one in (ada, vic)]

    assert [[one[name] for name in powers] for one in told] == [[True] * 2, [False] * 2]
