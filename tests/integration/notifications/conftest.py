"""The library, and what it takes to see who was told of what."""

import asyncio
from time import monotonic
from typing import Any

import httpx
import pytest
from tests.served import Served, of_module, served

from zhike.doors.system import System
from zhike.hub import notifications

PATIENCE_SECONDS = 120.0
"""Whoever writes in another database of the server is waited for, too."""
API = "/api/v1"


@pytest.fixture(scope="module")
async def library(system: System, request: pytest.FixtureRequest) -> Served:
    return await served(system, of_module("notified", request))


@pytest.fixture(scope="module")
async def ada(library: Served) -> httpx.AsyncClient:
    """The administrator."""
    return await library.signed_in("ada")


@pytest.fixture(scope="module")
async def vic(library: Served) -> httpx.AsyncClient:
    """A volunteer: sees only the readers he owns, and every book."""
    return await library.signed_in("vic")


@pytest.fixture(scope="module")
async def val(library: Served) -> httpx.AsyncClient:
    """Another volunteer."""
    return await library.signed_in("val")


async def settled(library: Served) -> None:
    """Have everybody told of all that was written so far, as the worker does."""
    until = monotonic() + PATIENCE_SECONDS
    logs = ["changes", "operations"]
    while logs and monotonic() < until:
        more = [
            one
            for one in logs
            if await notifications.tell(library.system.hands, library.workspace, one)
        ]
        logs = more
        if logs:
            await asyncio.sleep(0.02)
    assert not logs, "somebody has been writing all the time"


async def told(client: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    """Give what somebody was told of, newest first."""
    answer = await client.get(f"{API}/notifications", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def about(client: httpx.AsyncClient, record: str) -> list[dict[str, Any]]:
    """Give what somebody was told of one record."""
    return [one for one in await told(client) if record in [it["id"] for it in one["records"]]]
