"""Who is here and who is not: absences, deputies, days of joining and leaving, asked for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.served import PASSWORD, Served

USERS = "/api/v1/users"
READERS = "/api/v1/records/reader"


def moment(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


async def added(ada: httpx.AsyncClient, login: str, **given: Any) -> dict[str, Any]:
    person = {"login": login, "name": login.title(), "password": PASSWORD, **given}
    answer = await ada.post(USERS, json=person)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_person_is_shown_with_the_number(ada: httpx.AsyncClient) -> None:
    numbered = await added(ada, "numbered", name="李明朗", number="A018")
    bare = await added(ada, "bare", name="王芳")

    assert (numbered["label"], bare["label"]) == ("李明朗(A018)", "王芳")


@pytest.mark.parametrize(
    ("start", "end", "present"),
    [(-1, 1, False), (-1, None, False), (-2, -1, True), (1, 2, True), (1, None, True)],
)
async def test_an_absence_counts_while_it_lasts(
    ada: httpx.AsyncClient,
    start: float,
    end: float | None,
    *,
    present: bool,
) -> None:
    login = f"away{start}{end}".replace("-", "m")
    absence = {"from": moment(start), "until": moment(end) if end else None, "reason": "年假"}
    person = await added(ada, login, absence=absence)

    assert person["present"] is present
    absent = (await ada.get(USERS, params={"absent": "true", "limit": 1000})).json()["items"]
    assert (login in {one["login"] for one in absent}) is not present


async def test_records_know_whose_owner_is_here(library: Served, ada: httpx.AsyncClient) -> None:
    deputy = await added(ada, "standin")
    away = await added(ada, "holiday")
    for name, owner in (("Hers", away["id"]), ("His", deputy["id"])):
        given = {"name": name, "owner": owner}
        assert (await ada.post(READERS, json=given)).status_code == 201
    asked = {
        "where": 'not owner.present and owner.name = "Holiday"',
        "select": "name,owner.present,owner.deputy.name",
    }
    assert (await ada.get(READERS, params=asked)).json()["items"] == []

    absence = {"from": moment(-1), "until": moment(1), "deputy": deputy["id"]}
    changed = await ada.patch(f"{USERS}/{away['id']}", json={"absence": absence})

    assert changed.json()["absence"]["deputy"] == deputy["id"]
    found = (await ada.get(READERS, params=asked)).json()["items"]
    assert [one["name"] for one in found] == ["Hers"]
    assert "Standin" in str(found)


async def test_what_is_wrong_with_an_absence_is_said(
    library: Served, ada: httpx.AsyncClient
) -> None:
    person = await added(ada, "wrongly")
    at = f"{USERS}/{person['id']}"

    backwards = {"from": moment(2), "until": moment(1), "deputy": person["id"]}
    said = (await ada.patch(at, json={"absence": backwards})).json()["errors"]
    nobody = {"from": moment(1), "deputy": "00000000-0000-7000-8000-000000000000"}
    unknown = (await ada.patch(at, json={"absence": nobody})).json()["errors"]

    assert {(one["path"], one["code"]) for one in said} == {
        ("absence.until", "absence_backwards"),
        ("absence.deputy", "own_deputy"),
    }
    assert [one["path"] for one in unknown] == ["absence.deputy"]


async def test_one_says_oneself_when_one_is_away(library: Served, ada: httpx.AsyncClient) -> None:
    person = await added(ada, "selfie", roles=["volunteer"])
    own = await library.signed_in("selfie")
    at = f"{USERS}/{person['id']}"
    change = {"absence": {"from": moment(-1)}, "zone": "Europe/Berlin"}

    changed = await own.patch(at, json=change)
    other = await own.patch(f"{USERS}/{library.ids['lin']}", json=change)
    seen = next(
        one
        for one in (await own.get(USERS, params={"search": "selfie"})).json()["items"]
        if one["id"] == person["id"]
    )
    back = await own.patch(at, json={"absence": None, "zone": "Nowhere/Land"})

    assert (changed.status_code, changed.json()["present"]) == (200, False)
    assert changed.json()["zone"] == "Europe/Berlin"
    assert other.status_code == 403
    assert "absence" not in seen
    assert seen["present"] is False
    assert back.json()["errors"][0]["code"] == "unknown_zone"


async def test_who_leaves_is_out_when_the_day_is_over(
    library: Served, ada: httpx.AsyncClient
) -> None:
    person = await added(ada, "leaver", joined_on="2020-03-01")
    own = await library.signed_in("leaver")
    key = (await own.post("/api/v1/api-keys", json={"name": "k"})).json()["key"]
    program = library.client(authorization=f"Bearer {key}")
    at = f"{USERS}/{person['id']}"

    await ada.patch(at, json={"left_on": "2999-12-31"})
    assert (await own.get("/api/v1/me")).status_code == 200
    gone = (await ada.patch(at, json={"left_on": "2020-12-31"})).json()

    assert (gone["active"], gone["present"], gone["joined_on"]) == (False, False, "2020-03-01")
    assert (await own.get("/api/v1/me")).status_code == 401
    assert (await program.get("/api/v1/me")).status_code == 401
    again = {"login": "leaver", "password": PASSWORD}
    assert (await library.client().post("/api/v1/auth/login", json=again)).status_code == 401


async def test_who_is_disabled_left_today_and_may_come_back(ada: httpx.AsyncClient) -> None:
    person = await added(ada, "boomerang")
    at = f"{USERS}/{person['id']}"

    gone = (await ada.patch(at, json={"active": False})).json()
    back = (await ada.patch(at, json={"active": True})).json()

    assert gone["left_on"] is not None
    assert (back["active"], back["left_on"]) == (True, None)


async def test_people_are_found_by_how_their_names_are_read(
    lin: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    await added(ada, "shan", name="单晓晓", number="Z77")

    for search in ("单晓", "shanxiao", "SXX", "z77", "晓(Z7"):
        found = (await lin.get(USERS, params={"search": search})).json()["items"]
        assert [one["name"] for one in found] == ["单晓晓"], search


async def test_people_are_listed_by_place_line_and_role(
    library: Served, ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    top = (await ada.post("/api/v1/departments", json={"name": "总部", "code": "HQ"})).json()
    below = (
        await ada.post("/api/v1/departments", json={"name": "一部", "parent": top["id"]})
    ).json()
    head = await added(ada, "chief", departments=[{"id": top["id"]}], roles=["librarian"])
    await added(ada, "clerk", departments=[{"id": below["id"]}], manager=head["id"])

    async def logins(**params: str) -> set[str]:
        found = await ada.get(USERS, params={"limit": "1000", **params})
        return {one["login"] for one in found.json()["items"]}

    assert await logins(department=top["id"]) == {"chief"}
    assert await logins(department=top["id"], below="true") == {"chief", "clerk"}
    assert await logins(manager=head["id"]) == {"clerk"}
    assert await logins(role="librarian") == {"lin", "chief"}
    own = await library.signed_in("chief")
    assert (await own.get(USERS, params={"manager": head["id"]})).status_code == 200
    assert (await lin.get(USERS, params={"manager": head["id"]})).status_code == 403
    assert (await lin.get(USERS, params={"role": "admin"})).status_code == 403


async def test_a_number_and_a_code_belong_to_one(ada: httpx.AsyncClient) -> None:
    await added(ada, "first1", number="N1")
    again = await ada.post(USERS, json={"login": "second1", "name": "x", "number": "N1"})
    await ada.post("/api/v1/departments", json={"name": "甲", "code": "c-1"})
    twice = await ada.post("/api/v1/departments", json={"name": "乙", "code": "C-1"})

    assert again.json()["errors"][0]["code"] == "number_taken"
    assert twice.json()["errors"][0]["code"] == "code_taken"
