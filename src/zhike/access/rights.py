"""
What one set of roles may see and do in one version of the configuration: predicates and columns.

Shared by every viewer who holds the same roles, so it is worked out once. A field is seen on a
record at the best level among the roles whose read scope includes that record; no two roles are
ever mixed in any coarser way.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from zhike import lang
from zhike.access import grants, scopes
from zhike.access.faults import MaskedField
from zhike.access.grants import ACTIONS, LEVELS, Action, Scopes
from zhike.access.seen import narrowed
from zhike.access.values import DECIMAL, stored
from zhike.kernel.sql import NOTHING, Sql, every, sql
from zhike.meta import Field, GrantSpec, Json, Level, Object, RoleSpec, Snapshot

Made = TypeVar("Made")

WRITING: tuple[Action, ...] = ("create", "update")

ROOM = 512
"""How many answers to questions that people make up are kept for one set of roles."""


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What one set of roles may see and do; `roles` is None for the platform itself."""

    snapshot: Snapshot
    roles: tuple[RoleSpec, ...] | None

    @cached_property
    def memo(self) -> dict[Hashable, Any]:
        """What others derived from these rights and keep for as long as they live."""
        return {}

    @cached_property
    def _lately(self) -> OrderedDict[Hashable, Any]:
        return OrderedDict()

    @cached_property
    def seen(self) -> Snapshot:
        """The configuration without what these roles never see."""
        return self.snapshot if self.roles is None else narrowed(self.snapshot, self.level)

    @cached_property
    def described(self) -> Mapping[str, Json]:
        """What may be done with which object and field; what is hidden is absent."""
        return described(self)

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """
        Give what was made under a key, making it the first time.

        For what there is one of for each object, field or action; see `recent` for the rest.
        """
        found = self.memo.get(key)
        if found is None:
            found = self.memo[key] = make()
        return found

    def recent(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give what was made under a key if that was lately: what callers write has no end."""
        found = self._lately.get(key)
        if found is None:
            found = self._lately[key] = make()
            if len(self._lately) > ROOM:
                self._lately.popitem(last=False)
        else:
            self._lately.move_to_end(key)
        return found

    def may(self, obj: str, action: Action) -> bool:
        """Say whether there is any record on which the action might be allowed."""
        if self.roles is None:
            return obj in self.snapshot.objects
        return self.kept(
            ("may", obj, action),
            lambda: bool(self._reading(obj)) and bool(self._scopes(obj, action)),
        )

    def rows(
        self,
        object: str,  # noqa: A002 - the word of `lang.Sight`
        alias: str,
        action: Action = "read",
        fields: Iterable[str] = (),
    ) -> Sql:
        """
        Give the condition that a record may be read, or acted upon in these fields.

        What may not be read may not be touched either: it is not there.
        """
        if self.roles is None:
            return NOTHING
        named = tuple(sorted(set(fields)))
        key = ("rows", object, alias, action, named)
        return self.kept(key, lambda: self._rows(object, alias, action=action, fields=named))

    def column(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - as above
        """
        Give a field's value as it may be asked about: empty on the records where it may not.

        Raises the fault of an unknown name if no record shows it, MaskedField if none shows it
        plainly.
        """
        return self.kept(
            ("column", object, field, alias), lambda: self._column(object, field, alias)
        )

    def plain(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - as above
        """
        Give the condition that a record shows this field unmasked; `NOTHING` if each one does.
        """
        return self._where(object, alias, self._at_least(object, field, "read"))

    def unhidden(self, obj: str, field: str, alias: str) -> Sql:
        """Give the condition that a record shows this field at least masked."""
        return self._where(obj, alias, self._at_least(obj, field, "masked"))

    def shown(
        self, obj: str, field: str, alias: str, *, value: Sql = NOTHING, floats: bool = False
    ) -> Sql | None:
        """
        Give a field's value as JSON shows it: plain, masked, or empty as each record demands.

        None if it is hidden everywhere. With `value`, the record under the alias decides how
        another value of the same field is shown: what it once was.
        """
        if self.level(obj, field) == "hidden":
            return None
        if value:
            return self._shown(obj, field, alias, value=value, floats=floats)
        return self.kept(
            ("shown", obj, field, alias, floats),
            lambda: self._shown(
                obj,
                field,
                alias,
                value=stored(self.snapshot, obj, field, alias),
                floats=floats,
            ),
        )

    def level(self, obj: str, field: str, action: Action = "read") -> Level:
        """Give the best level of a field over the roles that allow an action at all."""
        known = self.snapshot.objects.get(obj)
        if known is None or field not in known.fields:
            return "hidden"
        one = known.fields[field]
        if self.roles is None:
            return "write" if grants.takes_values(one) else "read"
        return grants.best(
            grants.level(grant, one)
            for grant in self._grants(known.key)
            if grants.union([grants.scope(grant, action)])
        )

    def levels(self, obj: str, action: Action = "read") -> Mapping[str, Level]:
        """Give the best level of every field of an object."""
        return self.kept(
            ("levels", obj, action),
            lambda: {
                key: self.level(obj, key, action) for key in self.snapshot.objects[obj].fields
            },
        )

    def _rows(self, obj: str, alias: str, *, action: Action, fields: tuple[str, ...]) -> Sql:
        wanted = [self._scopes(obj, action), *(self._writing(obj, one, action) for one in fields)]
        if action == "read":
            wanted = [self._reading(obj)]
        tight: list[Scopes] = []
        for one in (*wanted, self._reading(obj)):
            if not any(grants.covers(one, other) for other in tight):
                tight = [other for other in tight if not grants.covers(other, one)] + [one]
        if grants.NOBODY in tight:
            return sql("false")
        held = [scopes.predicate(one, self.snapshot, obj, alias) for one in tight]
        return sql("({held})", held=every(held)) if len(held) > 1 else held[0]

    def _column(self, obj: str, field: str, alias: str) -> Sql:
        known = self.snapshot.objects[obj].fields.get(field)
        level = self.level(obj, field)
        if known is None or level == "hidden":
            raise lang.UnknownField(field=field, object=obj)
        if level == "masked":
            raise MaskedField(name=known.label, field=field)
        value = stored(self.snapshot, obj, field, alias)
        where = self.plain(obj, field, alias)
        return _when(where, value)

    def _shown(self, obj: str, field: str, alias: str, *, value: Sql, floats: bool) -> Sql:
        one = self.snapshot.objects[obj].fields[field]
        plain = value if floats and one.type in DECIMAL else one.kind.out(value, one.settings)
        where = self.plain(obj, field, alias)
        if not where:
            return plain
        masked = one.kind.mask(value, one.settings)
        seen = self.unhidden(obj, field, alias)
        if self.level(obj, field) == "masked":
            return _when(seen, masked)
        if self._at_least(obj, field, "read") == self._at_least(obj, field, "masked"):
            return _when(where, plain)
        return sql(
            "CASE WHEN {where} THEN to_json({plain})"
            " WHEN {seen} THEN to_json(({masked})::text) END",
            where=where,
            plain=plain,
            seen=seen or sql("true"),
            masked=masked,
        )

    def _where(self, obj: str, alias: str, wanted: Scopes | None) -> Sql:
        if wanted is None or grants.covers(wanted, self._reading(obj)):
            return NOTHING
        return scopes.predicate(wanted, self.snapshot, obj, alias)

    def _at_least(self, obj: str, field: str, floor: Level) -> Scopes | None:
        if self.roles is None:
            return None
        one = self.snapshot.objects[obj].fields[field]
        low = LEVELS.index(floor)
        return grants.union(
            grant.read
            for grant in self._grants(obj)
            if LEVELS.index(grants.level(grant, one)) >= low
        )

    def _writing(self, obj: str, field: str, action: Action) -> Scopes:
        one: Field | None = self.snapshot.objects[obj].fields.get(field)
        if one is None:
            return grants.NOBODY
        return grants.union(
            grants.scope(grant, action)
            for grant in self._grants(obj)
            if grants.level(grant, one) == "write"
        )

    def _reading(self, obj: str) -> Scopes:
        return self._scopes(obj, "read")

    def _scopes(self, obj: str, action: Action) -> Scopes:
        return grants.union(grants.scope(grant, action) for grant in self._grants(obj))

    def _grants(self, obj: str) -> tuple[GrantSpec, ...]:
        known: Object | None = self.snapshot.objects.get(obj)
        if known is None or self.roles is None:
            return ()
        if known.system and not self.roles:
            return (GrantSpec(read="all"),)
        return tuple(grants.granted(role, known) for role in self.roles)


def _when(where: Sql, value: Sql) -> Sql:
    return sql("CASE WHEN {where} THEN {value} END", where=where, value=value) if where else value


def described(rights: Rights) -> Mapping[str, Json]:
    """Say what some roles may do with each object of the business and its fields."""
    return {
        key: {action: rights.may(key, action) for action in ACTIONS}
        | {"fields": dict(_best_levels(rights, key))}
        for key, obj in rights.snapshot.objects.items()
        if not obj.system and any(rights.may(key, action) for action in ACTIONS)
    }


def _best_levels(rights: Rights, obj: str) -> Iterable[tuple[str, Level]]:
    for key, level in rights.levels(obj).items():
        writes = any(
            rights.may(obj, action) and rights.level(obj, key, action) == "write"
            for action in WRITING
        )
        if level != "hidden":
            yield key, "write" if writes else grants.best({level} - {"write"} or {"read"})
