"""
AC-67: two companies on one server. Whoever belongs to the one, with whatever keys and ids of the
other in hand, is told nothing of it and changes nothing in it, at any door.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import pytest
from tests.security.doors.conftest import OTHER
from tests.security.doors.drive import driven
from tests.security.doors.found import METHODS, http
from tests.security.doors.vault import Vault, leaks

from zhike.kernel.sql import param, sql, vetted
from zhike.kernel.viewer import platform

OWN = (
    "PUT /api/v1/config/{kind}/{key}",
    "DELETE /api/v1/config/{kind}/{key}",
    "POST /api/v1/config/{kind}/{key}/versions/{version}/restore",
    "PUT /api/v1/users/{id}/grants/{object}",
)
"""They take names, no ids, and whoever goes through them at random soon may nothing at home."""
LOGIN = "/api/v1/auth/login"


async def state(vault: Vault) -> Mapping[str, Any]:
    """Give a digest of every table of a workspace."""
    schema = f"ws_{vault.library.workspace}"
    async with vault.library.system.db.reading(platform(), vault.library.workspace) as tx:
        tables = await tx.rows(
            sql(
                "SELECT quote_ident(relname) FROM pg_class WHERE relkind IN ('r', 'p')"
                " AND relnamespace = to_regnamespace({schema}) ORDER BY 1",
                schema=param(schema),
            )
        )
        return {
            table: await tx.value(
                vetted(
                    "SELECT md5(string_agg(t::text, '|' ORDER BY t::text))"  # noqa: S608 - our names
                    f" FROM {schema}.{table} t"
                )
            )
            for (table,) in tables
        }


async def tried(
    vault: Vault, client: httpx.AsyncClient, ids: Mapping[str, Sequence[str]], **headers: str
) -> list[tuple[str, int]]:
    """Go through every door; give the ones that told of the other workspace, or broke."""
    known = (one for one in http(vault.library) if str(one) not in OWN or headers)
    doors = sorted(known, key=lambda one: METHODS.index(one.method))
    return [
        (told.asked[:200], told.status)
        async for told in driven(client, doors, ids, **headers)
        if told.status >= 500 or leaks(told.content, (OTHER,))
    ]


def few(ids: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Give some of the ids of each kind: not every id of one noun is tried at every other noun."""
    return {name: several[:3] if name == "id" else several[:5] for name, several in ids.items()}


async def test_the_marks_are_where_they_should_be(vault: Vault, neighbour: Vault) -> None:
    """A fuzz that cannot find anything would prove nothing."""
    mine = await neighbour.library.signed_in("ada")

    found = await tried(neighbour, mine, few(neighbour.ids))

    assert len({asked.split("?")[0] for asked, _ in found}) > 30


@pytest.mark.parametrize("login", ["ada", "guest"])
async def test_ids_of_another_workspace_open_nothing(
    vault: Vault, neighbour: Vault, login: str
) -> None:
    client = await vault.library.signed_in(login)
    before = await state(neighbour)

    told = await tried(vault, client, few(neighbour.ids))

    assert told == []
    assert await state(neighbour) == before


@pytest.mark.parametrize("how", ["session", "key", "host", "forwarded host"])
async def test_naming_another_workspace_opens_nothing(
    vault: Vault, neighbour: Vault, how: str
) -> None:
    system = vault.library.system
    async with system.db.transaction(platform(), "main") as tx:
        await tx.run(sql("UPDATE zhike.workspace SET host = 'next.test' WHERE slug = 'neighbour'"))
    await system.workspaces.load()
    client = await vault.library.signed_in("ada")
    headers = {"x-workspace": "neighbour"}
    if how == "key":
        (key,) = vault.ids["key of ada"]
        client = vault.library.client()
        headers["authorization"] = f"Bearer {key}"
    elif how != "session":
        headers = {"host" if how == "host" else "x-forwarded-host": "next.test"}
    before = await state(neighbour)

    # The address of a public form is given out: whoever has it may fill it in, that is all.
    closed = {name: ids for name, ids in neighbour.ids.items() if name != "address"}
    told = await tried(vault, client, few(closed), **headers)
    me = await client.get("/api/v1/me", headers=headers)

    assert told == []
    assert me.status_code == 401
    assert await state(neighbour) == before


async def test_cursors_and_etags_of_another_workspace_open_nothing(
    vault: Vault, neighbour: Vault
) -> None:
    theirs, mine = await neighbour.library.signed_in("ada"), await vault.library.signed_in("ada")
    for path in ("/api/v1/records/reader?limit=1", "/api/v1/users?limit=1"):
        cursor = (await theirs.get(path)).json()["next"]
        assert cursor

        answer = await mine.get(f"{path}&cursor={cursor}")

        assert answer.status_code < 500
        assert leaks(answer.content, (OTHER,)) == []


async def test_a_record_cannot_point_into_another_workspace(vault: Vault, neighbour: Vault) -> None:
    mine = await vault.library.signed_in("ada")
    (reader,), (book,) = neighbour.ids["other"], neighbour.ids["book"]
    file, person = neighbour.ids["id@files"][0], neighbour.ids["id@users"][0]
    for obj, values in (
        ("loan", {"reader": reader, "note": "x"}),
        ("loan", {"book": book, "note": "x"}),
        ("reader", {"name": "x", "favourites": [book]}),
        ("reader", {"name": "x", "owner": person}),
        ("book", {"title": "x", "scan": [file]}),
    ):
        answer = await mine.post(f"/api/v1/records/{obj}", json=values)

        assert answer.status_code == 422, (obj, values, answer.text)
        assert leaks(answer.content, (OTHER,)) == []


async def test_people_of_the_same_name_are_strangers(vault: Vault, neighbour: Vault) -> None:
    """Sessions, locks and keys of one workspace mean nothing in the other."""
    elsewhere = httpx.ASGITransport(neighbour.library.app, client=("198.51.100.97", 5000))
    client = httpx.AsyncClient(
        transport=elsewhere, base_url="http://zhike.test", headers={"x-workspace": "neighbour"}
    )
    for _ in range(6):
        await client.post(LOGIN, json={"login": "lin", "password": "wrong"})

    here = await vault.library.signed_in("lin")
    locked = await client.post(LOGIN, json={"login": "lin", "password": "open sesame"})

    assert (await here.get("/api/v1/me")).json()["workspace"] == "vault"
    assert locked.status_code == 429
