"""
Writes the demo company: people first, then chapter after chapter through the intake.

Refuses to found the company twice: its names and numbers are the same each time.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from zhike.access import Policy
from zhike.kernel.faults import Conflict, Invalid
from zhike.kernel.sql import Sql, param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.words import Words
from zhike.packs.demo.people import DEPARTMENTS, Person, people
from zhike.packs.demo.trade import BUILDER, Draft, Ledger
from zhike.packs.demo.words import SEED
from zhike.store.accounts import People, add_department, change_department, login_id
from zhike.store.batch import Batch, Entry

MOST = 4_000
"""Records in one batch."""

TakeIn = Callable[[Batch, Tx], Awaitable[Batch]]
"""The only way in, with its steps."""
Ids = dict[str, list[UUID]]


class DemoThere(Conflict):
    """The demo company is already here."""

    code = "P401"
    zh = "演示公司已经在这里了"
    hint = Words(
        zh="要重新开始，请换一个主目录：zhike demo --home 新目录",
        en="to start afresh use another home: zhike demo --home DIR",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The people of the demo company, and their ids by login."""

    people: Sequence[Person]
    ids: Mapping[str, UUID]


async def employ(tx: Tx, accounts: People, *, password: str | None) -> Staff:
    """
    Found the company: its departments, and its people, who report to the head of their department
    and it to the head of the one above. They sign in only if given a password.
    """
    if await tx.value(_department(DEPARTMENTS[0].name)):
        raise DemoThere
    places: dict[str, UUID] = {}
    for one in DEPARTMENTS:
        parent = places.get(one.parent or "")
        places[one.name] = await add_department(tx, {"name": one.name, "parent": parent})
    staff = tuple(people(Random(SEED)))
    ids: dict[str, UUID] = {}
    heads: dict[str | None, UUID] = {}
    above = {one.name: one.parent for one in DEPARTMENTS}
    for person in staff:
        over = above[person.department] if person.head else person.department
        given = {
            "login": person.login,
            "name": person.name,
            "number": person.number,
            "mobile": person.mobile,
            "manager": heads.get(over),
            "roles": [person.role],
            "departments": [{"id": str(places[person.department]), "main": True}],
            **({"password": password} if password else {}),
        }
        ids[person.login] = await accounts.add(tx, given)
        if person.head:
            heads[person.department] = ids[person.login]
            await change_department(tx, places[person.department], {"head": ids[person.login]})
    builder = await login_id(tx, BUILDER)
    return Staff(people=staff, ids={**ids, **({BUILDER: builder} if builder else {})})


async def write(
    ledger: Ledger, tx: Tx, *, policy: Policy, take_in: TakeIn, staff: Staff, known: Ids
) -> int:
    """Write one chapter, objects in the order of the story; give the number of records."""
    ids: Ids = dict(known)
    for object_key, drafts in ledger.drafts.items():
        entries = tuple(_entry(number, one, staff, ids) for number, one in enumerate(drafts))
        made: list[UUID] = []
        for first in range(0, len(entries), MOST):
            batch = Batch(
                policy=policy,
                object=policy.snapshot.objects[object_key],
                action="create",
                entries=entries[first : first + MOST],
                on_duplicate="create",
                atomic=True,
                source="import",
                cause="demo",
                trusted=True,
            )
            done = await take_in(batch, tx)
            if done.problems:
                raise Invalid(done.problems)
            made.extend(one.record for one in done.entries if one.record)
        ids[object_key] = made
    known.update({key: ids[key] for key in ("product", "competitor") if key in ledger.drafts})
    return sum(len(drafts) for drafts in ledger.drafts.values())


def _entry(number: int, draft: Draft, staff: Staff, ids: Ids) -> Entry:
    given = {
        **draft.values,
        **{field: str(ids[target][at]) for field, (target, at) in draft.links.items()},
        "created_at": draft.created_at.isoformat(),
    }
    if draft.owner in staff.ids:
        given["owner"] = str(staff.ids[draft.owner])
    return Entry(at=f"[{number}]", given=given)


def _department(name: str) -> Sql:
    return sql("SELECT 1 FROM zk_department WHERE name = {name}", name=param(name, "text"))
