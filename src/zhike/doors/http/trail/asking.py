"""What is asked of a log, as a path and its parameters say it, and who may ask."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query
from pydantic import AwareDatetime

from zhike.access import Policy
from zhike.doors.http.call import Call
from zhike.doors.http.paging import LONGEST, Limit, Search, after
from zhike.kernel.faults import NotAllowed
from zhike.store.trail import LATEST, LOGS, LogKey, Wanted
from zhike.store.trail.faults import UnknownLog

Word = Annotated[str | None, Query(max_length=200)]
Since = Annotated[AwareDatetime | None, Query(alias="from")]
Cursor = Annotated[str | None, Query(max_length=LONGEST)]


def asked(  # noqa: PLR0913, PLR0917 - one for each query parameter
    actor: UUID | None = None,
    act: Word = None,
    object: Word = None,  # noqa: A002 - its name in the API
    target: Word = None,
    since: Since = None,
    until: AwareDatetime | None = None,
    search: Search = None,
) -> Wanted:
    """Read what is looked for in a log."""
    return Wanted(
        actor=actor,
        act=act or "",
        object=object or "",
        target=target or "",
        since=since,
        until=until,
        search=search or "",
    )


Asked_ = Annotated[Wanted, Depends(asked)]
Size = Limit


def before(cursor: str | None) -> int:
    """Give the sequence number a page goes on before."""
    return after(cursor, _whole, LATEST)


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LATEST:
        raise ValueError(text)
    return number


async def auditor(call: Call) -> Policy:
    """Give the policy of the one who asks, who must be allowed to read the logs."""
    held = await call.policy()
    if not held.audits:
        raise NotAllowed
    return held


def log_of(name: str) -> LogKey:
    """Give the log that a path names: `operations`, `sign-ins`, `changes`."""
    for key in LOGS:
        if name == key.replace("_", "-"):
            return key
    known = ", ".join(one.replace("_", "-") for one in LOGS)
    raise UnknownLog(name=name[:40], known=known)


def told(log: LogKey, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give an entry as the API shows it: whoever acted is an id and a name."""
    who = "user" if log == "sign_ins" else "actor"
    shown = {key: value for key, value in entry.items() if key != "name"}
    known = entry[who] or entry["name"]
    return {**shown, who: {"id": entry[who], "name": entry["name"]} if known else None}
