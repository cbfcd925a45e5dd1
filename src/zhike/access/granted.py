"""
What some roles grant together, as reaches and levels: the whole of what is judged, without SQL.

Roles add up: a record is reached by any of them, and a field has on a record the best level among
the roles that reach it; no two roles are ever mixed in any coarser way. What one of them denies is
taken away from the sum, and what an API key leaves out is as if it had never been granted.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from zhike.access import grants
from zhike.access.grants import LEVELS, Action
from zhike.access.reach import EVERYTHING, NOBODY, Reach, reach, union
from zhike.access.values import Sources, decided_by, is_derived, sources
from zhike.meta import DenialSpec, Field, GrantSpec, Level, RoleSpec, Snapshot, StageSpec

Made = TypeVar("Made")

Ladder = tuple[tuple[StageSpec | None, Level], ...]
"""The level of a field in each stage, in order; the one outside of all stages comes last."""


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What some roles grant; `narrowed` is what a key or a look through other eyes leaves of it."""

    snapshot: Snapshot
    roles: tuple[RoleSpec, ...]
    narrowed: frozenset[str] | None = None

    @cached_property
    def _memo(self) -> dict[Hashable, Any]:
        return {}

    def _kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = make()
        return found

    def leaves(self, obj: str, action: str) -> bool:
        """Say whether narrowing leaves an action; who works here may be looked up all the same."""
        if self.narrowed is None:
            return True
        known = self.snapshot.objects.get(obj)
        if known is not None and known.system and action == "read":
            return True
        ways = {f"{one}:{other}" for one in (obj, "*") for other in (action, "*")}
        return not self.narrowed.isdisjoint(ways)

    def reach(self, obj: str, action: Action) -> Reach:
        """Give the records on which an action is allowed, reading them aside."""
        return self._sum(obj, action) if self.leaves(obj, action) else NOBODY

    def reading(self, obj: str) -> Reach:
        """Give the records that are there at all."""
        return self.reach(obj, "read")

    def level(self, obj: str, field: str, action: Action = "read") -> Level:
        """Give the best level of a field over the roles that allow an action at all."""
        known = self.snapshot.objects.get(obj)
        if known is None or field not in known.fields:
            return "hidden"
        right = grants.right_for(field, action)
        found = grants.best(
            level
            for _, grant in self.grants(obj)
            if grants.reach_of(grant, right)
            for _, level in self.ladder(grant, obj, known.fields[field])
        )
        if not self.undenied(obj, "read", field):
            return "hidden"
        return found if self.undenied(obj, right, field) else grants.lowest((found, "read"))

    def at_least(self, obj: str, field: str, floor: Level) -> Reach:
        """Give the records that are read by a role which gives a field a level or a higher one."""
        return self._kept(
            ("at least", obj, field, floor), lambda: self._at_least(obj, field, floor)
        )

    def revealing(self, obj: str, field: str) -> Reach:
        """Give the records on which a masked value of a field may be looked at in full."""
        if not self.leaves(obj, "reveal"):
            return NOBODY
        found = union(
            grants.reach_of(grant, "read") for _, grant in self.grants(obj) if field in grant.reveal
        )
        return found & self.at_least(obj, field, "masked")

    def writing(self, obj: str, field: str, action: Action) -> Reach:
        """Give the records on which a field may be given a value in the course of an action."""
        one: Field | None = self.snapshot.objects[obj].fields.get(field)
        right = grants.right_for(field, action)
        if one is None or not self.leaves(obj, right):
            return NOBODY
        found = union(way.scope & way.stage for way in self.ways(obj, field, right))
        return found & self.undenied(obj, right, field) & self.undenied(obj, "read", field)

    def ways(self, obj: str, field: str, right: Action) -> Iterator["Way"]:
        """Give the ways in which the roles let a field be written: where, and in which stages."""
        one = self.snapshot.objects[obj].fields[field]
        for _, grant in self.grants(obj):
            stage = grants.at_least(self.ladder(grant, obj, one), "write")
            if stage:
                yield Way(scope=grants.reach_of(grant, right), stage=stage)

    def after(self, obj: str, field: str) -> tuple["Way", ...]:
        """
        Give the ways in which a field may be changed, if what the record becomes has a say in it.

        A field is changed where its role and stage allow it before the change, and still do when it
        is done; but the fields that decide about the stage may bring a record into one that is
        closed.
        """
        right = grants.right_for(field, "update")
        open_ = self.undenied(obj, right, field) & self.undenied(obj, "read", field)
        ways = tuple(
            Way(scope=one.scope, stage=one.stage & open_) for one in self.ways(obj, field, right)
        )
        names = {it.name for way in ways for one in way.stage.alternatives for it in one}
        return () if field in decided_by(names, self.snapshot, obj) or not names else ways

    def undenied(self, obj: str, action: Action, field: str | None = None) -> Reach:
        """Give the records on which no role denies an action, on a field if one is named."""
        found = EVERYTHING
        for _, one in self.denials(obj):
            if self.forbids(one, obj, action, field):
                found &= ~reach(one.where)
        return found if field is None or not self.denied_below(obj, field) else NOBODY

    def denied_below(self, obj: str, field: str) -> bool:
        """Say whether a value is made of something in other records that is denied."""
        known = self._sources(obj, field)
        if known is None or not any(role.deny for role in self.roles):
            return False
        return (
            any(not self.undenied(other, "read").whole for other in known.objects)
            or any(not self.undenied(other, "read", key).whole for other, key in known.elsewhere)
            or any(self.denied_below(obj, key) for key in known.own)
        )

    def denials(self, obj: str) -> Iterator[tuple[RoleSpec, DenialSpec]]:
        """Give what the roles deny on an object."""
        for role in self.roles:
            for one in role.deny:
                if one.object == obj:
                    yield role, one

    def minds(self, obj: str) -> bool:
        """Say whether some role says more of an object's records than who may change them."""
        staged = any(grant.stages for _, grant in self.grants(obj))
        return staged or any(True for _ in self.denials(obj))

    def grants(self, obj: str) -> tuple[tuple[RoleSpec, GrantSpec], ...]:
        """Give what each role grants on an object."""
        return self._kept(("grants", obj), lambda: self._grants(obj))

    def ladder(self, grant: GrantSpec, obj: str, field: Field) -> Ladder:
        """Give the level that one grant gives a field in each of its stages."""
        return self._kept(
            ("ladder", id(grant), obj, field.key),
            lambda: tuple(
                (stage, self._rung(grant, stage, obj, field)) for stage in (*grant.stages, None)
            ),
        )

    def _grants(self, obj: str) -> tuple[tuple[RoleSpec, GrantSpec], ...]:
        known = self.snapshot.objects.get(obj)
        if known is None:
            return ()
        if known.system and not self.roles:
            return ((grants.NOBODYS, grants.LOOKED_UP),)
        return tuple((role, grants.granted(role, known, self.snapshot)) for role in self.roles)

    def _sum(self, obj: str, action: Action) -> Reach:
        return self._kept(
            ("sum", obj, action),
            lambda: (
                union(grants.reach_of(grant, action) for _, grant in self.grants(obj))
                & self.undenied(obj, action)
            ),
        )

    def _at_least(self, obj: str, field: str, floor: Level) -> Reach:
        one = self.snapshot.objects[obj].fields[field]
        found = union(
            grants.reach_of(grant, "read") & grants.at_least(self.ladder(grant, obj, one), floor)
            for _, grant in self.grants(obj)
        )
        return found & self.undenied(obj, "read", field)

    def _rung(self, grant: GrantSpec, stage: StageSpec | None, obj: str, field: Field) -> Level:
        """
        Give the level of a field in a stage: one that is computed tells no more than its sources,
        unless the grant itself speaks of it.
        """
        said = grants.level(grant, stage, field)
        if not is_derived(field) or (stage is not None and field.key in stage.fields):
            return said
        known = sources(self.snapshot, obj, field)
        named = field.key in grant.fields
        if known is None or not (named or self._sees_all(known)):
            return said if named else "hidden"
        fields = self.snapshot.objects[obj].fields
        for key in known.own:
            here = self._rung(grant, stage, obj, fields[key])
            if here in ("read", "write"):
                continue
            # A stage may hide what the role itself shows, and what is computed from it with it.
            if not named or LEVELS.index(here) < LEVELS.index(
                self._rung(grant, None, obj, fields[key])
            ):
                return "hidden"
        return said

    def _sees_all(self, known: Sources) -> bool:
        """Say whether nothing of the other records that a value is made of is hidden."""
        return all(self._sum(obj, "read").whole for obj in known.objects) and all(
            self.at_least(obj, field, "read").whole for obj, field in known.elsewhere
        )

    def forbids(self, one: DenialSpec, obj: str, action: Action, field: str | None) -> bool:
        """Say whether a denial is about an action, on a field or made of one if it names fields."""
        if not grants.speaks_of(one, action):
            return False
        if not one.fields:
            return True
        return field is not None and not self._made_of(obj, field).isdisjoint(one.fields)

    def _made_of(self, obj: str, field: str) -> frozenset[str]:
        """Name a field and every field of the same record that it is computed from."""
        known = self._sources(obj, field)
        below = known.own if known else frozenset()
        return frozenset({field}).union(*(self._made_of(obj, key) for key in below))

    def _sources(self, obj: str, field: str) -> Sources | None:
        one = self.snapshot.objects[obj].fields.get(field)
        return sources(self.snapshot, obj, one) if one is not None and is_derived(one) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one role lets a field be written: on which records, and in which stages of them."""

    scope: Reach
    stage: Reach
