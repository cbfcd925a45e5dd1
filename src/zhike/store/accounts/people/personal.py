"""What is granted to one person alone, on one object: listed, given, taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Tx
from zhike.store.accounts.faults import OwnPowers
from zhike.store.accounts.news import tell
from zhike.store.accounts.people.queries import QUERIES
from zhike.store.trail import note

MEMBERS = ("object", "grant", "reason", "until", "created_by", "created_at")


async def personal_grants(tx: Tx, user: UUID) -> list[Mapping[str, Any]]:
    """List what is granted to one person alone; what is over is not there any more."""
    found = await tx.rows(QUERIES["personal_grants"](user=user))
    return [
        dict(zip(MEMBERS, (row[0], orjson.loads(row[1]), *row[2:]), strict=True)) for row in found
    ]


async def put_personal_grant(  # noqa: PLR0913 - what a grant is
    tx: Tx,
    user: UUID,
    object: str,  # noqa: A002 - the word of grants
    body: Mapping[str, Any],
    *,
    reason: str,
    until: datetime | None,
    separate: bool,
) -> None:
    """Grant something to one person alone; whether it makes sense is judged before."""
    label = await _about(tx, user, separate=separate)
    old = await tx.value(QUERIES["personal_grant"](user=user, object=object))
    await tx.run(
        QUERIES["put_personal_grant"](
            user=user,
            object=object,
            body=orjson.dumps(body).decode(),
            reason=reason,
            until=until,
            actor=tx.viewer.id,
        )
    )
    new = {"object": object, "grant": body, "reason": reason, "until": until}
    before = orjson.loads(old) if old else None
    note(tx, "grant.given", object="user", target=user, label=label, old=before, new=new)
    await tell(tx)


async def drop_personal_grant(
    tx: Tx,
    user: UUID,
    object: str,  # noqa: A002 - as above
    *,
    separate: bool,
) -> None:
    """Take back what was granted to one person alone."""
    label = await _about(tx, user, separate=separate)
    old = await tx.value(QUERIES["personal_grant"](user=user, object=object))
    if old is None:
        raise NotFound
    await tx.run(QUERIES["drop_personal_grant"](user=user, object=object))
    old = {"object": object, **orjson.loads(old)}
    note(tx, "grant.taken", object="user", target=user, label=label, old=old)
    await tell(tx)


async def _about(tx: Tx, user: UUID, *, separate: bool) -> str:
    """Give the name of the person, who must be there and, with separated powers, somebody else."""
    if separate and tx.viewer.id == user:
        raise OwnPowers
    name: str | None = await tx.value(QUERIES["name_of"](id=user))
    if name is None:
        raise NotFound
    return name
