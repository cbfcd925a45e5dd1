"""The logs read: by those who audit all of them, by everybody their own sign-ins."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Path, Query
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.routing import AUDIT, Asked, Signed, router
from zhike.doors.http.trail.asking import Asked_, Cursor, auditor, before, log_of, told
from zhike.hub import trail
from zhike.kernel.words import Language
from zhike.store.trail import Verdict, Wanted, entries, note

ROUTES = router("logs")

Name = Annotated[str, Path(max_length=40)]


@ROUTES.get("/logs/verify", openapi_extra=AUDIT)
async def verify_logs(
    call: Asked,
    log: Annotated[str | None, Query(max_length=40)] = None,
    head: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """
    Sum up the logs again and compare them with their seals.

    `head` names heads kept elsewhere, `log:number:digest` with commas: a chain that was cut short
    or made anew lacks them.
    """
    await auditor(call)
    logs = (log_of(log),) if log else ()
    verdicts = await trail.verify(
        call.system.db, call.workspace, logs=logs, heads=trail.heads_of(head or "")
    )
    sound = all(one.sound for one in verdicts)
    async with call.transaction() as tx:
        note(tx, "log.verified", object="log", target=log or "", new={"sound": sound})
    items = [described(one, call.language) for one in verdicts]
    return answer({"sound": sound, "items": items})


@ROUTES.get("/logs/{log}", openapi_extra=AUDIT)
async def read_log(  # noqa: PLR0917 - FastAPI names them
    log: Name, call: Asked, wanted: Asked_, limit: paging.Limit = 100, cursor: Cursor = None
) -> Response:
    """
    Give entries of a log, newest first: `operations`, `sign-ins` or `changes`.

    Of records outside the auditor's sight the changes tell that something was changed, not what.
    """
    held = await auditor(call)
    key = log_of(log)
    asked = replace(wanted, limit=limit + 1, before=before(cursor))
    async with call.reading() as tx:
        found = await trail.page(tx, held, key, asked)
    items = [told(key, one) for one in found]
    return answer(paging.page_by("seq", items, limit))


@ROUTES.get("/me/sign-ins")
async def own_sign_ins(
    call: Asked, viewer: Signed, limit: paging.Limit = 100, cursor: Cursor = None
) -> Response:
    """Give one's own sign-ins, right or wrong, newest first."""
    if viewer.id is None:
        return answer(paging.whole([]))
    asked = Wanted(actor=viewer.id, limit=limit + 1, before=before(cursor))
    async with call.reading() as tx:
        found = await entries(tx, "sign_ins", asked)
    items = [told("sign_ins", one) for one in found]
    return answer(paging.page_by("seq", items, limit))


def described(one: Verdict, language: Language) -> Mapping[str, Any]:
    """Give what a verification found, as the API shows it."""
    return {
        "log": one.log.key.replace("_", "-"),
        "sound": one.sound,
        "seals": one.seals,
        "rows": one.rows,
        "cleared": one.cleared,
        "unsealed": one.unsealed,
        "head": {"number": one.head[0], "digest": one.head[1]} if one.head else None,
        "findings": [
            {
                "kind": finding.kind,
                "seal": finding.seal,
                "first": finding.first,
                "last": finding.last,
                "rows": finding.rows,
                "message": finding.says.said(language),
            }
            for finding in one.findings
        ],
    }
