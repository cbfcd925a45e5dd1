"""
What people ask for when somebody else has the record: to see it, to work on it too, to be given it.

The owner decides, or whoever the owner reports to, or who may give the record away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from zhike.access import Policy
from zhike.hub.identity.cards.met import QUERIES
from zhike.hub.identity.faults import UnknownCard, UnknownWish, WishDecided
from zhike.hub.identity.redaction import redacted
from zhike.kernel.sql import Sql, every, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.trail import note

Kind = Literal["access", "collaboration", "release"]
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asked for."""

    id: UUID
    created_at: datetime
    asker: UUID
    asker_name: str
    object: str
    record: UUID
    title: str
    wish: Kind
    reason: str
    state: str
    answer: str
    mine: bool
    """Whether the viewer is the one who asked, and not one of those who decide."""

    def described(self) -> Mapping[str, Json]:
        """Give it as the API shows it; whoever asked is not told the record's id."""
        told: dict[str, Json] = {
            "id": str(self.id),
            "created_at": self.created_at.isoformat(),
            "asker": {"id": str(self.asker), "name": self.asker_name},
            "object": self.object,
            "title": self.title,
            "wish": self.wish,
            "reason": self.reason,
            "state": self.state,
            "answer": self.answer,
        }
        return told if self.mine else {**told, "record": str(self.record)}


async def ask(tx: Tx, held: Policy, card: UUID, *, wish: Kind, reason: str) -> UUID:
    """Ask for what a card stands for; gives the wish."""
    row = await tx.row(QUERIES["card"](id=card, asker=tx.viewer.id))
    if row is None or row[0] not in held.snapshot.objects:
        raise UnknownCard
    obj, record = row
    known = held.snapshot.objects[obj]
    found = await tx.row(
        sql(
            "SELECT {title}::text, t.owner FROM {table} AS t"
            " WHERE t.id = {id} AND t.deleted_at IS NULL",
            title=ident("t", known.title),
            table=ident(known.table),
            id=param(record, "uuid"),
        )
    )
    if found is None or found[0] is None:
        raise UnknownCard
    title, owner = found
    readable = held.level(obj, known.title) in ("read", "write")
    made: UUID = await tx.value(
        QUERIES["add_wish"](
            asker=tx.viewer.id, object=obj, record=record, wish=wish, reason=reason.strip(),
            title=redacted(title) if readable else "",
        )
    )  # fmt: skip
    told = {"wish": wish, "reason": reason, "owner": str(owner) if owner else None}
    note(tx, "duplicate.asked", object=obj, target=record, new=told)
    return made


async def listed(tx: Tx, held: Policy, *, state: str | None) -> Sequence[Wish]:
    """List what the viewer asked for, and what they have to decide; the newest first."""
    return await _wishes(tx, held, sql("w.state = {state}", state=param(state)) if state else None)


async def wished(tx: Tx, held: Policy, id: UUID) -> Wish:  # noqa: A002 - what it is
    """Give one open wish that the viewer may decide."""
    found = await _wishes(tx, held, sql("w.id = {id}", id=param(id, "uuid")))
    if not found or found[0].mine:
        raise UnknownWish
    if found[0].state != "open":
        raise WishDecided
    return found[0]


async def decide(tx: Tx, wish: Wish, *, grant: bool, answer: str) -> None:
    """Write down what was decided; what follows from it is done by whoever calls."""
    state = "granted" if grant else "refused"
    row = await tx.row(
        QUERIES["decide"](id=wish.id, state=state, answer=answer.strip(), by=tx.viewer.id)
    )
    if row is None:
        raise WishDecided
    told = {"wish": wish.wish, "asker": str(wish.asker), "answer": answer}
    note(tx, f"duplicate.{state}", object=wish.object, target=wish.record, new=told)


async def _wishes(tx: Tx, held: Policy, condition: Sql | None) -> Sequence[Wish]:
    """Give wishes of the viewer, and those of others about records they decide on."""
    parts = [_about(held, key, condition) for key, one in held.snapshot.objects.items()
             if not one.system and held.snapshot.matches.get(key)]  # fmt: skip
    if not parts:
        return []
    rows = await tx.rows(
        sql(
            "SELECT * FROM ({parts}) AS w ORDER BY created_at DESC, id DESC LIMIT {most}",
            parts=joined(parts, by=" UNION ALL "),
            most=param(MOST, "integer"),
        )
    )
    me = tx.viewer.id
    return [Wish(**dict(zip(FIELDS, row, strict=True)), mine=row[2] == me) for row in rows]


FIELDS = (
    "id", "created_at", "asker", "asker_name", "object", "record", "title", "wish", "reason",
    "state", "answer",
)  # fmt: skip


def _about(held: Policy, key: str, condition: Sql | None) -> Sql:
    mine = sql("w.asker = {me}", me=param(held.viewer.id, "uuid"))
    gives = held.rows(key, "t", "transfer") if held.may(key, "transfer") else sql("false")
    decides = sql(
        "({gives} OR {me} IN (WITH RECURSIVE up (id) AS (SELECT t.owner UNION"
        " SELECT u.manager FROM up JOIN zk_user AS u ON u.id = up.id) SELECT id FROM up))",
        gives=sql("({gives})", gives=gives or sql("true")),
        me=param(held.viewer.id, "uuid"),
    )
    wanted = [sql("w.object = {key}", key=param(key, "text")), sql("t.deleted_at IS NULL")]
    wanted.append(sql("({mine} OR {decides})", mine=mine, decides=decides))
    if condition:
        wanted.append(condition)
    return sql(
        "SELECT w.id, w.created_at, w.asker, a.name, w.object, w.record, w.title, w.wish,"
        " w.reason, w.state, w.answer FROM zk_identity_wish AS w"
        " JOIN zk_user AS a ON a.id = w.asker JOIN {table} AS t ON t.id = w.record WHERE {where}",
        table=ident(held.snapshot.objects[key].table),
        where=every(wanted),
    )
