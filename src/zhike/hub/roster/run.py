"""
Taking a table of people in: everything is looked at in one go and written in a few statements.

Whoever imports the same table at the same moment waits, and finds that nothing is left to do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhike.hub.roster.places import steps
from zhike.hub.roster.plan import EMPTY, MEMBERS, Entry, Options, Plan, Standing, ordered, plan
from zhike.hub.roster.table import Table
from zhike.hub.roster.wishes import SEVERAL, Told
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.store.accounts import (
    NewDepartment,
    People,
    Row,
    departments,
    everybody,
    fresh_ids,
    powers,
    write_departments,
    write_people,
)
from zhike.store.trail import note

SHOWN = 1000
"""Problems and changes that an answer lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a table, or what would."""

    plan: Plan
    ignored: Sequence[str]
    written: bool

    def described(self, language: Language) -> Mapping[str, Any]:
        """Give it as the API shows it."""
        plan = self.plan
        return {
            "written": self.written,
            "lines": plan.lines,
            "created": len(plan.added),
            "updated": len(plan.changed),
            "unchanged": plan.unchanged,
            "failed": plan.failed,
            "departments": ["/".join(one.path) for one in plan.places],
            "ignored": list(self.ignored),
            "people": [
                _told_entry(one, fate)
                for fate, entries in (("created", plan.added), ("updated", plan.changed))
                for one in entries
            ][:SHOWN],
            "problems": [_told_problem(one, language) for one in plan.problems[:SHOWN]],
        }


def _told_entry(one: Entry, fate: str) -> Mapping[str, Any]:
    return {
        "line": one.wish.line,
        "fate": fate,
        "login": one.new["login"],
        "name": one.new["name"],
        "changed": list(one.changed),
    }


def _told_problem(one: Told, language: Language) -> Mapping[str, Any]:
    found = one.problem
    hint = found.hint(language)
    return {
        "line": one.line,
        "column": one.column.letter if one.column else None,
        "header": one.column.header if one.column else None,
        "value": one.value,
        "code": found.word,
        "message": found.says(language),
        **({"hint": hint} if hint else {}),
    }


async def run(
    tx: Tx,
    people: People,
    table: Table,
    options: Options,
    *,
    dry: bool = False,
    name: str = "",
) -> Outcome:
    """
    Take a table in, or say what that would do.

    With problems nothing is written unless lines with problems are to be skipped.
    """
    await people.enter(tx)
    standing = await _standing(tx, people)
    ids = await fresh_ids(tx, len(table.lines) + _named_places(table))
    made = plan(table, standing, options, fresh=iter(ids))
    if dry or (made.problems and not options.skip):
        return Outcome(plan=made, ignored=table.ignored, written=False)
    if made.added or made.changed:
        await _write(tx, people, made)
        summary = {
            "file": name,
            "created": len(made.added),
            "updated": len(made.changed),
            "departments": ["/".join(one.path) for one in made.places],
        }
        note(tx, "user.imported", object="user", label=name, new=summary)
    return Outcome(plan=made, ignored=table.ignored, written=True)


async def _standing(tx: Tx, people: People) -> Standing:
    known, today = await everybody(tx)
    return Standing(
        people=[{**one, "departments": ordered(one["departments"])} for one in known],
        places=await departments(tx),
        roles=people.roles,
        rules=people.rules,
        viewer=tx.viewer,
        today=today,
    )


def _named_places(table: Table) -> int:
    """Give how many departments a table could name at most."""
    at = [one.at for one in table.columns if one.member == "departments"]
    named = {str(cells[one]) for _, cells in table.lines for one in at if one < len(cells)}
    return sum(len(steps(text)) for one in named for text in SEVERAL.split(one))


async def _write(tx: Tx, people: People, made: Plan) -> None:
    await write_departments(
        tx, [NewDepartment(id=one.id, name=one.name, parent=one.parent) for one in made.places]
    )
    both = (*made.added, *made.changed)
    await write_people(tx, added=_rows(made.added), changed=_rows(made.changed))
    held = {power for one in both for power in powers((one.old or EMPTY)["roles"], people.roles)}
    await people.keep_an_administrator(tx, held)
    for one in both:
        note(
            tx,
            "user.changed" if one.old else "user.created",
            object="user",
            target=one.id,
            label=one.new["name"],
            old=_noted(one.old, one.changed) if one.old else None,
            new=_noted(one.new, one.changed if one.old else MEMBERS),
        )


def _rows(entries: Iterable[Entry]) -> list[Row]:
    return [Row(id=one.id, new=one.new, changed=one.changed) for one in entries]


def _noted(known: Mapping[str, Any], members: Iterable[str]) -> dict[str, Any]:
    return {one: _plain(known[one]) for one in members}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
