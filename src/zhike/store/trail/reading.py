"""Reading the operation log and the sign-in log: newest first, by whatever somebody looks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from zhike.kernel.sql import Sql, either, every, ident, joined, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.store.trail.logs import LOGS, OPERATIONS, SIGN_INS, LogKey

LATEST = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries of a log are looked for; what is left out does not matter."""

    actor: UUID | None = None
    act: str = ""
    """An act, or the beginning of some: `user.` is everything done to users."""
    object: str = ""
    target: str = ""
    since: datetime | None = None
    until: datetime | None = None
    search: str = ""
    before: int = LATEST
    """The sequence number that the page before ended with."""
    limit: int = 100


Entry = Mapping[str, Any]

SHOWN: Mapping[LogKey, tuple[str, ...]] = {
    "operations": (
        "seq", "at", "actor", "name", "seen_by", "act", "object", "target", "label", "old", "new",
        "reason", "source", "ip", "agent", "request",
    ),
    "sign_ins": ("seq", "at", "user", "name", "login", "way", "outcome", "ip", "agent"),
}  # fmt: skip
"""What an entry of a log shows. That of the changes depends on who looks: see `store.read`."""

SEARCHED: Mapping[LogKey, tuple[str, ...]] = {
    "operations": ("name", "act", "label", "target", "reason", "ip"),
    "sign_ins": ("login", "ip", "agent"),
}


async def entries(tx: Tx, log: LogKey, wanted: Wanted) -> Sequence[Entry]:
    """Give entries of the operation log or the sign-in log, newest first."""
    names = SHOWN[log]
    rows = await tx.rows(_statement(log, wanted))
    return [dict(zip(names, map(_shown, row), strict=True)) for row in rows]


def _shown(value: Any) -> Any:
    return orjson.Fragment(value) if isinstance(value, bytes) else value


def _statement(log: LogKey, wanted: Wanted) -> Sql:
    name = sql("u.name") if log == "sign_ins" else sql("e.name")
    columns = [name if one == "name" else ident("e", one) for one in SHOWN[log]]
    people = sql(' LEFT JOIN zk_user AS u ON u.id = e."user"') if log == "sign_ins" else sql("")
    return sql(
        "SELECT {columns} FROM {table} AS e{people} WHERE {where}"
        " ORDER BY e.seq DESC LIMIT {limit}",
        columns=joined(columns),
        table=ident(LOGS[log].table),
        people=people,
        where=every(_conditions(log, wanted)),
        limit=vetted(str(int(wanted.limit))),
    )


def _conditions(log: LogKey, wanted: Wanted) -> Iterator[Sql]:
    yield sql("e.seq < {before}", before=param(wanted.before, "bigint"))
    yield from timed(wanted)
    if wanted.actor:
        who = ident("e", "user" if log == SIGN_INS.key else "actor")
        yield sql("{who} = {actor}", who=who, actor=param(wanted.actor, "uuid"))
    if wanted.act:
        what = ident("e", "outcome" if log == SIGN_INS.key else "act")
        yield sql("starts_with({what}, {act})", what=what, act=param(wanted.act, "text"))
    if log == OPERATIONS.key:
        for name, value in (("object", wanted.object), ("target", wanted.target)):
            if value:
                yield sql("{it} = {value}", it=ident("e", name), value=param(value, "text"))
    if wanted.search:
        yield found(wanted.search, [ident("e", one) for one in SEARCHED[log]])


def timed(wanted: Wanted) -> Iterator[Sql]:
    """Give the conditions on the moment of an entry `e`."""
    if wanted.since:
        yield sql("e.at >= {since}", since=param(wanted.since, "timestamptz"))
    if wanted.until:
        yield sql("e.at < {until}", until=param(wanted.until, "timestamptz"))


def found(words: str, places: Sequence[Sql]) -> Sql:
    """Give the condition that some words stand in one of some places."""
    like = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return either(
        sql("{place} ILIKE {like}", place=one, like=param(f"%{like}%", "text")) for one in places
    )
