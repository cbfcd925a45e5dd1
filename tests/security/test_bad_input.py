"""Whatever is sent: a problem document below 500, and nothing half-written."""

import json
from typing import Any

import httpx
import pytest
from tests.served import Served

BOOKS = "/api/v1/records/book"
READERS = "/api/v1/records/reader"
JSON = {"content-type": "application/json"}

NASTY = [
    "' OR 1=1 --",
    '"; DROP TABLE book; --',
    "$1",
    "%s",
    "{0.__class__}",
    "${jndi:ldap://x}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "\\",
    '"',
    "😀" * 50,
    "\u202e\u200b",
    "a" * 5000,
    "(" * 500,
    "not " * 500,
    "1 + " * 2000 + "1",
    "{" * 100,
    '"\\u0000"',
]


def told(answer: httpx.Response) -> dict[str, Any]:
    """Give the problem document, which every refusal must be."""
    assert 400 <= answer.status_code < 500, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == answer.status_code
    assert document["title"]
    assert document["detail"]
    assert isinstance(document["errors"], list)
    assert "Traceback" not in answer.text
    return document


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[1,", 400),
        (b'{"title": "\xff\xfe"}', 400),
        (b'{"title": "\\ud800"}', 400),
        (b'{"title": "a\\u0000b"}', 400),
        (b'{"ti\\u0000tle": "a"}', 400),
        (b"NaN", 400),
        (b'{"pages": 1e999}', 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 200 + b"1" + b"}" * 200, 400),
        (b'{"title": ' + b"[" * 70 + b"]" * 70 + b"}", 400),
        (b"null", 422),
        (b'"text"', 422),
        (b"7", 422),
        (b"[1, null]", 422),
        (b'{"title": {"a": 1}}', 422),
        (b'{"title": "x", "pages": "1e400"}', 422),
        (b'{"title": "x", "pages": 99999999999999999999999999999999}', 422),
        (b'{"title": "x", "published": "0000-00-00"}', 422),
        (b'{"title": "x", "tags": [[["deep"]]]}', 422),
        (b'{"title": "x", "id": "7"}', None),
        (b'{"title": "x", "version": 7}', None),
        (b'{"title": "x", "owner": "nobody at all"}', 422),
        (b'{"title": "x", "deleted_at": "2020-01-01T00:00:00Z"}', None),
    ],
)
async def test_a_broken_body_is_told(
    ada: httpx.AsyncClient, body: bytes, status: int | None
) -> None:
    answers = [
        await ada.post(BOOKS, content=body, headers=JSON),
        await ada.post("/api/v1/users", content=body, headers=JSON),
        await ada.post("/api/v1/config/plan", content=body, headers=JSON),
        await ada.post(f"{BOOKS}/query", content=body, headers=JSON),
    ]

    for answer in answers:
        told(answer)
    assert status in {None, answers[0].status_code}


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "a/b"])
async def test_another_media_type_is_told(ada: httpx.AsyncClient, kind: str) -> None:
    for path in (BOOKS, "/api/v1/users"):
        answer = await ada.post(path, content=b'{"title": "x"}', headers={"content-type": kind})

        assert told(answer)["errors"][0]["code"] == "unsupported_media_type"
    for path in ("/api/v1/files", "/api/v1/imports"):
        answer = await ada.post(path, content=b"--x\r\n\r\n", headers={"content-type": kind})

        told(answer)


async def test_a_body_without_end_is_cut_off(ada: httpx.AsyncClient) -> None:
    sent = 0

    async def endless():
        nonlocal sent
        for _ in range(100):
            sent += 1 << 20
            yield b" " * (1 << 20)

    for path in (BOOKS, "/api/v1/users"):
        answer = await ada.post(path, content=endless(), headers=JSON)

        assert told(answer)["status"] == 413
    honest = {**JSON, "content-length": str(1 << 40)}
    assert told(await ada.post(BOOKS, content=b"{}", headers=honest))["status"] == 413


async def test_ten_megabytes_in_one_text_are_told(ada: httpx.AsyncClient) -> None:
    answer = await ada.post(BOOKS, json={"title": "长" * 3_500_000})

    assert told(answer)["errors"][0]["path"] == "title"


