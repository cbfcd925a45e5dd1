"""Masked values of one record looked at in full: for a reason, within a quota, and always noted."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.faults import MissingMember, WrongShape
from zhike.doors.http.reading import identifier, json_body, members, parameters
from zhike.doors.http.records.reading import Path
from zhike.kernel.faults import Fault
from zhike.store import read
from zhike.store.trail import note

KNOWN = frozenset({"fields", "reason"})
MOST = 50
LONGEST = 48


async def reveal(call: Call, path: Path) -> Response:
    """Give the full values of some fields. Who is refused is noted, too."""
    rights = await call.policy()
    identity = identifier(path["id"])
    parameters(call.scope, frozenset())
    body = members(await json_body(call.scope, call.receive), KNOWN)
    fields = _fields(body)
    reason = body.get("reason", call.origin.reason)
    if not isinstance(reason, str):
        raise WrongShape(at="reason", wanted="…")
    origin = replace(call.origin, reason=reason.strip())
    try:
        async with call.transaction_as(rights.viewer, origin) as tx:
            found = await read.reveal(tx, rights, (path["object"], identity), fields)
    except Fault as fault:
        told = {"fields": fields, "why": [one.word for one in fault.problems]}
        async with call.transaction_as(rights.viewer, origin) as tx:
            note(tx, "field.reveal_refused", object=path["object"][:48], target=identity, new=told)
        raise
    return answer({"id": identity, "values": found})


def _fields(body: dict[str, Any]) -> list[str]:
    if "fields" not in body:
        raise MissingMember(at="fields", name="fields")
    fields = body["fields"]
    fit = (
        isinstance(fields, list)
        and 0 < len(fields) <= MOST
        and all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in fields)
    )
    if not fit:
        raise WrongShape(at="fields", wanted='["…"]')
    return list(fields)
