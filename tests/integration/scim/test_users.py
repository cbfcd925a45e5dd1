"""People over SCIM: a real client, the whole application, what the great directories send."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from scim2_client.engines.asgi import ASGISCIMClient
from scim2_models import SearchRequest
from tests.integration.scim.conftest import key_of
from tests.served import PASSWORD, Served

from zhike.doors.http.scim.models import Email, EnterpriseUser, Manager, Name, Person, PhoneNumber

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
COMPANY = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


async def made(raw: httpx.AsyncClient, login: str, **more: Any) -> dict[str, Any]:
    """Add a person as a directory would."""
    answer = await raw.post("/Users", json={"schemas": [USER], "userName": login, **more})
    assert answer.status_code == 201, answer.text
    said: dict[str, Any] = answer.json()
    return said


async def patched(raw: httpx.AsyncClient, id_: str, *operations: dict[str, Any]) -> httpx.Response:
    return await raw.patch(f"/Users/{id_}", json={"schemas": [PATCH], "Operations": operations})


async def found(raw: httpx.AsyncClient, filter_: str, **more: Any) -> list[str]:
    answer = await raw.get("/Users", params={"filter": filter_, "count": 500, **more})
    assert answer.status_code == 200, answer.text
    return sorted(one["userName"] for one in answer.json()["Resources"])


async def test_a_person_is_added_found_changed_and_put_out_of_service(
    library: Served, scim: ASGISCIMClient, ada: httpx.AsyncClient
) -> None:
    person = Person(
        user_name="wang.xm",
        external_id="ext-1",
        name=Name(family_name="王", given_name="小明"),
        emails=[Email(value="xm@example.com", type="work", primary=True)],
        phone_numbers=[PhoneNumber(value="138 0013 8000", type="mobile")],
        active=True,
    )
    person[EnterpriseUser] = EnterpriseUser(
        employee_number="A-17", department="大厅", manager=Manager(value=library.ids["lin"])
    )

    added = await scim.create(person)
    here = (await ada.get(f"/api/v1/users/{added.id}")).json()
    assert (here["name"], here["login"], here["number"]) == ("王小明", "wang.xm", "A-17")
    assert (here["mobile"], here["manager"]) == ("+86-13800138000", library.ids["lin"])
    assert [(one["name"], one["main"]) for one in here["departments"]] == [("大厅", True)]
    assert here["roles"] == []

    asked = SearchRequest(filter='externalId eq "ext-1" and active eq true')
    listed = await scim.query(Person, query_parameters=asked)
    assert [one.id for one in listed.resources] == [added.id]

    added.display_name = "王大明"
    changed = await scim.replace(added)
    assert (changed.display_name, changed.name.formatted) == ("王大明", "王大明")

    await scim.delete(Person, added.id)
    assert (await ada.get(f"/api/v1/users/{added.id}")).json()["active"] is False
    assert (await ada.get(f"/api/v1/users/{added.id}")).json()["name"] == "王大明"
    listed = await scim.query(
        Person, query_parameters=SearchRequest(filter='userName eq "wang.xm"')
    )
    assert not listed.resources


async def test_who_was_removed_comes_back_as_the_same_without_old_rights(
    raw: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    one = await made(raw, "phoenix", externalId="p-1")
    await ada.patch(f"/api/v1/users/{one['id']}", json={"roles": ["librarian"]})

    assert (await raw.delete(f"/Users/{one['id']}")).status_code == 204
    for method in ("GET", "DELETE", "PUT", "PATCH"):
        gone = await raw.request(method, f"/Users/{one['id']}", json={
            "schemas": [PATCH if method == "PATCH" else USER], "userName": "phoenix",
            "Operations": [{"op": "replace", "path": "active", "value": True}],
        })  # fmt: skip
        assert gone.status_code == 404, (method, gone.text)
    back = await made(raw, "Phoenix", externalId="p-2")

    assert back["id"] == one["id"]
    assert back["active"] is True
    here = (await ada.get(f"/api/v1/users/{one['id']}")).json()
    assert (here["active"], here["roles"]) == (True, [])


async def test_whom_somebody_here_brought_back_the_directory_sees_again(
    raw: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    one = await made(raw, "revenant")
    await raw.delete(f"/Users/{one['id']}")
    await ada.patch(f"/api/v1/users/{one['id']}", json={"active": True})

    assert (await raw.get(f"/Users/{one['id']}")).status_code == 200


async def test_deactivating_ends_sessions_and_keys_at_once(
    library: Served, raw: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    one = await made(raw, "leaver")
    await ada.patch(f"/api/v1/users/{one['id']}", json={"password": PASSWORD})
    session = await library.signed_in("leaver")

    answer = await patched(raw, one["id"], {"op": "Replace", "path": "active", "value": "False"})

    assert answer.json()["active"] is False
    assert (await session.get("/api/v1/me")).status_code == 401


async def test_what_great_directories_send_is_understood(
    raw: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    """Paths with filters, capital verbs, attributes nobody here knows, extensions by URN."""
    one = await made(
        raw, "entra", title="工程师", nickName="E", addresses=[{"type": "work", "country": "CN"}],
        emails=[{"value": "second@example.com"},
                {"value": "first@example.com", "primary": True, "type": "work"}],
        roles=[], userType="Member", locale="zh-CN", preferredLanguage="en-US",
        name={"familyName": "King", "givenName": "Anna", "honorificPrefix": "Dr"},
        **{COMPANY: {"employeeNumber": "4711", "costCenter": "7", "department": "大厅"}},
    )  # fmt: skip
    assert one["displayName"] == "Anna King"
    assert one["emails"] == [{"value": "first@example.com", "type": "work", "primary": True}]
    assert (one["preferredLanguage"], one[COMPANY]["employeeNumber"]) == ("en", "4711")

    answer = await patched(
        raw,
        one["id"],
        {"op": "Add", "path": 'emails[type eq "work"].value', "value": "new@example.com"},
        {"op": "Replace", "path": "name.givenName", "value": "Annabel"},
        {"op": "Add", "path": f"{COMPANY}:employeeNumber", "value": "4712"},
        {"op": "Replace", "path": "title", "value": "Boss"},
        {"op": "Add", "path": 'phoneNumbers[type eq "mobile"].value', "value": "13900139000"},
    )
    said = answer.json()
    assert answer.status_code == 200, answer.text
    assert said["emails"][0]["value"] == "new@example.com"
    assert said["displayName"] == "Annabel King"
    assert said[COMPANY]["employeeNumber"] == "4712"
    assert said["phoneNumbers"][0]["value"] == "+86-13900139000"

    without = await patched(
        raw, one["id"],
        {"op": "replace", "value": {"displayName": "King A.", "active": False}},
        {"op": "remove", "path": f"{COMPANY}:department"},
        {"op": "remove", "path": "emails"},
    )  # fmt: skip
    assert (without.json()["displayName"], without.json()["active"]) == ("King A.", False)
    assert "emails" not in without.json()
    here = (await ada.get(f"/api/v1/users/{one['id']}")).json()
    assert (here["departments"], here["email"]) == ([], None)


async def test_filters_mean_what_they_say(raw: httpx.AsyncClient) -> None:
    for number, (login, mail) in enumerate(
        [("fil.one", "a@fil.example"), ("fil.two", "B@fil.example"), ("fil.three", None)]
    ):
        emails = [{"value": mail, "type": "work"}] if mail else []
        await made(
            raw, login, emails=emails, externalId=f"Fil-{number}", active=login != "fil.two",
            name={"familyName": "O'Neil; --", "givenName": str(number)},
        )  # fmt: skip
    among = 'userName sw "FIL." and '

    asked = {
        f'{among}emails.value eq "A@FIL.example"': ["fil.one"],
        f'{among}emails[type eq "work" and value co "b@"]': ["fil.two"],
        f'{among}emails[type eq "home"]': [],
        f"{among}not (emails pr)": ["fil.three"],
        f"{among}emails pr": ["fil.one", "fil.two"],
        f"{among}active eq false": ["fil.two"],
        f'{among}externalId eq "fil-0"': [],
        f'{among}externalId eq "Fil-0"': ["fil.one"],
        f'{among}(userName ew "two" or userName ew "three")': ["fil.three", "fil.two"],
        f'{among}emails.value ne "a@fil.example"': ["fil.three", "fil.two"],
        f'{among}name.familyName eq "o\'neil; --"': ["fil.one", "fil.three", "fil.two"],
        f'{among}name.givenName gt "0"': ["fil.three", "fil.two"],
        f'{among}meta.created gt "2100-01-01T00:00:00Z"': [],
        f'{among}meta.lastModified gt "2020-01-01T00:00:00Z"': ["fil.one", "fil.three", "fil.two"],
        f"{among}{COMPANY}:department pr": [],
        f"{among}{COMPANY}:employeeNumber eq null": ["fil.one", "fil.three", "fil.two"],
        f'{among}id eq "nonsense"': [],
        f'{USER}:userName eq "fil.one"': ["fil.one"],
    }  # fmt: skip
    for text, names in asked.items():
        assert await found(raw, text) == names, text


@pytest.mark.parametrize(
    "text",
    ["userName", "userName eq", 'userName xx "a"', 'nobody eq "x"', 'password eq "x"', "((((",
     'active co "t"', "active eq 7", 'meta.created gt "yesterday"', 'userName eq "a" and',
     'emails[value eq "x"', 'groups.value co "a"', 'userName eq "\\u0000"', "not " * 400,
     "userName gt null", '"', "'; DROP TABLE zk_user"],
)  # fmt: skip
async def test_a_filter_that_means_nothing_is_refused(raw: httpx.AsyncClient, text: str) -> None:
    answer = await raw.get("/Users", params={"filter": text})

    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/scim+json"
    assert answer.json()["scimType"] in {"invalidFilter", "invalidPath", "invalidValue"}


async def test_pages_hold_everybody_once(raw: httpx.AsyncClient) -> None:
    names = [f"page.{number:02}" for number in range(7)]
    for name in names:
        await made(raw, name)
    seen: list[str] = []
    for start in (1, 4, 7, 10):
        asked = {"filter": 'userName sw "page."', "startIndex": start, "count": 3}
        page = (await raw.get("/Users", params=asked)).json()
        assert (page["totalResults"], page["startIndex"]) == (7, start)
        seen += [one["userName"] for one in page.get("Resources", [])]

    assert seen == names
    for start, count, many in ((0, 2, 2), (-5, 2, 2), (1, 0, 0), (1, -3, 0), (999, 5, 0)):
        asked = {"filter": 'userName sw "page."', "startIndex": start, "count": count}
        page = (await raw.get("/Users", params=asked)).json()
        assert (page["totalResults"], len(page.get("Resources", []))) == (7, many)


async def test_only_what_is_asked_for_is_shown(raw: httpx.AsyncClient) -> None:
    one = await made(raw, "brief", emails=[{"value": "brief@example.com"}])

    few = (await raw.get(f"/Users/{one['id']}", params={"attributes": "userName"})).json()
    less = (
        await raw.get(f"/Users/{one['id']}", params={"excludedAttributes": "emails,meta"})
    ).json()

    assert few.keys() <= {"schemas", "id", "userName"}
    assert "emails" not in less
    assert less["userName"] == "brief"


async def test_a_change_of_something_older_is_refused(raw: httpx.AsyncClient) -> None:
    one = await made(raw, "versioned")
    at = f"/Users/{one['id']}"
    first = (await raw.get(at)).headers["etag"]

    same = await raw.get(at, headers={"if-none-match": first})
    change = {"schemas": [PATCH], "Operations": [
        {"op": "replace", "path": "displayName", "value": "V"}]}  # fmt: skip
    done = await raw.patch(at, json=change, headers={"if-match": first})
    stale = await raw.patch(at, json=change, headers={"if-match": first})
    deleted = await raw.delete(at, headers={"if-match": first})
    now = await raw.delete(at, headers={"if-match": done.headers["etag"]})

    assert (same.status_code, done.status_code) == (304, 200)
    assert done.headers["etag"] == done.json()["meta"]["version"] != first
    assert (stale.status_code, deleted.status_code, now.status_code) == (412, 412, 204)


async def test_names_and_ids_are_unique(raw: httpx.AsyncClient) -> None:
    await made(raw, "unique", externalId="u-1")

    login = await raw.post("/Users", json={"schemas": [USER], "userName": "UNIQUE"})
    outer = await raw.post(
        "/Users", json={"schemas": [USER], "userName": "other", "externalId": "u-1"}
    )

    for answer in (login, outer):
        assert answer.status_code == 409, answer.text
        assert answer.json()["scimType"] == "uniqueness"
        assert answer.json()["status"] == "409"
    assert await found(raw, 'userName eq "other"') == []


@pytest.mark.parametrize(
    "given",
    [{}, [], "x", {"schemas": [USER]}, {"schemas": [USER], "userName": ""},
     {"schemas": [USER], "userName": 7}, {"schemas": [USER], "userName": "a\u0000"},
     {"schemas": [USER], "userName": "bad", "emails": [{"value": "no mail"}]},
     {"schemas": [USER], "userName": "bad", "phoneNumbers": [{"value": "call me"}]},
     {"schemas": [USER], "userName": "bad", "timezone": "Mars/Olympus"},
     {"schemas": [USER], "userName": "bad", "active": "perhaps"},
     {"schemas": [USER, COMPANY], "userName": "bad", COMPANY: {"department": "无此部门"}},
     {"schemas": [USER, COMPANY], "userName": "bad", COMPANY: {"manager": {"value": "nobody"}}},
     {"schemas": [USER, COMPANY], "userName": "bad", COMPANY: {"manager": {
         "value": str(UUID(int=1))}}},
     {"schemas": [USER], "userName": "x" * 10_000}, {"schemas": [USER], "userName": "  "},
     {"schemas": [USER], "userName": "bad", "displayName": "x" * 10_000},
     {"schemas": ["urn:other"], "userName": "bad"}],
)  # fmt: skip
async def test_nonsense_is_refused_in_the_words_of_scim(raw: httpx.AsyncClient, given: Any) -> None:
    answer = await raw.post("/Users", json=given)

    assert answer.status_code in {400, 404, 409}, answer.text
    assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert await found(raw, 'userName eq "bad"') == []


@pytest.mark.parametrize(
    "operations",
    [[], [{"op": "jump"}], [{"op": "replace", "path": "nobody", "value": 1}],
     [{"op": "replace", "path": "id", "value": "x"}], [{"op": "remove"}],
     [{"op": "remove", "path": "userName"}], [{"op": "add", "path": "emails[", "value": 1}],
     [{"op": "replace", "path": "groups", "value": [{"value": "admin"}]}],
     [{"op": "replace", "value": "text"}], "x", None],
)  # fmt: skip
async def test_a_change_that_means_nothing_changes_nothing(
    raw: httpx.AsyncClient, ada: httpx.AsyncClient, operations: Any
) -> None:
    one = await made(raw, f"still.{uuid4().hex[:8]}")
    sent = {"schemas": [PATCH], "Operations": operations}

    answer = await raw.patch(f"/Users/{one['id']}", json=sent)

    assert answer.status_code in {200, 204, 400}, answer.text
    here = (await ada.get(f"/api/v1/users/{one['id']}")).json()
    assert (here["login"], here["roles"], here["id"]) == (one["userName"], [], one["id"])


async def test_only_a_key_of_who_keeps_people_gets_in(
    library: Served, ada: httpx.AsyncClient, raw: httpx.AsyncClient
) -> None:
    base = httpx.URL("http://zhike.test/scim/v2")
    narrow = await key_of(library, "ada", "book:read")
    lin = await key_of(library, "lin")
    whole = await key_of(library, "ada")
    statuses = []
    for key in ("zk_nonsense", narrow, lin, whole):
        client = library.client(authorization=f"Bearer {key}")
        client.base_url = base
        statuses.append([
            (await client.get(path)).status_code for path in ("/Users", "/Groups", "/Schemas", "/x")
        ])  # fmt: skip
    ada_by_cookie = await ada.get("http://zhike.test/scim/v2/Users")
    stranger = await library.client().get("http://zhike.test/scim/v2/Users")

    assert statuses == [[401] * 4, [403] * 4, [403] * 4, [200, 200, 200, 404]]
    assert ada_by_cookie.status_code == 403
    assert (stranger.status_code, stranger.headers["www-authenticate"]) == (401, "Bearer")
    assert stranger.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


async def test_power_above_the_key_is_out_of_reach(
    library: Served, raw: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    at = f"/Users/{library.ids['ada']}"

    answers = [
        await raw.delete(at),
        await patched(raw, library.ids["ada"], {"op": "replace", "path": "active", "value": False}),
        await patched(raw, library.ids["ada"], {"op": "replace", "path": "userName", "value": "x"}),
    ]

    assert [one.status_code for one in answers] == [403] * 3
    assert (await ada.get("/api/v1/me")).status_code == 200


async def test_what_the_directory_does_stands_in_the_log(
    library: Served, raw: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    one = await made(raw, "logged")
    await patched(raw, one["id"], {"op": "replace", "path": "displayName", "value": "改名"})

    said = (await ada.get(f"/api/v1/users/{one['id']}")).json()
    assert said["name"] == "改名"
    noted = await ada.get("/api/v1/logs/operations", params={"target": one["id"]})
    if noted.status_code == 200:
        acts = [entry["act"] for entry in noted.json()["items"]]
        assert {"user.created", "user.changed"} <= set(acts)


async def test_a_deep_filter_is_no_harm(raw: httpx.AsyncClient) -> None:
    deep = "(" * 900 + 'userName eq "nobody at all"' + ")" * 900

    assert await found(raw, deep) == []


@pytest.mark.parametrize(
    "operation",
    [{"op": "replace", "path": "userName", "value": " "},
     {"op": "replace", "path": "userName", "value": "x" * 101},
     {"op": "replace", "path": "displayName", "value": "x" * 101},
     {"op": "replace", "path": "emails", "value": [{"value": "no mail"}]}],
)  # fmt: skip
async def test_what_does_not_fit_changes_nothing(
    raw: httpx.AsyncClient, operation: dict[str, Any]
) -> None:
    one = await made(raw, f"fit.{uuid4().hex[:8]}")

    answer = await patched(raw, one["id"], operation)

    assert answer.status_code == 400, answer.text
    now = (await raw.get(f"/Users/{one['id']}")).json()
    assert now["meta"]["version"] == one["meta"]["version"]
