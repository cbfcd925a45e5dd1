"""
What is masked or hidden never leaves PostgreSQL: the wire itself is read.

libpq writes down everything that comes from the server on the one connection there is, while a
clerk asks through every door that shows records.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from tests.integration.trail.club import ACCOUNT, IDENTITY, member
from tests.served import CHEAP, PASSWORD, Served

from zhike.bootstrap import build
from zhike.doors.http import create
from zhike.doors.system import System
from zhike.kernel.settings import Settings
from zhike.kernel.viewer import platform
from zhike.store.accounts import Passwords

SECRETS = ("13812345678", IDENTITY, ACCOUNT)


@pytest.fixture
async def narrow(system: System, tmp_path: Path) -> AsyncIterator[System]:
    """The same installation through a single connection."""
    given = Settings(database_url=system.settings.database_url, home=tmp_path, pool_size=1)
    async with replace(build(given), passwords=Passwords(CHEAP)) as open_:
        await open_.workspaces.load()
        yield open_


async def _client(narrow: System, club: Served) -> httpx.AsyncClient:
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(create(narrow), client=("10.1.2.3", 5000)),
        base_url="http://zhike.test",
        headers={"x-workspace": club.workspace},
    )
    given = {"login": "cleo", "password": PASSWORD}
    assert (await client.post("/api/v1/auth/login", json=given)).status_code == 200
    return client


async def test_masked_and_hidden_values_never_come_from_the_server(
    narrow: System, club: Served, tess: httpx.AsyncClient, tmp_path: Path
) -> None:
    record = await member(tess, name="线一")
    await tess.patch(f"/api/v1/records/member/{record}", json={"phone": "13900000000"})
    await tess.patch(f"/api/v1/records/member/{record}", json={"phone": "13812345678"})
    await tess.post("/api/v1/records/fine", json={"reason": "逾期", "member": record})
    cleo = await _client(narrow, club)
    one = f"/api/v1/records/member/{record}"
    wire = tmp_path / "wire"
    with wire.open("w") as file:
        async with narrow.db.reading(platform(), club.workspace) as tx:
            tx._wire.pgconn.trace(file.fileno())
        for path in (
            one,
            f"{one}?as_of=2999-01-01T00:00:00Z",
            f"{one}/history",
            f"{one}/timeline",
            f"{one}/related/fines",
            "/api/v1/records/member",
            "/api/v1/records/member?select=name,phone,identity&order=-created_at&count=exact",
            "/api/v1/records/member?search=线一",
            "/api/v1/records/fine?select=reason,member.phone,member.identity",
        ):
            answer = await cleo.get(path)
            assert answer.status_code == 200, (path, answer.text)
            assert not any(secret in answer.text for secret in SECRETS), path
        for deed in (
            cleo.post("/api/v1/records/member/query", json={"select": ["phone", "born"]}),
            cleo.patch(one, json={"note": "回访"}),
            cleo.post("/api/v1/records/member/check", json={"name": "线一", "note": "x"}),
            cleo.post(f"{one}/reveal", json={"fields": ["identity"], "reason": "好奇"}),
        ):
            answer = await deed
            assert not any(secret in answer.text for secret in SECRETS), answer.url
        async with narrow.db.reading(platform(), club.workspace) as tx:
            tx._wire.pgconn.untrace()

    came = [line for line in wire.read_text().splitlines() if "\tB\t" in line]

    assert any("138****5678" in line for line in came), "the wire was not read"
    assert [line for line in came if any(secret in line for secret in SECRETS)] == []


async def test_a_revealed_value_comes_alone(
    narrow: System, club: Served, tess: httpx.AsyncClient, tmp_path: Path
) -> None:
    record = await member(tess, name="线二")
    cleo = await _client(narrow, club)
    wire = tmp_path / "wire"
    with wire.open("w") as file:
        async with narrow.db.reading(platform(), club.workspace) as tx:
            tx._wire.pgconn.trace(file.fileno())
        body = {"fields": ["phone"], "reason": "回访客户"}
        answer = await cleo.post(f"/api/v1/records/member/{record}/reveal", json=body)
        async with narrow.db.reading(platform(), club.workspace) as tx:
            tx._wire.pgconn.untrace()

    came = "\n".join(line for line in wire.read_text().splitlines() if "\tB\t" in line)

    assert answer.status_code == 200, answer.text
    assert came.count("13812345678") == 1
    assert IDENTITY not in came
    assert ACCOUNT not in came
