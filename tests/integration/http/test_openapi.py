"""The OpenAPI document: what is there, to those who may use it."""

from typing import Any

import httpx
from tests.served import Served


async def document(client: httpx.AsyncClient, language: str = "zh") -> dict[str, Any]:
    answer = await client.get("/api/v1/openapi.json", headers={"accept-language": language})
    assert answer.status_code == 200, answer.text
    return answer.json()


def operations(api: dict[str, Any]) -> set[tuple[str, str]]:
    return {(method, path) for path, methods in api["paths"].items() for method in methods}


async def test_it_offers_what_the_asker_may_do(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    everything = operations(await document(ada))
    some = operations(await document(lin))
    few = operations(await document(vic))

    assert everything > some > few
    assert {
        ("delete", "/api/v1/records/book/{id}"),
        ("put", "/api/v1/config/{kind}/{key}"),
        ("post", "/api/v1/users"),
    } <= everything - some
    assert ("post", "/api/v1/records/book") in some - few
    assert ("get", "/api/v1/records/book") in few
    assert ("post", "/api/v1/identity/{object}/runs") in everything - few


async def test_it_shows_fields_as_the_asker_sees_them(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    full = (await document(ada))["components"]["schemas"]
    seen = (await document(lin))["components"]["schemas"]

    assert "balance" in full["reader"]["properties"]
    assert "balance" not in seen["reader"]["properties"]
    assert "balance" not in seen["reader_change"]["properties"]
    assert seen["reader"]["properties"]["phone"]["readOnly"]
    assert "phone" not in seen["reader_change"]["properties"]
    assert full["book_new"]["required"] == ["title"]
    assert full["book_new"]["properties"]["genre"]["enum"][:2] == ["小说", "历史"]
    assert "worth" not in full["book_new"]["properties"]


async def test_it_speaks_both_languages(ada: httpx.AsyncClient) -> None:
    chinese, english = await document(ada), await document(ada, "en")

    assert chinese["components"]["schemas"]["book"]["title"] == "图书"
    assert english["components"]["schemas"]["book"]["title"] == "Book"


async def test_it_follows_the_configuration(ada: httpx.AsyncClient) -> None:
    shelf = {
        "kind": "object", "key": "poster", "label": "海报",
        "fields": [{"key": "name", "kind": "text", "label": "名称"}],
    }  # fmt: skip
    await ada.put("/api/v1/config/object/poster", json=shelf)

    assert "/api/v1/records/poster/{id}" in (await document(ada))["paths"]


async def test_every_reference_leads_somewhere(ada: httpx.AsyncClient) -> None:
    api = await document(ada)

    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
            return own.union(*(references(one) for one in value.values()))
        if isinstance(value, list):
            return set().union(*(references(one) for one in value))
        return set()

    known = {f"#/components/schemas/{name}" for name in api["components"]["schemas"]}
    assert references(api["paths"]) <= known
    ids = [one["operationId"] for methods in api["paths"].values() for one in methods.values()]
    assert len(ids) == len(set(ids))


async def test_the_page_that_shows_it_is_for_everybody(library: Served) -> None:
    page = await library.client().get("/api/docs")

    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
