"""What a table of people would do: who is new, who changes in what, what is wrong. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from zhike.hub.roster.faults import (
    NoName,
    NoSuchManager,
    NothingToSignIn,
    TwiceInTable,
)
from zhike.hub.roster.matching import Known, Person, folded
from zhike.hub.roster.places import NewPlace, Places
from zhike.hub.roster.table import Table
from zhike.hub.roster.wishes import Told, Wish, wishes
from zhike.kernel.viewer import Viewer
from zhike.meta import RoleSpec, SecuritySpec
from zhike.store.accounts import (
    LoginTaken,
    ManagerCycle,
    NumberTaken,
    UnknownRole,
    above_viewer,
    together,
)

EMPTY: Person = {
    "login": None, "name": None, "number": None, "mobile": None, "email": None, "manager": None,
    "language": "zh", "joined_on": None, "left_on": None, "active": True, "roles": [],
    "departments": [],
}  # fmt: skip
MEMBERS = tuple(EMPTY)
ONCE = ("number", "login")
"""What belongs to one person only."""
PLAIN = ("login", "name", "number", "mobile", "email", "language", "joined_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a table of people is taken in."""

    create_departments: bool = False
    skip: bool = False
    """Whether lines with problems are left out, instead of refusing all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand: everybody, every department, and who may be made what by whom."""

    people: Sequence[Person]
    places: Sequence[Mapping[str, Any]]
    roles: Mapping[str, RoleSpec]
    rules: SecuritySpec
    viewer: Viewer
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person of the table, before and after; `new` is filled in while planning."""

    wish: Wish
    id: UUID
    old: Person | None
    new: dict[str, Any]

    @property
    def repeats(self) -> bool:
        """Whether an earlier line meant the same person."""
        return any(told.problem.fault is TwiceInTable for told in self.wish.problems)

    @property
    def changed(self) -> tuple[str, ...]:
        """The members that become others."""
        old = self.old or EMPTY
        return tuple(one for one in MEMBERS if self.new[one] != old[one])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What taking a table in would do."""

    lines: int
    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    unchanged: int
    failed: int
    """Lines with problems."""
    places: tuple[NewPlace, ...]
    problems: tuple[Told, ...]


def plan(table: Table, standing: Standing, options: Options, *, fresh: Iterator[UUID]) -> Plan:
    """Say what a table would do; `fresh` gives ids for whoever and whatever is new."""
    return _Planner(standing, options, fresh).planned(list(wishes(table)))


