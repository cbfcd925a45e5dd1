"""Whoever reads a sensitive field in full is noted; whoever sees the mask is not."""

from typing import Any

import httpx
import pytest
from tests.integration.trail.club import ACCOUNT, IDENTITY, member
from tests.integration.trail.conftest import Notes
from tests.served import Served

from zhike.doors.system import EXPORT

ALL = ["account", "identity"]


async def test_one_record_read_in_full_is_noted_with_who_and_from_where(
    tess: httpx.AsyncClient, notes: Notes
) -> None:
    record = await member(tess, name="张一")
    before = len(await notes.of("sensitive.read"))

    answer = await tess.get(
        f"/api/v1/records/member/{record}", headers={"x-reason": "%E6%A0%B8%E5%AF%B9"}
    )

    assert answer.json()["identity"] == IDENTITY
    (entry,) = (await notes.of("sensitive.read"))[before:]
    assert entry["new"] == {"fields": ALL, "how": "one", "count": 1, "records": [record]}
    assert (entry["object"], entry["target"]) == ("member", record)
    assert (entry["name"], entry["ip"], entry["reason"]) == ("Tess", "10.1.2.3", "核对")


async def test_a_mask_is_not_noted(
    tess: httpx.AsyncClient, cleo: httpx.AsyncClient, notes: Notes
) -> None:
    record = await member(tess, name="张二")
    before = await notes.of("sensitive.read")

    shown = (await cleo.get(f"/api/v1/records/member/{record}")).json()
    await cleo.get("/api/v1/records/member")

    assert shown["identity"] == "110105********002X"
    assert "account" not in shown
    assert await notes.of("sensitive.read") == before


@pytest.mark.parametrize(
    ("select", "fields"),
    [
        ("id,name,identity", ["identity"]),
        ("name,account", ["account"]),
        ("LEFT(identity, 6) AS place", ["identity"]),
        ("born", ["identity"]),
        ("name,phone", None),
        ("name", None),
    ],
)
async def test_a_list_is_noted_once_by_what_it_shows(
    tess: httpx.AsyncClient, notes: Notes, select: str, fields: list[str] | None
) -> None:
    first = await member(tess, name="李一")
    second = await member(tess, name="李二")
    empty = await member(tess, name="李三", identity=None, account=None)
    before = len(await notes.of("sensitive.read"))

    answer = await tess.get(
        "/api/v1/records/member",
        params={"select": select, "order": "-created_at", "limit": "3"},
    )

    assert answer.status_code == 200, answer.text
    entries = (await notes.of("sensitive.read"))[before:]
    if fields is None:
        assert entries == []
        return
    (entry,) = entries
    assert (entry["new"]["fields"], entry["new"]["how"]) == (fields, "list")
    assert set(entry["new"]["records"]) == {first, second}
    assert empty not in entry["new"]["records"]


async def test_values_seen_along_a_lookup_are_noted(tess: httpx.AsyncClient, notes: Notes) -> None:
    record = await member(tess, name="王一")
    await tess.post("/api/v1/records/fine", json={"reason": "逾期", "member": record})
    before = len(await notes.of("sensitive.read"))

    await tess.get("/api/v1/records/fine", params={"select": "reason,member.identity"})

    (entry,) = (await notes.of("sensitive.read"))[before:]
    assert (entry["object"], entry["new"]["fields"]) == ("fine", ["member.identity"])


async def test_values_seen_as_groups_are_noted(tess: httpx.AsyncClient, notes: Notes) -> None:
    await member(tess, name="组一")
    before = len(await notes.of("sensitive.read"))

    answer = await tess.post("/api/v1/records/member/groups", json={"by": "identity"})
    await tess.post("/api/v1/records/member/groups", json={"by": "created_at by month"})

    assert answer.status_code == 200, answer.text
    (entry,) = (await notes.of("sensitive.read"))[before:]
    assert (entry["object"], entry["new"]["how"]) == ("member", "groups")
    assert entry["new"]["fields"] == ["identity"]
    assert entry["new"]["count"] == answer.json()["records"]


async def test_related_history_timeline_and_the_past_are_noted(
    tess: httpx.AsyncClient, notes: Notes
) -> None:
    record = await member(tess, name="赵一")
    await tess.post(
        "/api/v1/records/fine", json={"reason": "逾期", "member": record, "paid_from": ACCOUNT}
    )
    base = f"/api/v1/records/member/{record}"
    before = len(await notes.of("sensitive.read"))

    for path in ("/related/fines", "/history", "/timeline", "?as_of=2999-01-01T00:00:00Z"):
        answer = await tess.get(base + path)
        assert answer.status_code == 200, answer.text

    entries = (await notes.of("sensitive.read"))[before:]
    assert [(one["object"], one["new"]["how"], one["new"]["fields"]) for one in entries] == [
        ("fine", "related", ["paid_from"]),
        ("member", "history", ALL),
        ("member", "timeline", ["account", "fine.paid_from", "identity"]),
        ("member", "as_of", ALL),
    ]


async def test_an_export_of_sensitive_values_is_noted(
    club: Served, tess: httpx.AsyncClient, notes: Notes
) -> None:
    await member(tess, name="孙一")
    before = len(await notes.of("sensitive.read"))
    query = {"select": ["name", "identity"], "where": 'name = "孙一"'}
    asked = await tess.post(
        "/api/v1/exports", json={"object": "member", "format": "csv", "query": query}
    )

    args = {"workspace": club.workspace, "id": asked.json()["id"]}
    await club.system.jobs.tasks[EXPORT].work(args)

    entries = [
        one for one in (await notes.of("sensitive.read"))[before:] if one["new"]["how"] == "export"
    ]
    (entry,) = entries
    assert (entry["new"]["fields"], entry["new"]["count"]) == (["identity"], 1)
    assert (entry["name"], entry["object"]) == ("Tess", "member")


async def test_an_object_without_sensitive_fields_writes_nothing(
    tess: httpx.AsyncClient, club: Any, notes: Notes
) -> None:
    ada = await club.signed_in("ada")
    before = await notes.of("")

    for path in ("/api/v1/records/book", "/api/v1/records/reader"):
        assert (await ada.get(path)).status_code == 200

    assert await notes.of("") == before
