"""
Why: everything that speaks for or against an action, each piece with its own predicate.

The decision itself is `Rights.rows` (and, for a field, `plain`, `unhidden` and `rows` with the
field); the reasons say what it is made of. A record is acted upon where some reason for the action
holds, some reason for reading it holds, and nothing against either does; a field has the best level
among the reasons for reading that hold. A door puts the predicates into one SELECT on a record and
tells which of them hold; with `Sql.asked_of` one SELECT judges many viewers who share their rights.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from zhike.access import grants
from zhike.access.grants import Action
from zhike.access.reach import NOBODY, SHARED, SHARED_TO_WRITE, Reach, reach
from zhike.access.rights import Rights
from zhike.kernel.sql import NOTHING, Sql
from zhike.meta import Field, GrantSpec, Level, Scopes

Kind = Literal["scope", "share", "denial", "source", "narrowing"]
"""`source`: what a field is computed from, in other records, is denied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that speaks for an action, or against it, on the records where `where` holds."""

    kind: Kind
    action: Action
    """The action it is about: the one asked for, `read` besides, or what it follows from."""
    role: str
    """The key of the role that says so; empty for a personal grant, and where it is no role."""
    scope: str
    """The word or expression of the scope or denial, as it is written; of a share, its level."""
    where: Sql
    """On which records; `NOTHING`: on every one."""
    level: Level | None = None
    """If a field is asked about: its level where this holds."""
    stage: str = ""
    """The condition of the stage in which the field has that level; empty outside of all."""

    @property
    def allows(self) -> bool:
        """Whether it speaks for the action."""
        return self.kind in ("scope", "share")

    @property
    def personal(self) -> bool:
        """Whether it is granted to the person alone."""
        return not self.role and self.kind not in ("narrowing", "source")


def reasons(
    rights: Rights, obj: str, action: Action, field: str | None = None, *, alias: str = "t"
) -> tuple[Reason, ...]:
    """
    Give everything that speaks for or against an action on the records of an object, under an
    alias; none for the platform itself, which needs no reason.

    What cannot be read cannot be acted upon: the reasons for reading are among them.
    """
    one = rights.snapshot.objects[obj].fields.get(field) if field else None
    if rights.roles is None or (field and one is None):
        return ()
    why = Why(rights=rights, obj=obj, field=one, alias=alias)
    right = grants.right_for(field, action) if field else action
    wanted = dict.fromkeys((right, "read") if action != "create" else (right,))
    return tuple(found for each in wanted for found in why.about(each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One question: about which object and field, and under which alias its records stand."""

    rights: Rights
    obj: str
    field: Field | None
    alias: str

    def about(self, action: Action) -> Iterator[Reason]:
        """Give the reasons that concern one action."""
        granted, field = self.rights.granted, self.field.key if self.field else None
        if not granted.leaves(self.obj, action):
            yield Reason(kind="narrowing", action=action, role="", scope="", where=NOTHING)
        if field is not None and granted.denied_below(self.obj, field):
            yield Reason(kind="source", action=action, role="", scope="", where=NOTHING)
        for role, grant in granted.grants(self.obj):
            for scope, reached in _ways(grant, action):
                one = Reason(
                    kind="share" if scope in (SHARED, SHARED_TO_WRITE) else "scope",
                    action=action,
                    role=role.key,
                    scope=scope,
                    where=self._sql(reached),
                )
                yield from self._by_stage(one, grant, reached)
        for role, denial in granted.denials(self.obj):
            if granted.forbids(denial, self.obj, action, field):
                where = self._sql(reach(denial.where))
                told = _told(denial.where)
                yield Reason(kind="denial", action=action, role=role.key, scope=told, where=where)

    def _by_stage(self, one: Reason, grant: GrantSpec, reached: Reach) -> Iterator[Reason]:
        """Part a reason by the stages that give the field its level, if there is a field."""
        if self.field is None:
            yield one
            return
        left = reached
        for stage, level in self.rights.granted.ladder(grant, self.obj, self.field):
            if stage is None:
                yield replace(one, where=self._sql(left), level=level)
                continue
            here, left = left & reach(stage.when), left & ~reach(stage.when)
            told = _told(stage.when)
            yield replace(one, where=self._sql(here), level=level, stage=told)

    def _sql(self, where: Reach) -> Sql:
        return self.rights.predicate(where, self.obj, self.alias)


def _ways(grant: GrantSpec, action: Action) -> Iterator[tuple[str, Reach]]:
    """Give each scope of a grant by itself; `none` if it grants the action on no record."""
    found = grants.reach_of(grant, action)
    if not found:
        yield "none", NOBODY
    for one in sorted(found.alternatives, key=sorted):
        yield next((it.name for it in one), "all"), Reach(frozenset({one}))


def _told(scopes: Scopes) -> str:
    return scopes if isinstance(scopes, str) else " | ".join(scopes)