@pytest.mark.parametrize("text", NASTY)
async def test_an_injection_is_only_a_text(
    library: Served, ada: httpx.AsyncClient, text: str
) -> None:
    for name in ("select", "where", "order", "cursor", "search", "count", "limit", "view"):
        answer = await ada.get(BOOKS, params={name: text})
        assert answer.status_code < 500, (name, answer.text[:300])
        body = {name: [text] if name in {"select", "order"} else text}
        answer = await ada.post(f"{BOOKS}/query", json=body)
        assert answer.status_code < 500, (name, answer.text[:300])
    for path in (f"{BOOKS}/{text}", f"/api/v1/records/{text}", f"/api/v1/config/{text}/{text}"):
        answer = await ada.get(httpx.URL("http://zhike.test", path=path.replace("\n", "")))
        assert answer.status_code < 500
    kept = await ada.post(BOOKS, json={"title": text, "isbn": text[:50], "tags": [text[:20]]})
    assert kept.status_code < 500, kept.text[:300]
    if kept.status_code == 201:
        assert kept.json()["title"] == " ".join(text.split()) or kept.json()["title"]
    login = {"login": text[:900], "password": text[:900]}
    assert (await library.client().post("/api/v1/auth/login", json=login)).status_code in {401, 429}
    assert (await ada.get(BOOKS)).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "limit=1&limit=2",
        "where=%00",
        "where=%ff%fe",
        "where=%ed%a0%80",
        "limit=-1",
        "limit=1e3",
        "limit=" + "9" * 500,
        "limit=%D9%A1",
        "colour=red",
        "&".join(f"a{n}=1" for n in range(200)),
        "cursor=" + "A" * 50_000,
        "where=" + "%28" * 20_000,
        "select=" + ",".join(["title"] * 500),
        "as_of=1",
        "where=" + json.dumps({"op": "and"}),
    ],
)
async def test_a_broken_query_is_told(ada: httpx.AsyncClient, query: str) -> None:
    url = httpx.URL("http://zhike.test/api/v1/records/book").copy_with(query=query.encode("utf-8"))

    told(await ada.get(url))


async def test_a_path_that_is_none_is_told(ada: httpx.AsyncClient) -> None:
    for method, path, status in [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v2/records/book", 404),
        ("GET", "/nothing", 404),
        ("GET", "/api/v1/records/book/1/2/3/4", 404),
        ("GET", "/api/v1/records", 404),
        ("GET", "/api/v1/records/", 404),
        ("GET", "/api/v1/nothing%0Aat-all", 404),
        ("GET", "/api/v1/users/%0A", 404),
        ("GET", "/nothing%0A", 404),
        ("POST", "/api/v1/records/a%0Ab/transfer", 422),
        ("PUT", "/api/v1/records/book/a%0Ab", 404),
        ("PUT", BOOKS, 405),
        ("DELETE", BOOKS, 405),
        ("DELETE", "/api/v1/users", 405),
        ("POST", "/api/v1/me", 405),
        ("GET", "/api/v1/users/7", 404),
        ("PATCH", "/api/v1/users/7", 404),
    ]:
        answer = await ada.request(method, path, json={} if method in {"PATCH", "PUT"} else None)

        assert told(answer)["status"] == status, path
        assert ("allow" in answer.headers) == (status == 405)


async def test_a_file_is_named_whatever_was_asked_for(ada: httpx.AsyncClient) -> None:
    answer = await ada.get("/api/v1/config/export.yaml", params={"app": "'\x16á}\n\"商机"})

    assert answer.status_code == 200
    assert answer.headers["content-disposition"].isascii()


async def test_messages_follow_the_language_asked_for(ada: httpx.AsyncClient) -> None:
    said = {}
    for language in (
        "",
        "zh-CN",
        "en",
        "en-US,en;q=0.9,zh;q=0.1",
        "fr, *;q=0.1",
        ";;q=,=",
        "zh;q=x",
    ):
        answer = await ada.get("/nothing", headers={"accept-language": language})
        said[language] = told(answer)["title"]

    assert {said["en"], said["en-US,en;q=0.9,zh;q=0.1"]} == {"Not found"}
    assert said["zh-CN"] == "不存在"


async def test_odd_headers_do_no_harm(library: Served, ada: httpx.AsyncClient) -> None:
    odd = [
        ("x-request-id", "a\tb"),
        ("x-request-id", "x" * 500),
        ("accept", "\xff" * 10),
        ("if-match", "\xe9"),
        ("if-none-match", "W/nonsense"),
        ("authorization", "Bearer \xff\xfe"),
        ("authorization", "Bearer"),
        ("authorization", "Basic YTpi"),
        ("cookie", "zhike_session=\xff; =; ;"),
        ("host", "[::1"),
    ]
    for name, value in odd:
        answer = await ada.get(BOOKS, headers=[(name.encode(), value.encode("latin-1"))])
        assert answer.status_code < 500, (name, value, answer.text)


async def test_a_refused_write_leaves_nothing(ada: httpx.AsyncClient) -> None:
    count = f"{READERS}?limit=1&count=exact"
    before = (await ada.get(count)).json()["count"]

    rows = [{"name": f"R{n}"} for n in range(20)] + [{"grade": "none"}]
    answer = await ada.post(f"{READERS}?atomic=true", json=rows)

    assert told(answer)["status"] == 422
    assert (await ada.get(count)).json()["count"] == before
