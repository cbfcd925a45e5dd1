"""People as the company's directory knows them: found, counted, remembered by its own ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhike.kernel.faults import NotFound
from zhike.kernel.sql import Sql, param, sql
from zhike.kernel.tx import Tx
from zhike.store.accounts.directory.faults import ExternalTaken
from zhike.store.accounts.directory.queries import QUERIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person, with what the directory says beyond what the platform wants to know."""

    id: UUID
    login: str
    name: str
    number: str | None
    mobile: str | None
    email: str | None
    active: bool
    language: str
    zone: str | None
    manager: UUID | None
    department: str | None
    """The name of the main one."""
    roles: Sequence[str]
    external: str | None
    family: str
    given: str
    created_at: datetime
    updated_at: datetime


FIELDS = sql(
    "u.id, u.login, u.name, u.number, u.mobile, u.email, u.active, u.language, u.zone, u.manager,"
    " p.name,"
    ' ARRAY(SELECT role FROM zk_user_role r WHERE r."user" = u.id ORDER BY role),'
    " d.external, coalesce(d.family, ''), coalesce(d.given, ''), u.created_at, u.updated_at"
)
PEOPLE = sql(
    'zk_user u LEFT JOIN zk_directory_person d ON d."user" = u.id'
    " LEFT JOIN zk_department p ON p.id = u.department"
)
PRESENT = sql("u.deleted_at IS NULL AND (u.active OR d.removed_at IS NULL)")
"""Whom the directory removed it does not see again, unless somebody here brought them back."""


async def entries(tx: Tx, where: Sql, *, offset: int, limit: int) -> tuple[int, Sequence[Entry]]:
    """Give how many people there are of some kind, and a page of them in order of coming."""
    counting, paging = (
        sql(
            "SELECT count(*) FROM {people} WHERE {present} AND {where}",
            people=PEOPLE,
            present=PRESENT,
            where=where,
        ),
        sql(
            "SELECT {fields} FROM {people} WHERE {present} AND {where}"
            " ORDER BY u.id OFFSET {offset} LIMIT {limit}",
            fields=FIELDS,
            people=PEOPLE,
            present=PRESENT,
            where=where,
            offset=param(offset, "bigint"),
            limit=param(limit, "bigint"),
        ),
    )
    counted, rows = await tx.several([counting, paging])
    names = tuple(Entry.__dataclass_fields__)
    return counted[0][0], [Entry(**dict(zip(names, row, strict=True))) for row in rows]


async def entry(tx: Tx, id: UUID) -> Entry:  # noqa: A002 - what it is
    """Give one person."""
    _, found = await entries(tx, sql("u.id = {id}", id=param(id, "uuid")), offset=0, limit=1)
    if not found:
        raise NotFound
    return found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What the directory says of a person that only the directory wants to hear again."""

    external: str | None = None
    family: str = ""
    given: str = ""
    removed: bool = False


async def remember(tx: Tx, id: UUID, remark: Remark) -> None:  # noqa: A002
    """Keep what the directory says of a person; its id for one person is none for another."""
    if remark.external is not None and await tx.rows(
        QUERIES["external_taken"](external=remark.external, but=id)
    ):
        raise ExternalTaken(external=remark.external[:80])
    await tx.run(
        QUERIES["remember"](
            id=id,
            external=remark.external,
            family=remark.family,
            given=remark.given,
            removed=remark.removed,
        )
    )


async def removed(tx: Tx, login: str) -> UUID | None:
    """Give whom the directory once removed, by login."""
    found: UUID | None = await tx.value(QUERIES["removed"](login=login))
    return found


async def department_named(tx: Tx, name: str) -> UUID | None:
    """Give the one department of a name or code; None if there is none, or several."""
    found = await tx.rows(QUERIES["departments_named"](name=name))
    return found[0][0] if len(found) == 1 else None


async def members(tx: Tx, roles: Sequence[str]) -> Sequence[tuple[str, UUID, str]]:
    """Give who holds some roles: role, person, name."""
    rows = await tx.rows(QUERIES["members"](roles=list(roles)))
    return [(role, id_, name) for role, id_, name in rows]


async def roles_held(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Give the roles of some people; who is not in it is not there."""
    return {id_: list(roles) for id_, roles in await tx.rows(QUERIES["roles_held"](ids=list(ids)))}
