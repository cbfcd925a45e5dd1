"""
Records shared by those who may: with whom, how far, until when.

Who is shown a record by a share may neither hand it on nor give it away by that. Nobody decides
about more than they may do with the record themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.kernel.sql import Sql, every, ident, param, sql
from zhike.kernel.tx import Row, Tx
from zhike.kernel.words import Language
from zhike.meta import Json
from zhike.store import read, trail
from zhike.store.read import Query
from zhike.store.shares.faults import (
    AlreadyOver,
    BeyondYourLevel,
    NotYoursToShare,
    SharedWithOwner,
    TooManyShared,
    UnknownShare,
)
from zhike.store.shares.grantees import QUERIES, Grantee, demand
from zhike.store.shares.grantees import read as grantee_of
from zhike.store.write import NoSuchRecord

ALIAS = "t"
MOST = 50_000
"""Records shared at once; a scope of a role is the better way for more."""

Level = Literal["read", "write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What shall be shared with whom; a member of the record's team has no end."""

    to: Grantee
    level: Level = "read"
    until: datetime | None = None
    reason: str = ""
    team: bool = False

    def told(self) -> Mapping[str, Json]:
        """Give it as the logs keep it."""
        return {
            "grantee": str(self.to),
            "level": self.level,
            "until": self.until.isoformat() if self.until else None,
            "reason": self.reason,
            "team": self.team,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the viewer may do with one record, and whose it is."""

    shares: bool
    writes: bool
    owner: UUID | None

    def demand(self, level: str) -> None:
        """Refuse to decide about a level that the viewer does not have."""
        if not self.shares:
            raise NotYoursToShare
        if level == "write" and not self.writes:
            raise BeyondYourLevel(at="level")


async def listed(
    tx: Tx, policy: Policy, place: tuple[str, UUID], *, team: bool, language: Language
) -> Sequence[Mapping[str, Json]]:
    """Say with whom a record is shared, or who its team is, to somebody who sees the record."""
    await _standing(tx, policy, place)
    rows = await _rows(tx, place, team=team)
    return [described(row, policy, language) for row in rows]


def described(row: Row, policy: Policy, language: Language) -> Mapping[str, Json]:
    """Give a share as the API shows it: names of people and departments, nothing of a record."""
    id_, grantee, level, until, reason, created, by, by_name, name, active = row
    to = grantee_of(grantee).described(policy.snapshot, language, name=name, active=active)
    return {
        "id": str(id_),
        "to": to,
        "level": level,
        "until": until,
        "reason": reason,
        "created_at": created,
        "created_by": {"id": str(by), "name": by_name} if by else None,
    }


async def share(
    tx: Tx, policy: Policy, place: tuple[str, UUID], wanted: Wanted, *, language: Language
) -> Mapping[str, Json]:
    """Share one record, or share it differently with the same one."""
    obj, record = place
    standing = await _standing(tx, policy, place)
    standing.demand(wanted.level)
    await demand(tx, policy.snapshot, wanted.to)
    if wanted.to.user is not None and wanted.to.user == standing.owner:
        raise SharedWithOwner(at="to.user")
    before = await _rows(tx, place, team=wanted.team, grantee=str(wanted.to))
    if before:
        standing.demand(before[0][2])
    here = sql("{id} = {record}", id=ident(ALIAS, "id"), record=param(record, "uuid"))
    await tx.rows(_written(tx, policy, obj, wanted, chosen=here, exactly=True))
    trail.note(
        tx, "record.shared", object=obj, target=record, new=wanted.told(),
        old=_told(before[0]) if before else None,
    )  # fmt: skip
    rows = await _rows(tx, place, team=wanted.team, grantee=str(wanted.to))
    if not rows:
        # The right to share was lost, or the time was over, since a moment ago.
        raise AlreadyOver(at="until") if wanted.until else NotYoursToShare
    return described(rows[0], policy, language)


async def unshare(
    tx: Tx,
    policy: Policy,
    place: tuple[str, UUID],
    *,
    id: UUID | None = None,  # noqa: A002 - what it is
    member: UUID | None = None,
) -> None:
    """Stop sharing a record, or take somebody out of its team; everybody may leave."""
    obj, record = place
    standing = await _standing(tx, policy, place)
    team = member is not None
    rows = await _rows(tx, place, team=team, id_=id, grantee=f"user:{member}" if team else None)
    if not rows:
        raise UnknownShare
    (row,) = rows
    leaves = policy.rights.granted.leaves(obj, "share")
    if row[1] != f"user:{tx.viewer.id}" or not leaves:
        standing.demand(row[2])
    await tx.rows(QUERIES["drop_share"](id=row[0], object=obj, record=record, team=team))
    old = {**_told(row), "team": team}
    await tx.run(
        QUERIES["tell_shared"](
            actor=tx.viewer.id, source=tx.viewer.source, cause=None, object=obj, record=record,
            old=orjson.dumps({"zk_share": old}).decode(),
        )
    )  # fmt: skip
    trail.note(tx, "record.unshared", object=obj, target=record, old=old)


async def share_many(
    tx: Tx, policy: Policy, obj: str, chosen: Query | Sequence[UUID], *, wanted: Wanted
) -> Mapping[str, int]:
    """
    Share all records that answer a query, or those named, in one statement.

    Records one may see and not share so are left alone and counted. A share that goes further
    already stays as it is.
    """
    await demand(tx, policy.snapshot, wanted.to)
    if isinstance(chosen, Query):
        where = await read.condition(tx, policy, obj, chosen)
    else:
        seen = await read.condition(tx, policy, obj, Query())
        named = param(list(chosen), "uuid[]")
        where = every((sql("{id} = ANY({named})", id=ident(ALIAS, "id"), named=named), seen))
    row = await tx.row(_written(tx, policy, obj, wanted, chosen=where, exactly=False))
    found, may, written = row or (0, 0, 0)
    if found > MOST:
        raise TooManyShared(limit=MOST)
    counts = {"shared": written, "unchanged": may - written, "refused": found - may}
    trail.note(tx, "record.shared", object=obj, new={**wanted.told(), **counts})
    return counts


def _written(
    tx: Tx, policy: Policy, obj: str, wanted: Wanted, *, chosen: Sql, exactly: bool
) -> Sql:
    """
    Give the statement that shares the chosen records and tells their histories.

    It answers with how many were chosen, how many of them may be shared so, and how many shares are
    new or changed.
    """
    may = [policy.rows(obj, ALIAS, "share")]
    if wanted.level == "write":
        may.append(policy.rows(obj, ALIAS, "update"))
    if wanted.to.user is not None:
        to = param(wanted.to.user, "uuid")
        may.append(sql("{o} IS DISTINCT FROM {to}", o=ident(ALIAS, "owner"), to=to))
    return sql(
        "WITH found AS (SELECT {t}.id, ({may}) IS TRUE AS may FROM {table} AS {t}"
        " WHERE {chosen} LIMIT {most}), written AS (INSERT INTO zk_share AS s"
        " (object, record, grantee, level, team, until, reason, created_by)"
        " SELECT {object}, id, {grantee}, {level}, {team}, {until}, {reason}, {by} FROM found"
        " WHERE may AND (SELECT count(*) FROM found) < {most}"
        " ON CONFLICT (object, record, grantee, team) DO UPDATE SET level = {new_level},"
        " until = {new_until}, reason = EXCLUDED.reason, created_by = EXCLUDED.created_by"
        " WHERE (s.level, s.until) IS DISTINCT FROM ({new_level}, {new_until})"
        " OR s.reason <> EXCLUDED.reason"
        " RETURNING s.record, new.level, new.until, new.reason, old.level AS was), told AS ("
        "INSERT INTO zk_event (actor, source, object, record, kind, old, new)"
        " SELECT {by}, {source}, {object}, record, 'shared', CASE WHEN was IS NOT NULL THEN"
        " jsonb_build_object('zk_share',"
        " jsonb_build_object('grantee', {grantee}, 'level', was)) END,"
        " jsonb_build_object('zk_share', jsonb_build_object('grantee', {grantee}, 'level', level,"
        " 'until', until, 'team', {team}, 'reason', reason)) FROM written)"
        " SELECT (SELECT count(*) FROM found), (SELECT count(*) FROM found WHERE may),"
        " (SELECT count(*) FROM written)",
        t=ident(ALIAS),
        may=every(one for one in may if one),
        table=ident(policy.snapshot.objects[obj].table),
        chosen=chosen,
        most=param(MOST + 1, "integer"),
        object=param(obj, "text"),
        grantee=param(str(wanted.to), "text"),
        level=param(wanted.level, "text"),
        team=param(wanted.team, "boolean"),
        until=param(wanted.until, "timestamptz"),
        reason=param(wanted.reason, "text"),
        by=param(tx.viewer.id, "uuid"),
        source=param(tx.viewer.source, "text"),
        new_level=EXACT[0] if exactly else FURTHER[0],
        new_until=EXACT[1] if exactly else FURTHER[1],
    )


EXACT = (sql("EXCLUDED.level"), sql("EXCLUDED.until"))
FURTHER = (
    sql("greatest(s.level, EXCLUDED.level)"),
    sql(
        "CASE WHEN s.until IS NOT NULL AND EXCLUDED.until IS NOT NULL"
        " THEN greatest(s.until, EXCLUDED.until) END"
    ),
)
"""What becomes of a share that is there already: as wanted now, or whichever goes further."""


async def _standing(tx: Tx, policy: Policy, place: tuple[str, UUID]) -> Standing:
    """Look at a record through the viewer's eyes; what they do not see is not there."""
    obj, record = place
    read.readable(policy, obj)
    known = policy.snapshot.objects[obj]
    row = await tx.row(
        sql(
            "SELECT ({shares}) IS TRUE, ({writes}) IS TRUE, t.owner FROM {table} AS t"
            " WHERE {where}",
            shares=policy.rows(obj, ALIAS, "share") or sql("true"),
            writes=policy.rows(obj, ALIAS, "update") or sql("true"),
            table=ident(known.table),
            where=every(
                (
                    sql("t.id = {record} AND t.deleted_at IS NULL", record=param(record, "uuid")),
                    policy.rows(obj, ALIAS),
                )
            ),
        )
    )
    if row is None:
        raise NoSuchRecord(object=known.label.said(policy.viewer.language))
    return Standing(shares=row[0], writes=row[1], owner=row[2])


async def _rows(
    tx: Tx,
    place: tuple[str, UUID],
    *,
    team: bool,
    id_: UUID | None = None,
    grantee: str | None = None,
) -> Sequence[Row]:
    obj, record = place
    return await tx.rows(
        QUERIES["shares"](object=obj, record=record, team=team, id=id_, grantee=grantee)
    )


def _told(row: Row) -> Mapping[str, Json]:
    until = row[3].isoformat() if row[3] else None
    return {"grantee": row[1], "level": row[2], "until": until, "reason": row[4]}
