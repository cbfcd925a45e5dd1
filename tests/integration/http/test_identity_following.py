"""A run that follows another one reads what changed since, and finds what a whole run finds."""

from typing import Any

import httpx
import pytest
from tests.integration.http.test_identity import people, run
from tests.served import Served

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

pytestmark = pytest.mark.slow


async def every(client: httpx.AsyncClient, at: str, what: str) -> list[dict[str, Any]]:
    answer = await client.get(f"{at}/{what}", params={"limit": 1000})
    assert answer.is_success, answer.text
    return answer.json()["items"]


async def told(client: httpx.AsyncClient, at: str) -> tuple[object, ...]:
    """Give what a run found, in a form that may be compared."""
    pairs = {
        (one["a"]["id"], one["b"]["id"], round(one["score"], 9), one["joined"])
        for one in await every(client, at, "pairs")
    }
    clusters = {
        tuple(record["id"] for record in one["records"])
        for one in await every(client, at, "clusters")
    }
    return pairs, clusters


async def read_long_ago(library: Served) -> None:
    """Have all records stand as if they had been written long before the runs there were."""
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(sql("UPDATE reader SET updated_at = now() - interval '1 day'"))


async def become(library: Served, one: str, other: str) -> None:
    """Change a record into another one, past the gate, which would refuse it."""
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(
            sql(
                "UPDATE reader AS t SET name = o.name, phone = o.phone, updated_at = now()"
                " FROM reader AS o WHERE t.id = {one} AND o.id = {other}",
                one=param(one, "uuid"),
                other=param(other, "uuid"),
            )
        )


async def looked_at(library: Served, at: str) -> list[str]:
    """Give the records a run left sums of, or took over."""
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        rows = await tx.rows(
            sql(
                "SELECT i.run::text FROM zk_identity_index AS i WHERE i.run = {run}",
                run=param(at.rpartition("/")[2], "uuid"),
            )
        )
    return [row[0] for row in rows]


async def mark(library: Served, one: str) -> None:
    """Add a sum to a record that reading it again would not give."""
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(
            sql(
                "UPDATE zk_identity_block SET sums = sums || 7 WHERE record = {one}",
                one=param(one, "uuid"),
            )
        )


async def is_marked(library: Served, one: str) -> bool:
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        return bool(
            await tx.value(
                sql(
                    "SELECT 7 = ANY(sums) FROM zk_identity_block WHERE record = {one}",
                    one=param(one, "uuid"),
                )
            )
        )


async def test_what_changed_is_enough(library: Served, ada: httpx.AsyncClient) -> None:
    wanted = people(90)
    again = [{**one, "name": one["name"] + " "} for one in wanted[:30]]
    made = await ada.post(
        "/api/v1/records/reader", params={"on_duplicate": "create"}, json=[*wanted, *again]
    )
    ids = [one["id"] for one in made.json()["items"]]
    await run(library, ada)
    first = await run(library, ada, incremental=True)  # reads everything, and leaves sums
    assert await looked_at(library, first) == [first.rpartition("/")[2]]
    await read_long_ago(library)
    await mark(library, ids[80])

    # One becomes another, one is typed a third time, one is thrown away, a pair is decided.
    await become(library, ids[95], ids[60])
    more = await ada.post(
        "/api/v1/records/reader", params={"on_duplicate": "create"}, json=[wanted[3], wanted[70]]
    )
    assert more.is_success, more.text
    assert (await ada.delete(f"/api/v1/records/reader/{ids[10]}")).is_success
    pair = (await every(ada, first, "pairs"))[0]
    decided = await ada.post(
        f"/api/v1/identity/review/{pair['id']}", json={"decision": "different"}
    )
    assert decided.is_success, decided.text

    part = await run(library, ada, incremental=True)
    assert await looked_at(library, part) == [part.rpartition("/")[2]]
    assert await is_marked(library, ids[80])  # who has nothing to do with it was not read
    found = await told(ada, part)
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(sql("DELETE FROM zk_identity_index"))  # the next one has to read everything
        await tx.run(sql("UPDATE reader SET updated_at = now()"))
    whole = await told(ada, await run(library, ada, incremental=True))

    assert found == whole
    pairs, clusters = found
    together = {one for cluster in clusters for one in cluster}
    assert {ids[60], ids[95]} <= together
    assert ids[10] not in together
    assert len(pairs) >= 28


async def test_nothing_changed_is_quickly_told(library: Served, ada: httpx.AsyncClient) -> None:
    await ada.post("/api/v1/records/reader", json=people(40))
    await run(library, ada)
    first = await run(library, ada, incremental=True)
    await read_long_ago(library)

    again = await run(library, ada, incremental=True)

    assert await told(ada, again) == await told(ada, first)
