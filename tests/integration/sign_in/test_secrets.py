"""Secrets of other systems, and the key they are encrypted with."""

import json
from collections.abc import Awaitable, Callable

import httpx
from tests.integration.sign_in.guests import API
from tests.served import Served

from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform

Hire = Callable[..., Awaitable[tuple[httpx.AsyncClient, str, str]]]


async def test_secrets_are_written_and_never_read(
    library: Served, ada: httpx.AsyncClient, hired: Hire
) -> None:
    client, _, _ = await hired("curious")
    await ada.put(f"{API}/secrets/mailbox", json={"value": "hunter2 密码"})

    listed = await ada.get(f"{API}/secrets")
    assert "mailbox" in {one["name"] for one in listed.json()["items"]}
    assert "hunter2" not in listed.text
    for answer in (
        await client.get(f"{API}/secrets"),
        await client.put(f"{API}/secrets/mailbox", json={"value": "x"}),
        await client.delete(f"{API}/secrets/mailbox"),
    ):
        assert answer.status_code == 403
    async with library.system.db.reading(platform(), library.workspace) as tx:
        kept = await tx.value(sql("SELECT sealed FROM zk_secret WHERE name = 'mailbox'"))
        noted = await tx.rows(sql("SELECT act, new FROM zk_operation WHERE object = 'secret'"))
    assert b"hunter2" not in bytes(kept)
    assert "hunter2" not in json.dumps([[act, new] for act, new in noted])
    wrong = await ada.put(f"{API}/secrets/mailbox", json={"value": ["hunter2"]})
    assert (wrong.status_code, "hunter2" in wrong.text) == (422, False)
    assert (await ada.delete(f"{API}/secrets/mailbox")).status_code == 204
    assert (await ada.delete(f"{API}/secrets/mailbox")).status_code == 404