class _Planner:
    """Lays the table beside what is there."""

    def __init__(self, standing: Standing, options: Options, fresh: Iterator[UUID]) -> None:
        self.standing = standing
        self.options = options
        self.fresh = fresh
        self.known = Known(standing.people)
        self.places = Places(standing.places, fresh)
        self.roles = _named(standing.roles)

    def planned(self, all_: Sequence[Wish]) -> Plan:
        entries = [one for wish in all_ if (one := self._entry(wish)) is not None]
        _refuse_doubles(entries)
        self._refuse_taken(entries)
        self._managers(entries)
        for one in entries:
            self._refuse_powers(one)
        good = self._good(entries)
        changed = [one for one in good if one.changed]
        needed = {place for one in changed for place, _ in one.new["departments"]}
        return Plan(
            lines=len(all_),
            added=tuple(one for one in changed if one.old is None),
            changed=tuple(one for one in changed if one.old is not None),
            unchanged=len(good) - len(changed),
            failed=sum(bool(wish.problems) for wish in all_),
            places=_with_those_above(self.places.added, needed),
            problems=tuple(told for wish in all_ for told in wish.problems),
        )

    def _entry(self, wish: Wish) -> Entry | None:
        said = wish.said
        meant = self.known.meant(said)
        if isinstance(meant, tuple):
            fault, member = meant
            wish.wrong(fault, member, value=said[member])
            return None
        old = self.known.people[meant] if meant else None
        new = {**(old or EMPTY), **{one: said[one] for one in PLAIN if said.get(one) is not None}}
        if old is None:
            new["login"] = next(
                (str(said[one]) for one in ("login", "number", "email", "mobile") if said.get(one)),
                None,
            )
            if new["name"] is None and "name" not in wish.cells:
                wish.wrong(NoName, "name")
            if new["login"] is None and not wish.problems:
                wish.wrong(NothingToSignIn, "login")
        self._here_or_gone(new, said)
        self._placed(wish, new)
        self._held(wish, new)
        return Entry(wish=wish, id=meant or next(self.fresh), old=old, new=new)

    def _here_or_gone(self, new: dict[str, Any], said: Mapping[str, Any]) -> None:
        """A day of leaving that is past means gone; to be here again takes that day away."""
        today = str(self.standing.today)
        left, active = said.get("left_on"), said.get("active")
        if left is not None:
            new["left_on"] = left
            new["active"] = left >= today and active is not False
        elif active:
            new["left_on"] = new["left_on"] if new["active"] else None
            new["active"] = True
        elif active is False:
            new["left_on"] = new["left_on"] or today
            new["active"] = False

    def _placed(self, wish: Wish, new: dict[str, Any]) -> None:
        named = wish.said.get("departments")
        if named is None:
            return
        ids: list[UUID] = []
        for text in named:
            found = self.places.found(text, create=self.options.create_departments)
            if isinstance(found, UUID):
                ids += [] if found in ids else [found]
            else:
                wish.wrong(found, "departments", value=text)
        new["departments"] = ordered((one, number == 0) for number, one in enumerate(ids))

    def _held(self, wish: Wish, new: dict[str, Any]) -> None:
        named = wish.said.get("roles")
        if named is None:
            return
        for text in named:
            if folded(text) not in self.roles:
                near = get_close_matches(folded(text)[:64], list(self.roles), n=1)
                wish.wrong(UnknownRole, "roles", role=text, nearest=next(iter(near), ""))
        new["roles"] = sorted({self.roles[one] for one in map(folded, named) if one in self.roles})

    def _refuse_taken(self, entries: Sequence[Entry]) -> None:
        """A login or number of the table may belong to somebody whom the line does not mean."""
        for one in entries:
            for member, fault in (("login", LoginTaken), ("number", NumberTaken)):
                value = one.new[member]
                if value and self.known.by(member, value) - {one.id}:
                    one.wish.wrong(fault, member, **{member: value})

    def _managers(self, entries: Sequence[Entry]) -> None:
        """Managers may stand anywhere in the table; a line that repeats another is nobody."""
        table = {one.id: {**one.new, "id": one.id} for one in entries if not one.repeats}
        after = Known({**self.known.people, **table}.values())
        for one in entries:
            text = one.wish.said.get("manager")
            found = after.manager(text) if text else None
            if isinstance(found, UUID):
                one.new["manager"] = found
            elif found is not None:
                one.wish.wrong(found, "manager", value=text)

    def _refuse_powers(self, one: Entry) -> None:
        standing, changed = self.standing, one.changed
        if not changed:
            return
        separate = standing.rules.separation
        old, new = set((one.old or EMPTY)["roles"]), set(one.new["roles"])
        own = standing.viewer.id == one.id
        refused = above_viewer(
            standing.viewer,
            standing.roles,
            touched=old ^ new if own or separate else old | new,
            own=own,
            separate=separate,
        )
        if refused is not None:
            one.wish.tell(refused.problems[0])
        if separate and one.new["active"]:
            who = one.new["name"] or ""
            for found in together(one.new["roles"], standing.roles, who=who, at="roles"):
                one.wish.tell(found)

    def _good(self, entries: Sequence[Entry]) -> list[Entry]:
        """
        Leave out what is wrong; then what would point at somebody who is left out, and what would
        run in a circle without them.
        """
        while True:
            good = [one for one in entries if not one.wish.problems]
            there = {None, *self.known.people, *(one.id for one in good)}
            above = {id_: person["manager"] for id_, person in self.known.people.items()}
            circles = circling({**above, **{one.id: one.new["manager"] for one in good}})
            lost = [one for one in good if one.new["manager"] not in there]
            round_ = [one for one in good if one.id in circles and "manager" in one.changed]
            for one in lost:
                one.wish.wrong(NoSuchManager, "manager", value=one.wish.said["manager"])
            for one in round_:
                one.wish.wrong(ManagerCycle, "manager")
            if not lost and not round_:
                return good


def _named(roles: Mapping[str, RoleSpec]) -> dict[str, str]:
    """Give the roles by key and by what they are called."""
    called = (
        (name, key)
        for key, role in roles.items()
        for name in (role.label.zh, role.label.en, key)
        if name
    )
    return {folded(name): key for name, key in called}


def _refuse_doubles(entries: Iterable[Entry]) -> None:
    """Tell the second line that means the same person, or would have the same login or number."""
    first: dict[object, int] = {}
    for one in entries:
        marks = [one.id, *((name, folded(one.new[name])) for name in ONCE if one.new[name])]
        before = [first[mark] for mark in marks if mark in first]
        if before:
            member = "number" if "number" in one.wish.cells else "login"
            one.wish.wrong(TwiceInTable, member, line=before[0])
        for mark in marks:
            first.setdefault(mark, one.wish.line)


def _with_those_above(added: Sequence[NewPlace], needed: set[UUID]) -> tuple[NewPlace, ...]:
    """Give the new departments somebody sits in, with the new ones above them, from the top."""
    wanted = set(needed)
    for one in reversed(added):
        if one.id in wanted and one.parent is not None:
            wanted.add(one.parent)
    return tuple(one for one in added if one.id in wanted)


def ordered(places: Iterable[tuple[UUID, bool]]) -> list[tuple[UUID, bool]]:
    """Give the departments of a person in one order: the main one first."""
    return sorted(places, key=lambda one: (not one[1], one[0]))


def circling(above: Mapping[UUID, UUID | None]) -> set[UUID]:
    """Give everybody who would be their own manager through others."""
    done: set[UUID] = set()
    circles: set[UUID] = set()
    for start in above:
        path: dict[UUID, int] = {}
        at: UUID | None = start
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = above.get(at)
        if at is not None and at in path:
            circles |= {one for one, place in path.items() if place >= path[at]}
        done |= path.keys()
    return circles
