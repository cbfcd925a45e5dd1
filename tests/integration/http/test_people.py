"""Users, departments and roles over HTTP."""

from uuid import uuid4

import httpx
import pytest
from tests.served import PASSWORD, Served

USERS = "/api/v1/users"
DEPARTMENTS = "/api/v1/departments"


async def test_only_those_who_keep_people_change_them(
    library: Served, lin: httpx.AsyncClient
) -> None:
    other = f"{USERS}/{library.ids['vic']}"

    answers = [
        await lin.post(USERS, json={"login": "x", "name": "X"}),
        await lin.patch(other, json={"name": "X"}),
        await lin.patch(other, json={"password": "long enough"}),
        await lin.patch(f"{USERS}/{library.ids['lin']}", json={"roles": ["admin"]}),
        await lin.post(DEPARTMENTS, json={"name": "X"}),
        await lin.patch(f"{DEPARTMENTS}/{uuid4()}", json={"name": "X"}),
        await lin.delete(f"{DEPARTMENTS}/{uuid4()}"),
    ]

    assert [one.status_code for one in answers] == [403] * len(answers)


async def test_everybody_knows_names_and_nothing_more(
    library: Served, lin: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    few = {"id", "name", "number", "label", "department", "active", "present"}

    listed = (await lin.get(USERS)).json()["items"]
    one = (await lin.get(f"{USERS}/{library.ids['ada']}")).json()
    own = (await lin.get(f"{USERS}/{library.ids['lin']}")).json()
    full = (await ada.get(USERS)).json()["items"]

    assert {frozenset(one) for one in listed} == {frozenset(few)}
    assert set(one) == few
    assert own["login"] == "lin"
    assert {one["login"] for one in full} >= {"ada", "lin", "vic"}
    assert all("password" not in one for one in full)


async def test_a_user_is_added_found_and_changed(ada: httpx.AsyncClient) -> None:
    given = {
        "login": "mia",
        "name": "米娅",
        "number": "A017",
        "mobile": "137 1234 5678",
        "email": "Mia@Example.com",
        "password": "long enough",
        "roles": ["volunteer"],
        "language": "en",
    }
    created = await ada.post(USERS, json=given)
    mia = created.json()
    assert created.status_code == 201
    assert created.headers["location"] == f"{USERS}/{mia['id']}"
    assert (mia["mobile"], mia["active"], mia["roles"]) == ("+86-13712345678", True, ["volunteer"])

    found = (await ada.get(USERS, params={"search": "5678"})).json()["items"]
    assert [one["login"] for one in found] == ["mia"]

    changed = (await ada.patch(f"{USERS}/{mia['id']}", json={"manager": mia["id"]})).json()
    assert changed["errors"][0]["code"] == "manager_cycle"
    changed = (await ada.patch(f"{USERS}/{mia['id']}", json={"number": None})).json()
    assert (changed["number"], changed["name"]) == (None, "米娅")

    again = await ada.post(USERS, json={"login": "MIA", "name": "x"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "login_taken")


async def test_people_come_page_by_page(ada: httpx.AsyncClient) -> None:
    names: list[str] = []
    cursor = None
    while True:
        params = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await ada.get(USERS, params=params)).json()
        assert len(page["items"]) <= 2
        names += [one["login"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert len(names) == len(set(names)) >= 5
    assert (await ada.get(USERS, params={"cursor": "x"})).status_code == 422


async def test_one_may_change_ones_own_password(library: Served, ada: httpx.AsyncClient) -> None:
    await ada.post(USERS, json={"login": "own", "name": "Own", "password": PASSWORD})
    here, elsewhere = await library.signed_in("own"), await library.signed_in("own")
    me = (await here.get("/api/v1/me")).json()["user"]["id"]

    given = {"old": PASSWORD, "new": "something else"}
    bare = await here.patch(f"{USERS}/{me}", json={"password": "something else"})
    short = await here.post("/api/v1/me/password", json={**given, "new": "short"})
    wrong = await here.post("/api/v1/me/password", json={**given, "old": "guessed wrong"})
    changed = await here.post("/api/v1/me/password", json=given)

    assert bare.json()["errors"][0]["code"] == "old_password_needed"
    assert (short.status_code, wrong.status_code) == (422, 403)
    assert short.json()["errors"][0]["path"] == "new"
    assert short.json()["errors"][0]["code"] == "weak_password"
    assert changed.status_code == 204
    assert (await here.get("/api/v1/me")).status_code == 200
    assert (await elsewhere.get("/api/v1/me")).status_code == 401


async def test_the_last_administrator_stays(library: Served, ada: httpx.AsyncClient) -> None:
    me = f"{USERS}/{library.ids['ada']}"

    answers = [
        await ada.patch(me, json={"active": False}),
        await ada.patch(me, json={"roles": ["librarian"]}),
    ]

    assert [one.status_code for one in answers] == [409, 409]
    assert {one.json()["errors"][0]["code"] for one in answers} == {"last_admin"}


async def test_who_keeps_people_gives_no_more_power_than_they_have(library: Served) -> None:
    reg = await library.signed_in("reg")

    answers = [
        await reg.patch(f"{USERS}/{library.ids['vic']}", json={"roles": ["admin"]}),
        await reg.patch(f"{USERS}/{library.ids['ada']}", json={"password": "long enough"}),
        await reg.patch(f"{USERS}/{library.ids['reg']}", json={"roles": ["registrar", "admin"]}),
    ]
    fine = await reg.patch(f"{USERS}/{library.ids['vic']}", json={"number": "V1"})

    assert [one.status_code for one in answers] == [403, 403, 403]
    assert fine.status_code == 200


async def test_departments_form_a_tree(ada: httpx.AsyncClient) -> None:
    top = (await ada.post(DEPARTMENTS, json={"name": "Top"})).json()
    below = (await ada.post(DEPARTMENTS, json={"name": "Below", "parent": top["id"]})).json()

    cycle = await ada.patch(f"{DEPARTMENTS}/{top['id']}", json={"parent": below["id"]})
    itself = await ada.patch(f"{DEPARTMENTS}/{top['id']}", json={"parent": top["id"]})
    used = await ada.delete(f"{DEPARTMENTS}/{top['id']}")
    listed = (await ada.get(DEPARTMENTS)).json()["items"]

    assert [one.status_code for one in (cycle, itself, used)] == [422, 422, 409]
    assert cycle.json()["errors"][0] == {
        "path": "parent", "code": "department_cycle", "message": "部门不能成为自己的下级",
    }  # fmt: skip
    places = {one["name"]: (one["parent"], one["depth"]) for one in listed}
    assert places["Below"] == (top["id"], 1)
    for one in (below, top):
        assert (await ada.delete(f"{DEPARTMENTS}/{one['id']}")).status_code == 204
    assert (await ada.get(f"{DEPARTMENTS}/{top['id']}")).status_code == 404


async def test_a_department_that_records_belong_to_stays(ada: httpx.AsyncClient) -> None:
    place = (await ada.post(DEPARTMENTS, json={"name": "Stacks"})).json()
    book = await ada.post(
        "/api/v1/records/book", json={"title": "Placed", "department": place["id"]}
    )
    assert book.status_code == 201, book.text

    answer = await ada.delete(f"{DEPARTMENTS}/{place['id']}")

    assert answer.status_code == 409
    assert "book" in answer.json()["detail"]


async def test_roles_are_listed_in_the_callers_language(lin: httpx.AsyncClient) -> None:
    chinese = (await lin.get("/api/v1/roles")).json()["items"]
    english = (await lin.get("/api/v1/roles", headers={"accept-language": "en-GB"})).json()["items"]

    assert {one["key"]: one["label"] for one in chinese}["librarian"] == "馆员"
    assert {one["key"]: one["label"] for one in english}["librarian"] == "Librarian"


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"name": "x"}, "login", "missing_member"),
        ({"login": "x", "name": "x", "rolls": []}, "rolls", "unknown_member"),
        ({"login": "", "name": "x"}, "login", "wrong_member"),
        ({"login": "x", "name": None}, "name", "wrong_member"),
        ({"login": "x", "name": "x", "manager": "me"}, "manager", "wrong_member"),
        (
            {"login": "x", "name": "x", "departments": [{"id": 1}]},
            "departments[0].id",
            "wrong_member",
        ),
        ({"login": "x", "name": "x", "roles": ["libarian"]}, "roles", "unknown_role"),
    ],
)  # fmt: skip
async def test_what_is_wrong_with_a_user_has_an_address(
    ada: httpx.AsyncClient, body: object, path: str, code: str
) -> None:
    answer = await ada.post(USERS, json=body)

    assert answer.status_code == 422, answer.text
    assert (path, code) in [(one["path"], one["code"]) for one in answer.json()["errors"]]
