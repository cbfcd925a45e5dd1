"""Goes through every door with many keys: each path with every id there is, each body filled in."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import quote

import httpx
import orjson
from tests.security.doors.found import Door
from tests.security.doors.vault import COMPANY, REGISTER

Ids = Mapping[str, Sequence[str]]
"""What may stand in a path, by the name of its parameter or `parameter@noun`."""

WORDS: Ids = {
    "object": ["reader", "book", "loan", "card"],
    "relation": ["loans", "cards", "fans"],
    "log": ["operations", "sign_ins", "sign-ins", "changes"],
    "kind": ["object", "role", "security", "match", "view", "form", "page"],
    "key": ["reader", "book", "wish", "admin", "main", "librarian"],
    "version": ["1"],
    "name": ["secret"],
    "trace": ["AAAA-AAAA-AAAA"],
}
QUESTIONS: Sequence[str] = (
    "",
    "?count=exact",
    "?search=ZX",
    "?deleted=true",
    "?select=remark,isbn,title",
    "?select=phone,balance,name,cards,favourites",
    "?select=reader.name,reader.phone,book.remark,note",
    "?order=balance",
    "?order=remark",
    "?where=balance+%3E+1",
    "?where=remark+is+not+empty",
    "?as_of=2999-01-01T00:00:00Z",
)
BODIES: Mapping[str, Sequence[Any]] = {
    "/query": [{}, {"count": "exact"}, {"select": ["remark"]}, {"where": "balance > 1"}],
    "/groups": [
        {"by": by, "measures": measures}
        for by in ("name", "phone", "remark", "isbn", "title", "reader", "note", "owner", "joined")
        for measures in ([], ["SUM(balance)"], ["MAX(price)"])
    ]
    + [{"by": "balance"}, {"by": "balance by 100"}, {"by": "owner", "deleted": True}],
    "/upsert": [[{"name": "x", "phone": "13987650001"}], [{"isbn": "ZX", "title": "x"}]],
    "/check": [{"name": "x", "phone": "13987650001"}, {"title": "x"}],
    "/reveal": [{"fields": [one], "reason": "x"} for one in ("phone", "isbn", "balance", "remark")],
    "": [{"name": "x"}, [{"name": "x"}], {"title": "x"}],
    "/{id}": [{"note": "x"}, {"joined": "2020-01-01"}],
}
"""For the routes of records, by how their path ends."""
GIVEN: Mapping[str, Sequence[Any]] = {
    "POST /api/v1/notifications/read": [{}, {"ids": ["$mine"]}],
    "PUT /api/v1/notifications/settings": [{"off": ["given"]}, {"off": []}],
    "POST /api/v1/access/explain": [
        {"user": who, "object": obj, "record": record, "field": field, "action": action}
        for who in ("$guest", "$ada")
        for obj, record, field in (
            ("reader", "$mine", "phone"),
            ("reader", "$other", "name"),
            ("reader", "$gone", None),
            ("book", "$book", "remark"),
            ("card", "$card", "number"),
        )
        for action in ("read", "update")
    ],
    "POST /api/v1/exports": [
        {"object": "reader", "format": "csv"},
        {"object": "book", "query": {"select": ["title", "isbn"]}},
        {"object": "book", "query": {"select": ["remark"]}},
        {"object": "card"},
    ],
    "POST /api/v1/views": [
        {"object": "reader", "label": "mine", "select": ["name"], "where": "name is not empty"},
        {"object": "book", "label": "books", "select": ["title"]},
    ],
    "PATCH /api/v1/views/{id}": [{"label": "renamed"}],
    "POST /api/v1/records/{object}/{id}/shares": [
        {"to": {"user": "$ada"}}, {"to": {"role": "librarian"}}, {"to": {"department": "$hall"}},
    ],
    "POST /api/v1/records/{object}/{id}/team": [{"user": "$ada"}],
    "POST /api/v1/records/{object}/share": [
        {"ids": ["$other"], "to": {"user": "$guest"}}, {"ids": ["$mine"], "to": {"user": "$ada"}},
    ],
    "POST /api/v1/views/{id}/shares": [{"to": {"user": "$ada"}}],
    "POST /api/v1/records/{object}/transfer": [{"ids": ["$other"], "to": "$guest"}],
    "POST /api/v1/records/{object}/delete": [
        {"ids": ["$other"], "undo": True}, {"where": "balance > 1", "expected": 99},
    ],
    "POST /api/v1/records/{object}/restore": [{"ids": ["$gone"]}, {"ids": ["$other"]}],
    "POST /api/v1/enrichment/{object}": [
        {"registry": REGISTER, "id": COMPANY, "values": {"phone": "13700000001"}},
    ],
    "POST /api/v1/enrichment/{object}/{id}": [
        {"registry": REGISTER, "id": COMPANY},
        {"registry": REGISTER, "id": COMPANY, "overwrite": ["name", "balance"]},
    ],
    "POST /api/v1/identity/{object}/runs": [{}],
    "POST /api/v1/expressions/check": [
        {"object": "reader", "text": "name"}, {"object": "reader", "text": "balance"},
        {"object": "reader", "text": "phone & name"}, {"object": "card", "text": "number"},
        {"object": "reader", "text": "phone", "record": "$other"},
        {"object": "reader", "text": "name", "documents": [{"kind": "object", "key": "reader"}]},
    ],
    "POST /api/v1/parse": [
        # What somebody pastes comes back to them, so it holds no mark.
        {"object": "reader", "text": "自己的 13612340001"},
        {"object": "book", "text": "ZX"}, {"object": "loan", "text": "note: x"},
    ],
    "POST /api/v1/records/{object}/{id}/merge": [
        {"duplicates": ["$other"]}, {"duplicates": ["$gone"]},
        {"duplicates": ["$also"], "choose": {"balance": "$also"}},
    ],
    "POST /api/v1/records/{object}/{id}/merge/preview": [
        {"duplicates": ["$other"]}, {"duplicates": ["$also"]}, {"duplicates": ["$mine"]},
    ],
    "POST /api/v1/users/{id}/handover/preview": [{}],
    "POST /api/v1/me/passkeys/begin": [{}],
}  # fmt: skip
"""Bodies that a form would send; `$name` is an id of that name."""
PARAMETERS: Mapping[str, Sequence[str]] = {
    "GET /api/v1/enrichment/{object}": [f"?q={quote(COMPANY)}"],
    "GET /api/v1/access/who-can": [
        f"?object={obj}&action=read&record=${name}{field}"
        for obj, name in (("reader", "mine"), ("reader", "other"), ("card", "card"))
        for field in ("", "&field=phone")
    ],
    "GET /api/v1/access/compare": ["?roles=guest,librarian", "?roles=guest,admin"],
    "GET /api/v1/exports": ["", "?of=others"],
}
NEVER = frozenset(
    {
        "POST /api/v1/auth/logout",
        "POST /api/v1/auth/login",
        "POST /api/v1/me/password",
        "DELETE /api/v1/me/sessions",
        "DELETE /api/v1/me/sessions/{id}",
    }
)
"""Whoever goes through these cannot go on; they have tests of their own."""
RECORDS = "/api/v1/records/{object}"
NULL = {"type": "null"}
NAME = re.compile(r"\$([a-z]+)")
HOLE = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was answered at a door."""

    door: Door
    asked: str
    status: int
    content: bytes


