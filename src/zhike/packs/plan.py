"""
Documents in, a plan out: what would change, what that does to tables, what it touches and loses.

Nothing is written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from zhike.kernel.faults import Problem, problem
from zhike.kernel.tx import Tx
from zhike.meta import Json, Located
from zhike.packs.check import Understood, understand
from zhike.packs.faults import NoSuchDocument, OtherApp, StillUsed
from zhike.packs.merge import merged
from zhike.packs.powers import inseparable
from zhike.store.catalog import (
    Body,
    Settled,
    Stored,
    Written,
    config_version,
    settled_of,
    shipped,
    stored,
)
from zhike.store.ddl import Kept, Step, kept_in, measured, steps

Name = tuple[str, str]
"""The kind and key of a document."""

How = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A document that would be another one afterwards."""

    kind: str
    key: str
    how: How
    clashes: tuple[str, ...] = ()
    """Where an upgrade and a person changed the same thing, and the person's word stands."""

    def as_json(self) -> Mapping[str, Json]:
        """Give it as the API shows it."""
        return {
            "kind": self.kind,
            "key": self.key,
            "change": self.how,
            "clashes": list(self.clashes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What applying some documents would do."""

    version: int
    """The version of the configuration it was made against."""
    changes: tuple[Changed, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: tuple[Written, ...] = ()
    removed: tuple[Name, ...] = ()
    settled: Settled | None = None
    """What the configuration would mean."""

    @property
    def lossy(self) -> tuple[Step, ...]:
        """The steps that want to be confirmed."""
        return tuple(one for one in self.steps if one.lossy)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.written or self.removed)

    def as_json(self) -> Mapping[str, Json]:
        """Give the plan as the API shows it, without its problems: those are said as problems."""
        return {
            "version": self.version,
            "documents": [one.as_json() for one in self.changes],
            "steps": [one.as_json() for one in self.steps],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants: documents to be there, others gone."""

    documents: Sequence[Located] = ()
    app: str | None = None
    """The app that ships these documents; what it shipped before and ships no more goes."""
    remove: Sequence[Name] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand in the workspace."""

    version: int
    zone: str
    documents: Mapping[Name, Stored]
    shipped: Mapping[Name, Body]
    kept: Kept


async def plan(tx: Tx, wish: Wish) -> Plan:
    """Say what fulfilling a wish would do, and everything that forbids it."""
    standing = await _standing(tx, wish.app)
    found = _Draft(standing, wish)
    whole = understand(found.configuration(), version=standing.version + 1, zone=standing.zone)
    problems = (*found.problems, *_explained(whole, standing))
    if problems or whole.settled is None:
        return Plan(version=standing.version, changes=found.changes, problems=problems)
    old = settled_of(standing.documents.values(), version=standing.version, zone=standing.zone)
    done = await measured(tx, steps(old, whole.settled, standing.kept))
    return Plan(
        version=standing.version,
        changes=found.changes,
        steps=done,
        problems=(
            *(one for step in done for one in step.problems),
            *await inseparable(tx, old.snapshot, whole.settled.snapshot),
        ),
        written=tuple(found.written),
        removed=found.removed,
        settled=whole.settled,
    )


async def _standing(tx: Tx, app: str | None) -> Standing:
    version, zone = await config_version(tx)
    return Standing(
        version=version,
        zone=zone,
        documents={(one.kind, one.key): one for one in await stored(tx)},
        shipped=await shipped(tx, app) if app else {},
        kept=await kept_in(tx),
    )


class _Draft:
    """The wish laid beside what is there: what to write, what to remove, what is wrong."""

    def __init__(self, standing: Standing, wish: Wish) -> None:
        self._standing = standing
        self._wish = wish
        self._wanted: dict[Name, Located] = {}
        self._doubled: list[Located] = []
        self._clashes: dict[Name, tuple[str, ...]] = {}
        self.written: list[Written] = []
        self.problems: list[Problem] = []
        for one in wish.documents:
            self._take(one)
        self.removed = tuple(self._gone())

    @property
    def changes(self) -> tuple[Changed, ...]:
        """What is different, in the order in which it was said."""
        there = self._standing.documents
        written = (
            Changed(
                kind=one.kind,
                key=one.key,
                how="changed" if (one.kind, one.key) in there else "added",
                clashes=self._clashes.get((one.kind, one.key), ()),
            )
            for one in self.written
        )
        removed = (Changed(kind=kind, key=key, how="removed") for kind, key in self.removed)
        return (*written, *removed)

    def configuration(self) -> Iterator[Located]:
        """Give the whole configuration as it would be."""
        gone = set(self.removed)
        for name, one in self._standing.documents.items():
            if name not in gone and name not in self._wanted:
                yield Located(body=one.body)
        yield from self._wanted.values()
        yield from self._doubled

    def _take(self, one: Located) -> None:
        name = (one.kind, one.key)
        if name in self._wanted:
            self._doubled.append(one)
            return
        there = self._standing.documents.get(name)
        app = self._wish.app
        if app is None or there is None:
            self._wanted[name] = one
            if there is None or there.body != one.body:
                self._write(one, shipped=one.body if app else None)
            return
        if there.app not in {None, app}:
            self.problems.append(
                problem(OtherApp, at=one.at("key"), name=" ".join(name), app=there.app)
            )
        self._upgrade(one, there)

    def _upgrade(self, one: Located, there: Stored) -> None:
        name = (one.kind, one.key)
        base = self._standing.shipped.get(name)
        both = merged(base or {}, ours=there.body, theirs=one.body)
        if both.body == one.body:
            self._wanted[name] = one
        else:
            self._wanted[name] = Located(body=both.body)
        if base == one.body and both.body == there.body:
            return
        self._clashes[name] = both.clashes
        self._write(
            one,
            shipped=one.body if base != one.body else None,
            body=both.body if both.body != one.body or base == one.body else None,
        )

    def _write(self, one: Located, *, shipped: Body | None, body: Body | None = None) -> None:
        self.written.append(
            Written(
                kind=one.kind,
                key=one.key,
                app=self._wish.app if shipped is not None else None,
                shipped=shipped,
                body=body if body is not None or shipped is not None else one.body,
            )
        )

    def _gone(self) -> Iterator[Name]:
        there = self._standing.documents
        for name in self._wish.remove:
            if name in there:
                yield name
            else:
                kind, key = name
                self.problems.append(problem(NoSuchDocument, at=key, kind=kind, key=key))
        if self._wish.app:
            for name, one in there.items():
                if one.app == self._wish.app and name not in self._wanted:
                    yield name


def _explained(whole: Understood, standing: Standing) -> Iterator[Problem]:
    """What is unknown only because it is being removed is still used, not misspelt."""
    there = set(_names(one.body for one in standing.documents.values()))
    for one in whole.problems:
        match one.word:
            case "no_such_object" | "no_such_app":
                name = str(one.facts.get("name"))
            case "no_such_field":
                name = f"{one.facts.get('object')}.{one.facts.get('name')}"
            case _:
                name = ""
        used = name in there
        yield problem(StillUsed, at=one.at, name=name, user=one.at) if used else one


def _names(bodies: Iterable[Body]) -> Iterator[str]:
    """Give everything that documents speak of by name: objects, apps, and `object.field`."""
    for body in bodies:
        if body["kind"] in {"object", "app"}:
            yield body["key"]
        if body["kind"] == "object":
            yield from (f"{body['key']}.{field['key']}" for field in body.get("fields", ()))


def located(bodies: Iterable[Mapping[str, Json]]) -> list[Located]:
    """Take documents as JSON has them; addresses count from the first: `documents[0].fields[2]`."""
    return [Located(body=one, root=f"documents[{number}]") for number, one in enumerate(bodies)]
