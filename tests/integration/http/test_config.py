"""The configuration over HTTP: what would happen, and the doing and undoing of it."""

from typing import Any

import httpx
import pytest

CONFIG = "/api/v1/config"

SHELF: dict[str, Any] = {
    "kind": "object",
    "key": "shelf",
    "label": {"zh": "书架", "en": "Shelf"},
    "fields": [{"key": "name", "kind": "text", "label": "名称", "required": True}],
}

ROOM_GONE = "field.cabin.room.remove"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/object"),
        ("GET", "/object/book"),
        ("GET", "/object/book/versions"),
        ("GET", "/schemas/object"),
        ("GET", "/proposed/key?label=x"),
        ("PUT", "/object/book"),
        ("DELETE", "/object/book"),
        ("POST", "/object/book/versions/1/restore"),
        ("POST", "/plan"),
        ("POST", "/apply"),
    ],
)
async def test_only_those_who_configure_see_or_change_it(
    lin: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await lin.request(
        method, CONFIG + path, json={} if method in {"PUT", "POST"} else None
    )

    assert answer.status_code == 403, answer.text


async def test_a_plan_says_what_would_happen_and_does_nothing(ada: httpx.AsyncClient) -> None:
    planned = await ada.post(f"{CONFIG}/plan", json={"documents": [SHELF]})

    assert planned.status_code == 200, planned.text
    assert planned.json()["documents"][0]["change"] == "added"
    assert any("shelf" in str(step) for step in planned.json()["steps"])
    assert (await ada.get(f"{CONFIG}/object/shelf")).status_code == 404


async def test_an_object_is_made_used_changed_restored_and_removed(ada: httpx.AsyncClient) -> None:
    created = await ada.put(f"{CONFIG}/object/shelf", json=SHELF)
    assert created.status_code == 200, created.text
    saved = await ada.post("/api/v1/records/shelf", json={"name": "A1"})
    assert saved.status_code == 201

    more = {**SHELF, "fields": [*SHELF["fields"], {"key": "room", "kind": "text", "label": "房间"}]}
    changed = await ada.put(f"{CONFIG}/object/shelf", json=more)
    assert changed.status_code == 200
    at = f"/api/v1/records/shelf/{saved.json()['id']}"
    assert (await ada.patch(at, json={"room": "North"})).json()["room"] == "North"

    versions = (await ada.get(f"{CONFIG}/object/shelf/versions")).json()["items"]
    assert [one["version"] for one in versions] == [2, 1]

    unsure = await ada.post(f"{CONFIG}/object/shelf/versions/1/restore", json={})
    if unsure.status_code == 409:
        assert unsure.json()["errors"][0]["code"] == "not_confirmed"
        steps = [
            one["id"]
            for one in (await ada.post(f"{CONFIG}/plan", json={"documents": [SHELF]})).json()[
                "steps"
            ]
            if one["lossy"]
        ]
        unsure = await ada.post(
            f"{CONFIG}/object/shelf/versions/1/restore", json={"confirm": steps}
        )
    assert unsure.status_code == 200, unsure.text
    assert "room" not in (await ada.get(at)).json()

    gone = await ada.delete(f"{CONFIG}/object/shelf")
    if gone.status_code == 409:
        steps = gone.json()["detail"]
        planned = await ada.post(
            f"{CONFIG}/plan", json={"remove": [{"kind": "object", "key": "shelf"}]}
        )
        ids = ",".join(one["id"] for one in planned.json()["steps"] if one["lossy"])
        gone = await ada.delete(f"{CONFIG}/object/shelf", params={"confirm": ids})
    assert gone.status_code == 200, gone.text
    assert (await ada.get(at)).status_code == 404


async def test_what_was_removed_is_listed_until_it_is_purged(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    cabin = {**SHELF, "key": "cabin", "label": "木屋"}
    wide = {**cabin, "fields": [*SHELF["fields"], {"key": "room", "kind": "text", "label": "房间"}]}
    await ada.put(f"{CONFIG}/object/cabin", json=wide)
    await ada.put(f"{CONFIG}/object/cabin", json=cabin, params={"confirm": ROOM_GONE})

    kept = [
        one
        for one in (await ada.get("/api/v1/removed")).json()["items"]
        if one["object"] == "cabin"
    ]
    assert [(one["field"], one["kind"], one["label"]) for one in kept] == [("room", "text", "房间")]
    for asking in (
        lin.get("/api/v1/removed"),
        lin.delete("/api/v1/removed/cabin", params={"field": "room"}),
    ):
        assert (await asking).status_code == 403

    purged = await ada.delete("/api/v1/removed/cabin", params={"field": "room"})
    again = await ada.delete("/api/v1/removed/cabin", params={"field": "room"})
    in_use = await ada.delete("/api/v1/removed/cabin")

    assert (purged.status_code, again.status_code, in_use.status_code) == (204, 404, 404)
    assert again.json()["errors"][0]["code"] == "nothing_kept"
    left = (await ada.get("/api/v1/removed")).json()["items"]
    assert "cabin" not in {one["object"] for one in left}


async def test_a_document_comes_back_as_it_was_written(ada: httpx.AsyncClient) -> None:
    role = {
        "kind": "role",
        "key": "cleaner",
        "label": {"zh": "保洁", "en": "Cleaner"},
        "objects": {"book": {"read": "all"}},
    }
    await ada.put(f"{CONFIG}/role/cleaner", json=role)

    read = await ada.get(f"{CONFIG}/role/cleaner")
    listed = (await ada.get(f"{CONFIG}/role")).json()["items"]

    assert read.json() == role
    assert list(read.json()) == list(role)
    assert "cleaner" in {one["key"] for one in listed}
    stale = await ada.put(f"{CONFIG}/role/cleaner", json=role, headers={"if-match": '"99"'})
    assert stale.status_code == 412
    assert read.headers["etag"] == '"1"'


async def test_every_problem_of_a_document_has_an_address(ada: httpx.AsyncClient) -> None:
    broken = {
        **SHELF,
        "fields": [
            {"key": "name", "kind": "txt", "label": "名称"},
            {"key": "half", "kind": "formula", "label": "半", "formula": "nam / 2"},
        ],
    }

    answer = await ada.put(f"{CONFIG}/object/shelf", json=broken)
    planned = await ada.post(f"{CONFIG}/plan", json={"documents": [SHELF, broken]})
    wrong = await ada.put(f"{CONFIG}/object/other", json=SHELF)
    unknown = await ada.get(f"{CONFIG}/nonsense")

    assert answer.status_code == 422
    assert any(one["path"].startswith("fields[0]") for one in answer.json()["errors"])
    assert planned.status_code == 422
    assert all(one["path"].startswith("documents[") for one in planned.json()["errors"])
    assert wrong.status_code == 400
    assert unknown.status_code == 404


async def test_administrators_cannot_lock_themselves_out(ada: httpx.AsyncClient) -> None:
    weak = {"kind": "role", "key": "admin", "label": "管理员", "people": True}

    answer = await ada.put(f"{CONFIG}/role/admin", json=weak)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "nobody_left")


@pytest.mark.parametrize("kind", ["object", "role", "view", "match", "app"])
async def test_a_kind_has_a_schema(ada: httpx.AsyncClient, kind: str) -> None:
    schema = (await ada.get(f"{CONFIG}/schemas/{kind}")).json()

    assert schema["properties"]["kind"]


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("供应商", "", "gongyingshang"),
        ("供应商", "gongyingshang,gongyingshang_2", "gongyingshang_3"),
        ("Annual Revenue (RMB)", "", "annual_revenue_rmb"),
        ("2026 目标", "", "x_2026_mubiao"),
        ("负责人 owner", "", "fuzeren_owner"),
        ("Owner", "", "owner_2"),
        ("——", "", "x"),
    ],
)
async def test_a_key_is_proposed_for_a_label(
    ada: httpx.AsyncClient, label: str, taken: str, key: str
) -> None:
    answer = await ada.get(f"{CONFIG}/proposed/key", params={"label": label, "taken": taken})

    assert answer.json() == {"key": key}


async def test_the_configuration_is_taken_along_as_a_file(ada: httpx.AsyncClient) -> None:
    file = await ada.get(f"{CONFIG}/export.yaml")

    assert file.headers["content-type"].startswith("application/yaml")
    read = await ada.post(f"{CONFIG}/read", json={"text": file.text, "name": "all.yaml"})
    documents = read.json()["documents"]
    assert {"kind", "key"} <= documents[0].keys()
    assert "book" in {one["key"] for one in documents if one["kind"] == "object"}
    planned = await ada.post(f"{CONFIG}/plan", json={"documents": documents})
    assert planned.json()["documents"] == []


async def test_a_file_that_cannot_be_read_is_told_by_line(ada: httpx.AsyncClient) -> None:
    answer = await ada.post(f"{CONFIG}/read", json={"text": "kind: object\n- x", "name": "a.yaml"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"].startswith("a.yaml:2")
