"""
What is due today, and what is late: once a day whoever is in charge is told, in one line each.

No object is known by name: what has a `due_at` is due then, unless its stage says that it is over.
"""

import re
from uuid import UUID

from zhike.hub.hands import Hands
from zhike.hub.notifications.place import QUERIES
from zhike.hub.notifications.telling import ring
from zhike.kernel.sql import Sql, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Object, Snapshot

DUE = "due_at"
STAGES = ("stage", "status")
OVER = re.compile("完成|取消|关闭|作废|done|closed|cancel", re.IGNORECASE)
MORNING = 8
"""The hour of the day, where the company is, at which people are reminded."""


async def remind_in_the_morning(hands: Hands, workspace: str) -> None:
    """Remind everybody, if it is morning where the company is. To be asked once an hour."""
    async with hands.db.reading(platform("notifications"), workspace) as tx:
        hour = await tx.value(QUERIES["hour"]())
    if hour == MORNING:
        await remind(hands, workspace)


async def remind(hands: Hands, workspace: str) -> None:
    """Tell everybody what of theirs is due today and what is late; once a day, however often."""
    snapshot = await hands.catalog.snapshot(workspace)
    async with hands.db.transaction(platform("notifications"), workspace) as tx:
        await ring(tx, await _reminded(tx, snapshot))


async def _reminded(tx: Tx, snapshot: Snapshot) -> list[UUID]:
    asked = [_asked(one) for one in snapshot.objects.values() if _has_days(one)]
    if not asked:
        return []
    told = QUERIES["tell_due"]()
    statement = sql(
        "WITH late AS ({asked}) {told}", asked=joined(asked, by=" UNION ALL "), told=told
    )
    return [user for (user,) in await tx.rows(statement)]


def _has_days(obj: Object) -> bool:
    field = obj.fields.get(DUE)
    return not obj.system and field is not None and field.column == "timestamptz"


def _asked(obj: Object) -> Sql:
    return sql(
        "SELECT {object} AS object, t.id, t.owner, {due} AS due FROM {table} AS t"
        " WHERE t.deleted_at IS NULL AND t.owner IS NOT NULL AND {open}"
        " AND {due} < date_trunc('day', now()) + interval '1 day'"
        " AND {due} > now() - interval '30 days'",
        object=param(obj.key, "text"),
        due=ident("t", DUE),
        table=ident(obj.table),
        open=_open(obj),
    )


def _open(obj: Object) -> Sql:
    """Give the condition that a record is not over, by the option that says how far it came."""
    for field in obj.of_kind("option"):
        over = [one.key for one in getattr(field.settings, "options", ()) if OVER.search(one.key)]
        if field.key in STAGES and over:
            return sql(
                "({stage} <> ALL({over})) IS NOT FALSE",
                stage=ident("t", field.key),
                over=param(over, "text[]"),
            )
    return sql("true")
