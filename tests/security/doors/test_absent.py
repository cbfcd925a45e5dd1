"""
Hidden or absent: what may not be seen answers like what is not there, in words and in time, at
every door that takes the id of a record.
"""

import re
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.security.doors.vault import Vault

ROUNDS = 40
FACTOR = 3.0
SLACK = 0.004
"""Seconds. A shared machine is no stop-watch; an answer that looks at the record takes far more."""
RECORDS = "/api/v1/records/reader"


def doors(id_: str) -> dict[str, tuple[str, str, Any]]:
    """Give the requests that name a record."""
    at = f"{RECORDS}/{id_}"
    return {
        "read": ("GET", at, None),
        "select": ("GET", f"{at}?select=name,phone", None),
        "then": ("GET", f"{at}?as_of=2999-01-01T00:00:00Z", None),
        "change": ("PATCH", at, {"name": "x"}),
        "change a hidden field": ("PATCH", at, {"balance": "1"}),
        "delete": ("DELETE", at, None),
        "restore": ("POST", f"{at}/restore", {}),
        "reveal": ("POST", f"{at}/reveal", {"fields": ["phone"], "reason": "x"}),
        "history": ("GET", f"{at}/history", None),
        "timeline": ("GET", f"{at}/timeline", None),
        "related": ("GET", f"{at}/related/loans", None),
        "team": ("GET", f"{at}/team", None),
        "join": ("POST", f"{at}/team", {"user": str(uuid4())}),
        "shares": ("GET", f"{at}/shares", None),
        "share": ("POST", f"{at}/shares", {"to": {"role": "librarian"}}),
        "point at it": ("POST", "/api/v1/records/loan", {"reader": id_, "note": "x"}),
        "ask for it": ("GET", f'{RECORDS}?where=id+%3D+"{id_}"&count=exact', None),
        "give away": ("POST", f"{RECORDS}/transfer", {"ids": [id_], "to": str(uuid4())}),
        "share many": ("POST", f"{RECORDS}/share", {"ids": [id_], "to": {"role": "librarian"}}),
    }


NAMES = sorted(doors("x"))


@pytest.fixture(scope="module")
async def guest(vault: Vault) -> httpx.AsyncClient:
    return await vault.library.signed_in("guest")


async def asked(
    client: httpx.AsyncClient, id_: str, name: str, version: str | None = None
) -> httpx.Response:
    method, path, body = doors(id_)[name]
    headers = {"if-match": version} if version else {}
    return await client.request(method, path, json=body, headers=headers)


def said(answer: httpx.Response, id_: str) -> tuple[int, str, list[str]]:
    """Give what an answer says, without the ids in it."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", answer.text.replace(id_, "ID"))
    headers = sorted(name for name in answer.headers if name != "x-request-id")
    return answer.status_code, text, headers


@pytest.mark.parametrize("name", NAMES)
async def test_hidden_answers_like_absent(
    vault: Vault, guest: httpx.AsyncClient, name: str
) -> None:
    absent = str(uuid4())
    hidden, gone, book = (vault.ids[one][0] for one in ("other", "gone", "book"))

    wanted = said(await asked(guest, absent, name), absent)

    for id_ in (hidden, gone, book):
        assert said(await asked(guest, id_, name), id_) == wanted


@pytest.mark.parametrize("name", ["change", "delete"])
async def test_a_version_tells_nothing_of_a_hidden_record(
    vault: Vault, guest: httpx.AsyncClient, name: str
) -> None:
    """If-Match probing: the right version of a hidden record is as wrong as any other."""
    hidden = vault.ids["other"][0]
    answers = [said(await asked(guest, hidden, name, f'"{n}"'), hidden) for n in range(1, 5)]

    absent = str(uuid4())
    assert {str(one) for one in answers} == {
        str(said(await asked(guest, absent, name, '"1"'), absent))
    }


@pytest.mark.parametrize("name", ["read", "change", "history", "related", "point at it", "reveal"])
async def test_time_tells_nothing(vault: Vault, guest: httpx.AsyncClient, name: str) -> None:
    """The medians of many rounds, taken in turns, are about the same."""
    hidden = vault.ids["other"][0]
    took: dict[str, list[float]] = {"hidden": [], "absent": []}
    for _ in range(ROUNDS):
        for kind, id_ in (("hidden", hidden), ("absent", str(uuid4()))):
            began = perf_counter()
            await asked(guest, id_, name)
            took[kind].append(perf_counter() - began)

    slow, quick = sorted((median(took["hidden"]), median(took["absent"])), reverse=True)
    assert slow < quick * FACTOR + SLACK


async def test_a_value_that_is_taken_names_nobody(vault: Vault) -> None:
    """The error of a unique value that a record out of sight has tells only that it is taken."""
    guest = await vault.library.signed_in("guest")
    phone = "13987650002"

    checked = await guest.post(f"{RECORDS}/check", json={"name": "x", "phone": phone})
    made = await guest.post(RECORDS, json={"name": "x", "phone": phone})

    for answer in (checked, made):
        assert answer.status_code < 500
        assert vault.ids["other"][0] not in answer.text
        assert "ZXSCOPE" not in answer.text
