"""
What goes along with the records: the reporting line, departments, record teams, saved views, and
the person's own access. Taken back as far as nobody changed it since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhike.hub.handover.faults import PersonDeparted
from zhike.hub.handover.ledger import Handover
from zhike.hub.handover.people import QUERIES, Cast, Somebody
from zhike.kernel.tx import Tx
from zhike.meta import Json, Snapshot
from zhike.store.accounts import Passwords, People, lock_people, tell

MOVES: Mapping[str, str] = {
    "reports": "move_reports",
    "departments": "move_heads",
    "views": "move_views",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Changes whether somebody can sign in, by the rules for people."""

    snapshot: Snapshot
    passwords: Passwords

    async def change(self, tx: Tx, person: UUID, *, active: bool) -> None:
        """Enable or disable a person; sessions and keys of a disabled one end."""
        people = People(roles=self.snapshot.roles, passwords=self.passwords)
        await people.change(tx, person, {"active": active})


class _Rehearsed(Exception):
    """Whatever was rehearsed is undone by it."""


async def rehearse(tx: Tx, access: Access, person: UUID) -> None:
    """Raise whatever keeps the viewer from disabling somebody; change nothing."""
    try:
        async with tx.savepoint():
            await access.change(tx, person, active=False)
            raise _Rehearsed  # noqa: TRY301 - nothing else undoes it
    except _Rehearsed:
        return


async def done_beside(tx: Tx, access: Access, task: Handover, cast: Cast) -> Mapping[str, Json]:
    """Do what goes along with the records, and say what it was, so that it can be taken back."""
    await lock_people(tx)
    spec = task.spec
    told: dict[str, Json] = {}
    wanted = {
        "reports": spec.moving(spec.reports),
        "departments": spec.moving(spec.departments),
        "views": spec.views,
    }
    for name, query in MOVES.items():
        someone = wanted[name]
        if someone is not None:
            to = cast.taking(someone)
            rows = await tx.rows(QUERIES[query](**{"from": task.person, "to": to, "only": None}))
            told[name] = {"to": str(to) if to else None, "ids": [str(row[0]) for row in rows]}
    if spec.teams is not None:
        to = cast.taking(spec.teams)
        asked = {"handover": task.id, "from": task.person, "to": to, "by": tx.viewer.id}
        told["teams"] = {"to": str(to), "count": await tx.run(QUERIES["join_teams"](**asked))}
    told["disabled"] = spec.disable and cast.person.active
    if told["disabled"]:
        await access.change(tx, task.person, active=False)
    await tell(tx)
    return told


async def taken_back(tx: Tx, access: Access, task: Handover, person: Somebody) -> None:
    """Take back what went along with the records, where it is still so."""
    await lock_people(tx)
    told: Mapping[str, Any] = task.beside
    if told.get("disabled") and not person.active:
        await access.change(tx, task.person, active=True)
    elif not person.active:
        raise PersonDeparted(name=person.name)
    for name, query in MOVES.items():
        if told.get(name, {}).get("ids"):
            only = [UUID(one) for one in told[name]["ids"]]
            back = {"from": _id(told[name]["to"]), "to": task.person, "only": only}
            await tx.rows(QUERIES[query](**back))
    if "teams" in told:
        back = {"handover": task.id, "to": task.person, "by": tx.viewer.id}
        await tx.run(QUERIES["leave_teams"](**back))
    await tell(tx)


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
