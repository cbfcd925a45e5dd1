"""Entries of the logs, written in the transaction of what they tell of."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from zhike.kernel.sql import Sql
from zhike.kernel.tx import Tx
from zhike.store.trail.queries import QUERIES

IDS = 100
"""How many records an entry names."""


def note(  # noqa: PLR0913 - the columns of a log
    tx: Tx,
    act: str,
    *,
    object: str = "",  # noqa: A002 - the word of the logs
    target: UUID | str = "",
    label: str = "",
    old: Any = None,
    new: Any = None,
) -> None:
    """
    Note in the operation log (操作日志) what the viewer of this transaction does.

    `act` is a noun and a verb in the past: `user.changed`. `old` and `new` are anything that JSON
    can say; secrets do not belong into them. Where the viewer comes from and why stands in
    `tx.origin`. The entry travels with the next statement and is lost with the transaction.
    """
    tx.soon(_entry(tx, act, object=object, target=target, label=label, old=old, new=new))


async def note_reading(
    tx: Tx,
    object: str,  # noqa: A002 - as above
    fields: Sequence[str],
    *,
    how: str,
    records: Sequence[UUID],
    count: int = 0,
) -> None:
    """
    Note that sensitive fields were read in full, before the answer leaves: one entry a request.

    Of the records only so many ids are kept as an entry should hold; `count` is all of them.
    """
    told = {
        "fields": list(fields),
        "how": how,
        "count": count or len(records),
        "records": [str(one) for one in records[:IDS]],
    }
    target = str(records[0]) if len(records) == 1 else ""
    await tx.run(_entry(tx, "sensitive.read", object=object, target=target, new=told))


def _entry(  # noqa: PLR0913 - the columns of a log
    tx: Tx,
    act: str,
    *,
    object: str,  # noqa: A002 - as above
    target: UUID | str = "",
    label: str = "",
    old: Any = None,
    new: Any = None,
) -> Sql:
    viewer, origin = tx.viewer, tx.origin
    return QUERIES["note"](
        actor=viewer.id,
        name=viewer.name,
        seen_by=viewer.seen_by,
        act=act,
        object=object,
        target=str(target),
        label=label[:200],
        old=_json(old),
        new=_json(new),
        reason=origin.reason[:500],
        source=viewer.source,
        ip=origin.ip[:64],
        agent=origin.agent[:300],
        request=origin.request,
    )


def note_sign_in(
    tx: Tx, outcome: str, *, login: str, user: UUID | None = None, way: str = "password"
) -> None:
    """Note a sign-in, right or wrong, or the end of a session, in the sign-in log (登录日志)."""
    origin = tx.origin
    tx.soon(
        QUERIES["note_sign_in"](
            user=user,
            login=login[:200],
            way=way,
            outcome=outcome,
            ip=origin.ip[:64],
            agent=origin.agent[:300],
        )
    )


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value, default=str).decode()
