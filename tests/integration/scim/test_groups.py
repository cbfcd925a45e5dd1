"""Groups over SCIM are roles: given and taken, within the power of the key."""

import asyncio
from typing import Any

import httpx
import pytest
from scim2_client.engines.asgi import ASGISCIMClient
from scim2_models import SearchRequest
from tests.integration.scim.conftest import key_of
from tests.integration.scim.test_users import PATCH, made
from tests.served import Served

from zhike.doors.http.scim.models import Group

GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"


async def patched(
    client: httpx.AsyncClient, key: str, *operations: dict[str, Any], **headers: str
) -> httpx.Response:
    sent = {"schemas": [PATCH], "Operations": operations}
    return await client.patch(f"/Groups/{key}", json=sent, headers=headers)


async def roles_of(ada: httpx.AsyncClient, id_: str) -> list[str]:
    roles: list[str] = (await ada.get(f"/api/v1/users/{id_}")).json()["roles"]
    return roles


async def test_groups_are_the_roles_there_are(library: Served, scim: ASGISCIMClient) -> None:
    listed = await scim.query(Group)

    assert {one.id for one in listed.resources} >= {"admin", "librarian", "volunteer", "registrar"}
    asked = SearchRequest(filter='displayName eq "馆员"')
    (one,) = (await scim.query(Group, query_parameters=asked)).resources
    assert (one.id, [each.value for each in one.members]) == ("librarian", [library.ids["lin"]])


async def test_a_role_is_given_and_taken(raw: httpx.AsyncClient, ada: httpx.AsyncClient) -> None:
    one, two = await made(raw, "member.one"), await made(raw, "member.two")
    members = [{"value": one["id"]}, {"value": two["id"]}]

    given = await patched(raw, "volunteer", {"op": "Add", "path": "members", "value": members})
    assert given.status_code == 200, given.text
    assert await roles_of(ada, one["id"]) == await roles_of(ada, two["id"]) == ["volunteer"]
    shown = (await raw.get(f"/Users/{one['id']}")).json()["groups"]
    assert [each["value"] for each in shown] == ["volunteer"]
    by_group = await raw.get("/Users", params={"filter": 'groups.value eq "volunteer"'})
    assert {one["id"], two["id"]} <= {each["id"] for each in by_group.json()["Resources"]}

    taken = await patched(
        raw, "volunteer", {"op": "remove", "path": f'members[value eq "{one["id"]}"]'}
    )
    assert taken.status_code == 200, taken.text
    assert (await roles_of(ada, one["id"]), await roles_of(ada, two["id"])) == ([], ["volunteer"])
    with_value = await patched(
        raw, "volunteer", {"op": "Remove", "path": "members", "value": [{"value": one["id"]}]}
    )
    assert with_value.status_code == 200
    assert await roles_of(ada, two["id"]) == ["volunteer"]
    again = await patched(
        raw, "volunteer", {"op": "add", "path": "members", "value": [{"value": two["id"]}]}
    )
    assert again.status_code == 200
    assert await roles_of(ada, two["id"]) == ["volunteer"]


async def test_a_group_is_said_anew(raw: httpx.AsyncClient, ada: httpx.AsyncClient) -> None:
    one = await made(raw, "anew")
    before = (await raw.get("/Groups/volunteer")).json()
    given = {"schemas": [GROUP], "displayName": before["displayName"],
             "members": [*before["members"], {"value": one["id"]}]}  # fmt: skip

    answer = await raw.put("/Groups/volunteer", json=given)

    assert answer.status_code == 200, answer.text
    assert await roles_of(ada, one["id"]) == ["volunteer"]


@pytest.fixture(scope="module")
async def builder(library: Served) -> httpx.AsyncClient:
    """A directory whose key may write roles too: the administrator's."""
    client = library.client(authorization=f"Bearer {await key_of(library, 'ada')}")
    client.base_url = httpx.URL("http://zhike.test/scim/v2")
    return client


async def test_roles_are_not_made_by_who_may_not_write_them(raw: httpx.AsyncClient) -> None:
    answers = [
        await raw.post("/Groups", json={"schemas": [GROUP], "displayName": "新角色"}),
        await raw.delete("/Groups/volunteer"),
        await patched(raw, "volunteer", {"op": "replace", "path": "displayName", "value": "x"}),
    ]
    there = await raw.post("/Groups", json={"schemas": [GROUP], "displayName": "志愿者"})

    assert [one.status_code for one in answers] == [403, 403, 403]
    assert (there.status_code, there.json()["scimType"]) == (409, "uniqueness")
    assert (await raw.get("/Groups/nobody")).status_code == 404


