"""What holds of notifications whatever happens: once, none passed over, no more than one sees."""

import asyncio
import random
from uuid import UUID, uuid4

import httpx
import pytest
from tests.integration.notifications.conftest import API, about, settled, told
from tests.served import Served

from zhike.hub import notifications
from zhike.hub.notifications import reading
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

READERS = f"{API}/records/reader"


async def given(library: Served, ada: httpx.AsyncClient, to: str, *, name: str = "Given") -> str:
    made = await ada.post(READERS, json={"name": name, "owner": library.ids[to]})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def test_whoever_tells_may_be_killed_at_any_moment(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    """Everything of a stretch is one transaction: it was told, or it will be."""
    ids = [await given(library, ada, "vic") for _ in range(5)]
    for _ in range(10):
        work = asyncio.create_task(
            notifications.tell(library.system.hands, library.workspace, "changes")
        )
        await asyncio.sleep(random.uniform(0, 0.01))  # noqa: S311 - any moment
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)

    await settled(library)

    assert [len(await about(vic, one)) for one in ids] == [1] * 5


async def test_two_who_tell_at_once_tell_once(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    id_ = await given(library, ada, "vic")

    await asyncio.gather(*(settled(library) for _ in range(4)))

    assert len(await about(vic, id_)) == 1


async def test_what_commits_late_is_not_passed_over(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    """A change whose number is smaller than that of one that is told already."""
    late = uuid4()
    event = sql(
        "INSERT INTO zk_event (actor, source, object, record, kind, new)"
        " VALUES ({actor}, 'ui', 'reader', {record}, 'updated', {new}::jsonb)",
        actor=param(UUID(library.ids["ada"]), "uuid"),
        record=param(late, "uuid"),
        new=param(f'{{"owner": "{library.ids["vic"]}"}}', "text"),
    )
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.value(sql("SELECT pg_current_xact_id()::text"))
        await tx.run(event)
        early = await given(library, ada, "vic", name="Early")
        more = await notifications.tell(library.system.hands, library.workspace, "changes")
        assert more
    await settled(library)

    assert len(await about(vic, early)) == 1
    async with library.system.db.reading(platform(), library.workspace) as reader:
        count = await reader.value(
            sql(
                "SELECT count(*) FROM zk_notification WHERE records = {ids}",
                ids=param([late], "uuid[]"),
            )
        )
    assert count == 1


async def test_a_line_tells_no_more_than_the_record_does(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient, val: httpx.AsyncClient
) -> None:
    id_ = await given(library, ada, "vic", name="Secretive")
    await settled(library)
    (line,) = await about(vic, id_)

    await ada.patch(f"{READERS}/{id_}", json={"owner": library.ids["val"]})

    (hidden,) = [one for one in await told(vic) if one["id"] == line["id"]]
    assert hidden["says"] == "Ada把一条您无权查看的记录转给了您"
    assert hidden["records"] == []
    assert "Secretive" not in str(hidden)
    assert id_ not in str(hidden)
    assert line["id"] not in {one["id"] for one in await told(val)}


async def test_what_is_switched_off_is_not_told(
    library: Served, ada: httpx.AsyncClient, val: httpx.AsyncClient
) -> None:
    set_ = await val.put(f"{API}/notifications/settings", json={"off": ["given", "due"]})
    off = {one["key"] for one in set_.json()["kinds"] if not one["on"]}
    id_ = await given(library, ada, "val")
    await settled(library)
    back = await val.put(f"{API}/notifications/settings", json={"off": []})
    wrong = await val.put(f"{API}/notifications/settings", json={"off": ["x"]})

    assert off == {"given", "due"}
    assert await about(val, id_) == []
    assert all(one["on"] for one in back.json()["kinds"])
    assert wrong.status_code == 422


async def test_one_reads_ones_own_only(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient, val: httpx.AsyncClient
) -> None:
    ids = [await given(library, ada, "vic") for _ in range(3)]
    await settled(library)
    lines = [(await about(vic, one))[0]["id"] for one in ids]
    unread = (await vic.get(f"{API}/notifications/live")).json()["unread"]

    foreign = await val.post(f"{API}/notifications/read", json={"ids": lines})
    one = await vic.post(f"{API}/notifications/read", json={"ids": lines[:1]})
    left = await told(vic, unread=True)
    every = await vic.post(f"{API}/notifications/read", json={})

    assert foreign.status_code == 200
    assert one.json()["unread"] == unread - 1
    assert lines[0] not in {line["id"] for line in left}
    assert {*lines[1:]} <= {line["id"] for line in left}
    assert every.json() == {"unread": 0}


async def test_pages_follow_each_other(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    for _ in range(3):
        await given(library, ada, "vic")
    await settled(library)
    first = (await vic.get(f"{API}/notifications", params={"limit": 2})).json()
    second = (
        await vic.get(f"{API}/notifications", params={"limit": 2, "cursor": first["next"]})
    ).json()

    both = [one["id"] for one in (*first["items"], *second["items"])]
    assert both == sorted(set(both), reverse=True)
    assert both == [one["id"] for one in await told(vic, limit=len(both))]
    english = await vic.get(f"{API}/notifications", headers={"accept-language": "en"})
    assert english.json()["items"][0]["says"].startswith("Ada gave you Reader")


@pytest.mark.parametrize("kept", [("most", 2), ("days", 1)])
async def test_old_ones_are_forgotten(library: Served, kept: tuple[str, int]) -> None:
    """By number and by age; of a person of their own, so that nobody else's are touched."""
    limits = {"most": reading.MOST, "days": reading.DAYS, kept[0]: kept[1]}
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        user = UUID(library.ids["reg"])
        await tx.run(sql("DELETE FROM zk_notification"))
        await tx.run(
            sql(
                'INSERT INTO zk_notification ("user", kind, knot, at)'
                " SELECT {user}, 'given', n::text, now() - make_interval(hours => 13 * n)"
                " FROM generate_series(0, 4) AS n",
                user=param(user, "uuid"),
            )
        )
        await tx.run(reading.QUERIES["forget_old"](**limits))
        left = await tx.value(
            sql(
                'SELECT count(*) FROM zk_notification WHERE "user" = {user}',
                user=param(user, "uuid"),
            )
        )

    assert left == 2
