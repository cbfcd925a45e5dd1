"""What administrators do is noted: before and after, from where and why."""

from urllib.parse import quote

import httpx
from tests.integration.trail.conftest import Notes
from tests.served import Served

BADGE = {"kind": "view", "key": "badges", "object": "member", "label": "名牌", "select": ["name"]}


async def test_a_document_is_noted_with_what_it_said_before_and_why(
    club: Served, notes: Notes
) -> None:
    ada = await club.signed_in("ada")
    place = "/api/v1/config/view/badges"
    why = {"x-reason": quote("年会需要")}

    await ada.put(place, json=BADGE, headers=why)
    await ada.put(place, json={**BADGE, "select": ["name", "phone"]})
    await ada.post(f"{place}/versions/1/restore")
    await ada.delete(place)

    entries = await notes.of("document.", target="badges")
    assert [(one["act"], one["object"]) for one in entries] == [
        ("document.added", "view"),
        ("document.changed", "view"),
        ("document.changed", "view"),
        ("document.restored", "view"),
        ("document.removed", "view"),
    ]
    first, second, *_, last = entries
    assert (first["old"], first["new"]["select"]) == (None, ["name"])
    assert (second["old"]["select"], second["new"]["select"]) == (["name"], ["name", "phone"])
    assert (last["old"]["select"], last["new"]) == (["name"], None)
    assert (first["name"], first["ip"], first["reason"]) == ("Ada", "10.1.2.3", "年会需要")
    assert first["request"]


async def test_documents_applied_together_are_noted_one_by_one(club: Served, notes: Notes) -> None:
    ada = await club.signed_in("ada")
    documents = [{**BADGE, "key": "cards"}, {**BADGE, "key": "lists"}]

    answer = await ada.post("/api/v1/config/apply", json={"documents": documents})

    assert answer.status_code == 200, answer.text
    for key in ("cards", "lists"):
        (entry,) = await notes.of("document.added", target=key)
        assert entry["new"]["key"] == key


async def test_what_was_refused_is_not_noted_as_done(club: Served, notes: Notes) -> None:
    ada = await club.signed_in("ada")

    answer = await ada.put(
        "/api/v1/config/view/wrong", json={**BADGE, "key": "wrong", "object": "nobody"}
    )

    assert answer.status_code == 422
    assert await notes.of("document.", target="wrong") == []


async def test_a_first_furnishing_is_one_entry(notes: Notes) -> None:
    (entry,) = await notes.of("app.installed")

    assert entry["source"] == "system"


async def test_an_import_is_noted_when_it_starts(
    club: Served, tess: httpx.AsyncClient, notes: Notes
) -> None:
    files = {"file": ("会员.csv", "姓名,电话\n王小明,13800000001\n".encode(), "text/csv")}
    draft = (await tess.post("/api/v1/imports", files=files, data={"object": "member"})).json()

    answer = await tess.post(f"/api/v1/imports/{draft['id']}/start")

    assert answer.status_code == 202, answer.text
    (entry,) = await notes.of("import.started", target=draft["id"])
    assert (entry["label"], entry["new"]["object"], entry["ip"]) == (
        "会员.csv",
        "member",
        "10.1.2.3",
    )