async def test_a_role_is_made_renamed_and_removed(
    builder: httpx.AsyncClient, raw: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    one = await made(raw, "pushed")
    group = {"schemas": [GROUP], "displayName": "巡回书车", "members": [{"value": one["id"]}]}

    new = await builder.post("/Groups", json=group)
    assert new.status_code == 201, new.text
    assert new.headers["location"] == "/scim/v2/Groups/xunhuishuche"
    assert [each["value"] for each in new.json()["members"]] == [one["id"]]
    role = (await ada.get("/api/v1/config/role/xunhuishuche")).json()
    assert role["label"] == {"zh": "巡回书车", "en": "巡回书车"}
    assert not role.get("objects"), "what it grants is said in the configuration"
    assert await roles_of(ada, one["id"]) == ["xunhuishuche"]

    called = {"op": "replace", "path": "displayName", "value": "流动书车"}
    renamed = await patched(builder, "xunhuishuche", called)
    assert (renamed.status_code, renamed.json()["displayName"]) == (200, "流动书车")
    assert (await raw.get("/Groups/xunhuishuche")).json()["displayName"] == "流动书车"

    stale = await builder.delete("/Groups/xunhuishuche", headers={"if-match": 'W/"old"'})
    gone = await builder.delete("/Groups/xunhuishuche")
    assert (stale.status_code, gone.status_code) == (412, 204)
    assert (await raw.get("/Groups/xunhuishuche")).status_code == 404
    assert await roles_of(ada, one["id"]) == []


@pytest.mark.parametrize("name", ["", "  ", "长" * 121, None])
async def test_a_role_has_a_name(builder: httpx.AsyncClient, name: str | None) -> None:
    answer = await builder.post("/Groups", json={"schemas": [GROUP], "displayName": name})

    assert answer.status_code == 400, answer.text


async def test_nothing_is_made_where_a_member_is_nobody(builder: httpx.AsyncClient) -> None:
    group = {"schemas": [GROUP], "displayName": "空想", "members": [{"value": "nobody"}]}

    assert (await builder.post("/Groups", json=group)).status_code == 400
    assert (await builder.get("/Groups/kongxiang")).status_code == 404


async def test_the_last_power_is_not_removed(builder: httpx.AsyncClient) -> None:
    answer = await builder.delete("/Groups/admin")

    assert answer.status_code == 409, answer.text
    assert (await builder.get("/Groups/admin")).status_code == 200


async def test_power_is_not_given_by_who_has_none(
    library: Served, raw: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    one = await made(raw, "climber")
    members = {"op": "add", "path": "members", "value": [{"value": one["id"]}]}

    above = await patched(raw, "admin", members)
    emptied = await patched(raw, "admin", {"op": "remove", "path": "members"})

    assert (above.status_code, emptied.status_code) == (403, 403)
    assert await roles_of(ada, one["id"]) == []
    client = library.client(authorization=f"Bearer {await key_of(library, 'ada')}")
    client.base_url = httpx.URL("http://zhike.test/scim/v2")
    last = await patched(client, "admin", {"op": "remove", "path": "members"})
    assert last.status_code == 409, last.text
    assert await roles_of(ada, library.ids["ada"]) == ["admin"]


@pytest.mark.parametrize("value", ["nobody", "00000000-0000-0000-0000-000000000001", ""])
async def test_a_member_has_to_be_somebody(raw: httpx.AsyncClient, value: str) -> None:
    answer = await patched(
        raw, "volunteer", {"op": "add", "path": "members", "value": [{"value": value}]}
    )

    assert answer.status_code == 400, answer.text
    assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


async def test_a_group_has_a_version(raw: httpx.AsyncClient) -> None:
    one = await made(raw, "group.version")
    first = (await raw.get("/Groups/volunteer")).headers["etag"]
    add = {"op": "add", "path": "members", "value": [{"value": one["id"]}]}

    done = await patched(raw, "volunteer", add, **{"if-match": first})
    stale = await patched(raw, "volunteer", add, **{"if-match": first})

    assert (done.status_code, stale.status_code) == (200, 412)


async def test_two_at_once_lose_nobody(raw: httpx.AsyncClient, ada: httpx.AsyncClient) -> None:
    people = [await made(raw, f"crowd.{number}") for number in range(6)]

    answers = await asyncio.gather(*(
        patched(raw, "volunteer", {"op": "add", "path": "members", "value": [{"value": one["id"]}]})
        for one in people
    ))  # fmt: skip

    assert {one.status_code for one in answers} == {200}
    assert [await roles_of(ada, one["id"]) for one in people] == [["volunteer"]] * 6
