"""The built desk over HTTP, and what it is told of the workspace."""

import gzip
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from tests.served import Served

from zhike.doors.http.desk import desk

SCRIPT = b"console.log(1)\n" * 200


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "loose").mkdir()
    (tmp_path / "index.html").write_bytes(b"<!doctype html><p>desk")
    (tmp_path / "assets" / "main-1a2b.js").write_bytes(SCRIPT)
    (tmp_path / "loose" / "icon.svg").write_bytes(b"<svg/>")
    (tmp_path / "loose" / "worker.js").write_bytes(b"self")
    return tmp_path


def client(built: Path) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(desk(built))
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://desk.test")


async def test_every_address_of_the_app_is_the_same_page(built: Path) -> None:
    async with client(built) as asking:
        pages = [
            await asking.get(path)
            for path in (
                "/",
                "/sign-in",
                "/desk",
                "/desk/customer/1/x",
                "/workshop",
                "/workshop/a/b",
                "/me",
            )
        ]

    assert {page.content for page in pages} == {b"<!doctype html><p>desk"}
    assert {page.headers["cache-control"] for page in pages} == {"no-cache"}


async def test_a_file_with_its_hash_in_its_name_is_kept_for_ever(built: Path) -> None:
    async with client(built) as asking:
        script = await asking.get("/assets/main-1a2b.js")
        icon = await asking.get("/loose/icon.svg")

    assert "immutable" in script.headers["cache-control"]
    assert script.headers["content-type"].startswith("text/javascript")
    assert (icon.headers["cache-control"], icon.headers["content-type"]) == (
        "no-cache",
        "image/svg+xml",
    )


async def test_only_the_worker_may_work_for_every_page(built: Path) -> None:
    async with client(built) as asking:
        worker = await asking.get("/loose/worker.js")
        icon = await asking.get("/loose/icon.svg")

    assert worker.headers["service-worker-allowed"] == "/"
    assert worker.headers["cache-control"] == "no-cache"
    assert "service-worker-allowed" not in icon.headers


async def test_it_travels_packed_to_who_can_unpack_it(built: Path) -> None:
    async with client(built) as asking:
        packed = await asking.get("/assets/main-1a2b.js", headers={"accept-encoding": "gzip"})
        plain = await asking.get("/assets/main-1a2b.js", headers={"accept-encoding": ""})

    assert packed.content == plain.content == SCRIPT
    assert int(packed.headers["content-length"]) == len(gzip.compress(SCRIPT, 9, mtime=0))
    assert "content-encoding" not in plain.headers


async def test_who_has_it_already_is_told_so(built: Path) -> None:
    async with client(built) as asking:
        first = await asking.get("/desk")
        again = await asking.get("/desk", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


async def test_what_is_not_there_is_a_problem(library: Served) -> None:
    async with library.client() as stranger:
        answers = [
            await stranger.get(path)
            for path in ("/assets/none.js", "/api/v1/none", "/api/v1/desk", "/none")
        ]

    assert [one.status_code for one in answers] == [404] * 4
    assert {one.headers["content-type"] for one in answers} == {"application/problem+json"}


async def test_a_page_may_load_only_what_is_served_here(library: Served) -> None:
    async with library.client() as stranger:
        page = await stranger.get("/desk/book")

    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


async def test_objects_are_told_as_the_asker_may_know_them(lin: httpx.AsyncClient) -> None:
    told = {one["key"]: one for one in (await lin.get("/api/v1/objects")).json()["items"]}
    reader = {one["key"]: one for one in told["reader"]["fields"]}

    assert "balance" not in reader
    assert reader["phone"]["level"] == "masked"
    assert (reader["name"]["level"], reader["name"]["update"]) == ("write", True)
    assert [one["key"] for one in reader["grade"]["options"]] == ["普通", "银卡", "金卡"]
    assert not told["book"]["may"]["delete"]
    assert {"key": "loans", "object": "loan", "field": "reader", "label": "借阅"} in told["reader"][
        "relations"
    ]


async def test_a_formula_is_told_without_what_it_is_made_of(ada: httpx.AsyncClient) -> None:
    answer = await ada.get("/api/v1/objects")

    assert "price * 2" not in answer.text
    assert '"worth"' in answer.text


async def test_labels_are_told_in_the_language_asked_for(ada: httpx.AsyncClient) -> None:
    answer = await ada.get("/api/v1/objects", headers={"accept-language": "en"})
    told = answer.json()["items"]

    assert "Book" in {one["label"] for one in told}