async def driven(
    client: httpx.AsyncClient, doors: Sequence[Door], ids: Ids, **headers: str
) -> AsyncIterator[Told]:
    """Go through some doors in every way; streams are left after their first piece."""
    for door in doors:
        if str(door) in NEVER:
            continue
        for path in paths(door, ids):
            for body in bodies(door, ids):
                yield await _asked(client, door, path, body, headers=headers)


async def _asked(
    client: httpx.AsyncClient, door: Door, path: str, body: Any, *, headers: dict[str, str]
) -> Told:
    more: dict[str, Any] = {}
    if door.form:
        more = {"files": {"file": ("x.csv", b"\xe5\xa7\x93\xe5\x90\x8d\nx\n")},
                "data": {"object": "reader"}}  # fmt: skip
    elif body is not None:
        more = {"json": body}
    answer = await client.request(door.method, path, headers=headers, **more)
    return Told(
        door=door, asked=f"{door.method} {path} {body or ''}", status=answer.status_code,
        content=answer.content + str(sorted(answer.headers.items())).encode(),
    )  # fmt: skip


def paths(door: Door, ids: Ids) -> Iterator[str]:
    """Give a door's path with everything that may stand in it."""
    names = HOLE.findall(door.path)
    noun = door.path.removeprefix("/api/v1/").split("/")[0]
    known = {**WORDS, **ids}
    pools = [known.get(f"{name}@{noun}") or known.get(name) or ids["id"] for name in names]
    for values in product(*pools):
        path = door.path
        for name, value in zip(names, values, strict=True):
            path = path.replace(f"{{{name}}}", str(value), 1)
        yield from (_named(path + one, ids) for one in PARAMETERS.get(str(door), [""]))
        plain = door.path in {RECORDS, f"{RECORDS}/{{id}}/related/{{relation}}"}
        if door.method == "GET" and (plain or door.path == f"{RECORDS}/{{id}}"):
            yield from (f"{path}{one}" for one in QUESTIONS if one)


