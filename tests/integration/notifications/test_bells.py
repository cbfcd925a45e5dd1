"""The bell, live: it says the number, says it again when it changes, and ends with the session."""

from datetime import datetime
from uuid import UUID

import httpx
from tests.integration.notifications.conftest import API, settled
from tests.integration.notifications.test_promises import given
from tests.integration.notifications.windows import window
from tests.served import Served

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform


async def session(library: Served, client: httpx.AsyncClient) -> str:
    """Give the session of a client."""
    (own,) = [
        one["id"]
        for one in (await client.get(f"{API}/me/sessions")).json()["items"]
        if one["current"]
    ]
    return str(own)


async def seen_at(library: Served, id_: str) -> datetime:
    async with library.system.db.reading(platform(), library.workspace) as tx:
        moment: datetime = await tx.value(
            sql("SELECT seen_at FROM zhike.session WHERE id = {id}", id=param(UUID(id_), "uuid"))
        )
    return moment


async def test_every_window_hears_of_what_is_told_and_read(
    library: Served, ada: httpx.AsyncClient
) -> None:
    vic = await library.signed_in("vic")
    async with window(library, vic) as one, window(library, vic) as other:
        before = await one.unread()
        assert await other.unread() == before

        await given(library, ada, "vic")
        await settled(library)
        await one.hears(before + 1)
        await other.hears(before + 1)

        await vic.post(f"{API}/notifications/read", json={})
        await one.hears(0)
        await other.hears(0)


async def test_a_bell_falls_silent_with_its_session(library: Served) -> None:
    ending, staying = await library.signed_in("vic"), await library.signed_in("vic")
    async with window(library, ending) as gone, window(library, staying) as left:
        await gone.unread()
        before = await left.unread()

        await staying.delete(f"{API}/me/sessions/{await session(library, ending)}")

        assert await gone.next() == "event: over"
        # The other one is still there: it hears what comes next.
        library.system.bells.heard(library.workspace, "bell *")
        await left.hears(before)


async def test_somebody_who_is_turned_away_hears_nothing_more(
    library: Served, ada: httpx.AsyncClient
) -> None:
    given_ = {"login": "brief", "name": "Brief", "password": "open sesame", "roles": ["volunteer"]}
    id_ = (await ada.post(f"{API}/users", json=given_)).json()["id"]
    await ada.patch(f"{API}/users/{id_}", json={"must_change": False})
    brief = await library.signed_in("brief")
    async with window(library, brief) as page:
        await page.unread()

        answer = await ada.patch(f"{API}/users/{id_}", json={"active": False})

        assert answer.status_code == 200, answer.text
        assert await page.next() == "event: over"


async def test_an_open_window_is_no_use_of_a_session(library: Served) -> None:
    vic = await library.signed_in("vic")
    id_ = await session(library, vic)
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(
            sql(
                "UPDATE zhike.session SET seen_at = now() - interval '10 minutes' WHERE id = {id}",
                id=param(UUID(id_), "uuid"),
            )
        )
    library.system.viewers.forget(library.workspace)
    before = await seen_at(library, id_)

    async with window(library, vic) as page:
        await page.unread()
    await vic.get(f"{API}/notifications/live")
    idle = await seen_at(library, id_)
    await vic.get(f"{API}/notifications")

    assert idle == before
    assert await seen_at(library, id_) > before


async def test_when_the_process_stops_windows_ask_elsewhere(
    library: Served, vic: httpx.AsyncClient
) -> None:
    """They are not told that it is over: a browser comes back by itself."""
    async with window(library, vic) as page:
        await page.unread()

        ears = library.system.bells._ears[library.workspace]
        for ear in [one for some in ears.values() for one in some]:
            ear.end(again=True)

        assert await page.next() == "closed"


async def test_through_others_eyes_there_is_no_bell(
    library: Served, ada: httpx.AsyncClient
) -> None:
    looking = await library.signed_in("ada")
    begun = await looking.post(f"{API}/access/view-as", json={"user": library.ids["vic"]})
    assert begun.is_success, begun.text

    once = await looking.get(f"{API}/notifications/live")
    page = await looking.get(f"{API}/notifications")
    async with window(library, looking) as open_:
        assert await open_.next() == "event: over"

    assert once.json() == {"unread": 0}
    assert page.status_code == 403
