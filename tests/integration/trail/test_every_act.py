"""
Every writing route leaves an entry in a log, or stands here with the reason why it need not.

A route that is added has to be tried in `deeds`, or to be argued for. Routes of the records of an
object are not among them: those write events.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from tests.integration.trail.deeds import DEEDS, Scene
from tests.security.doors import found as doors
from tests.served import Served

from zhike.doors.http.records import ROUTES
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
NOWHERE = frozenset({"/scim/{path:path}"})
"""What is answered with 404 whatever is asked."""
TESTS = Path(__file__).parents[2]

NOTHING_CHANGES: Mapping[str, str] = {
    "POST /config/read": "says what a file holds, and saves nothing",
    "POST /apps/{key}/plan": "says what would happen, and does nothing",
    "POST /config/plan": "says what would happen, and does nothing",
    "POST /users/{id}/handover/preview": "says what would happen, and does nothing",
    "POST /access/explain": "answers a question",
    "POST /expressions/check": "answers a question",
    "POST /parse": "says what a text tells of, and saves nothing",
    "POST /records/{object}/{id}/merge/preview": "says what would happen, and does nothing",
    "POST /scim/Users/.search": "answers a question",
    "POST /scim/Groups": "always refused: roles are made in the configuration",
    "DELETE /scim/Groups/{key}": "always refused: roles are removed in the configuration",
    "POST /enrichment/{object}": "says what a register knows of a company, and saves nothing",
    "POST /enrichment/{object}/{id}": "changes a record, which is an event",
    "POST /imports": "a draft of one's own; it is noted when it starts",
    "PATCH /imports/{id}": "a draft of one's own; it is noted when it starts",
    "POST /imports/{id}/dry-run": "says what would happen, and does nothing",
    "POST /files": "a file nobody sees until a record names it, which is an event",
    "POST /views": "a view of one's own; it is noted when it is shared",
    "PATCH /views/{id}": "a view of one's own, which shows nobody more than they may see",
    "DELETE /views/{id}": "a view of one's own",
    "POST /me/second-factor/totp": "an offer; it is noted when it is confirmed",
    "POST /me/passkeys/begin": "a challenge; what comes of it is noted",
    "POST /auth/passkey/begin": "a challenge; what comes of it is noted",
    "POST /me/providers/{key}": "the way out to a provider; the way back is noted",
    "POST /notifications/read": "what somebody has read of what they were told",
    "PUT /notifications/settings": "what somebody wants to be told of",
    "PATCH /me/passkeys/{id}": "what somebody calls a thing of their own",
}
"""Routes that need not be noted, and why."""

TRIED_ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "POST /apps/{key}/install": ("integration/http/test_apps.py", "app.installed"),
    "POST /demo": ("integration/http/test_apps.py", "demo.asked"),
    "POST /public/{address}": ("integration/http/test_public_forms.py", "form.sent"),
    "POST /public/{address}/with-files": ("integration/http/test_enclosed.py", "form.sent"),
    "POST /auth/second-factor": ("integration/sign_in/test_codes.py", "zk_sign_in"),
    "POST /identity/cards/{card}/wishes": ("integration/http/test_cards.py", "duplicate.asked"),
    "POST /identity/wishes/{id}/decision": ("integration/http/test_cards.py", "duplicate.granted"),
    "POST /handovers/{id}/undo": ("integration/handover/test_keepers.py", "handover.undone"),
}
"""Deeds that take more people than there are here, and where their entry is looked at."""


def routes(club: Served) -> Iterator[str]:
    """Name every writing route of the nouns."""
    records = {one.path.replace(":uuid", "") for one in ROUTES}
    for one in doors.http(club):
        path = one.path.replace("/scim/v2", "/scim").removeprefix("/api/v1")
        if one.method in WRITING and one.path not in records and path not in NOWHERE:
            yield f"{one.method} {path}"


def test_every_writing_route_is_tried_or_argued_for(club: Served) -> None:
    known = {*DEEDS, *NOTHING_CHANGES, *TRIED_ELSEWHERE}

    assert sorted(set(routes(club)) - known) == [], "try it in deeds.py, or say why not"
    assert sorted(known - set(routes(club))) == [], "these are gone"


def test_records_are_answered_by_few_routes_only() -> None:
    """Those that write are the intake, whose every change is an event, and the noted reveal."""
    assert {one.path.removeprefix("/api/v1/records/{object}") for one in ROUTES} == {
        "",
        "/query",
        "/groups",
        "/upsert",
        "/delete",
        "/restore",
        "/check",
        "/{id}",
        "/{id:uuid}",
        "/{id}/restore",
        "/{id}/reveal",
        "/{id}/history",
        "/{id}/timeline",
        "/{id}/related/{relation}",
    }


@pytest.mark.parametrize("name", DEEDS)
async def test_a_deed_is_noted_with_who_and_from_where(name: str, club: Served) -> None:
    scene = Scene(club=club, ada=await club.signed_in("ada"))
    before = await _signs(club)

    answer = await DEEDS[name](scene)

    assert answer.status_code < 300, f"{answer.status_code} {answer.text}"
    async with club.system.db.reading(platform(), club.workspace) as tx:
        noted = await tx.rows(
            sql("SELECT request, act, ip, actor FROM zk_operation ORDER BY seq DESC LIMIT 20")
        )
    mine = [row for row in noted if row[0] == answer.headers["x-request-id"]]
    assert mine or await _signs(club) > before, "nothing was noted"
    assert all(ip == "10.1.2.3" and actor for _, _, ip, actor in mine), mine


async def _signs(club: Served) -> int:
    """Count the entries of the sign-in log that are no sign-in by password of this test's."""
    async with club.system.db.reading(platform(), club.workspace) as tx:
        return int(
            await tx.value(
                sql(
                    "SELECT count(*) FROM zk_sign_in"
                    " WHERE outcome <> 'signed_in' OR login = 'tess' OR way <> 'password'"
                )
            )
        )


@pytest.mark.parametrize("name", TRIED_ELSEWHERE)
def test_what_is_tried_elsewhere_is_tried_there(name: str) -> None:
    place, word = TRIED_ELSEWHERE[name]
    path = TESTS / place
    texts = [path] if path.is_file() else sorted(path.rglob("*.py"))

    assert any(word in one.read_text(encoding="utf-8") for one in texts), (place, word)


async def test_a_refused_act_leaves_no_trace_of_having_been_done(
    club: Served, tess: httpx.AsyncClient
) -> None:
    answer = await tess.post(
        "/api/v1/departments", json={"name": "x"}, headers={"x-request-id": "refused-act"}
    )

    assert answer.status_code == 403
    async with club.system.db.reading(platform(), club.workspace) as tx:
        count = await tx.value(
            sql("SELECT count(*) FROM zk_operation WHERE request = 'refused-act'")
        )
    assert count == 0