def bodies(door: Door, ids: Ids) -> Iterator[Any]:
    """Give what a door may be told."""
    if str(door) in GIVEN:
        yield from (
            orjson.loads(_named(orjson.dumps(one).decode(), ids)) for one in GIVEN[str(door)]
        )
    if door.body is not None:
        for place in range(3):
            yield Filler(known=door.body["components"], ids=ids, place=place).filled(door.body)
    elif door.path.startswith(RECORDS) and door.method in {"POST", "PATCH"}:
        yield from BODIES.get(door.path.removeprefix(RECORDS), [{}])
    else:
        yield None


def _named(text: str, ids: Ids) -> str:
    """Put ids where their names stand."""
    return NAME.sub(lambda found: ids[found[1]][0], text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Fills in schemas: with ids where ids belong, with names of what there is elsewhere."""

    known: Mapping[str, Any]
    ids: Ids
    place: int

    def filled(self, schema: Mapping[str, Any], name: str = "") -> Any:
        if "$ref" in schema:
            return self.filled(self.known["schemas"][schema["$ref"].rsplit("/", 1)[-1]], name)
        several = next((schema[one] for one in ("anyOf", "oneOf", "allOf") if one in schema), None)
        if several:
            return self.filled(self._one([one for one in several if one != NULL]), name)
        if "const" in schema or "enum" in schema:
            return self._one(schema.get("enum", [schema.get("const")]))
        return self._plain(schema, name)

    def _plain(self, schema: Mapping[str, Any], name: str) -> Any:
        match schema.get("type"):
            case "object":
                inner = schema.get("properties", {})
                return {key: self.filled(one, key) for key, one in inner.items()}
            case "array":
                return [self.filled(schema.get("items", {}), name)]
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return bool(self.place % 2)
            case "string":
                return _text(schema, self.ids, self.place, name)
            case _:
                return None

    def _one(self, several: Sequence[Any]) -> Any:
        return several[self.place % len(several)]


def _text(schema: Mapping[str, Any], ids: Ids, place: int, name: str) -> str:
    if schema.get("format") == "uuid" or name in {"user", "record", "to", "owner"}:
        return ids["id"][(place * 7 + len(name)) % len(ids["id"])]
    if schema.get("format") == "date-time":
        return "2999-01-01T00:00:00Z"
    pool = {**WORDS, **ids}.get(name) or ["x"]
    return pool[place % len(pool)]
