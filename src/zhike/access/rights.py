"""
What one set of roles may see and do in one version of the configuration: predicates and columns.

Shared by every viewer who holds the same roles, so it is worked out once. What the roles grant
together is judged in `granted`; here it becomes SQL.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from zhike import lang
from zhike.access import grants, scopes
from zhike.access.faults import MaskedField
from zhike.access.granted import Granted
from zhike.access.grants import ACTIONS, Action
from zhike.access.reach import Reach, is_word
from zhike.access.seen import narrowed
from zhike.access.values import DECIMAL, stored
from zhike.kernel.sql import NOTHING, Sql, every, sql
from zhike.kernel.viewer import Sharing
from zhike.meta import Json, Level, Object, RoleSpec, Snapshot

Made = TypeVar("Made")

WRITING: tuple[Action, ...] = ("create", "update")

ROOM = 512
"""How many answers to questions that people make up are kept for one set of roles."""


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What one set of roles may see and do; `roles` is None for the platform itself."""

    snapshot: Snapshot
    roles: tuple[RoleSpec, ...] | None
    narrowed: frozenset[str] | None = None
    sharing: Sharing = "few"

    @cached_property
    def granted(self) -> Granted:
        """What the roles grant together, before any SQL."""
        return Granted(snapshot=self.snapshot, roles=self.roles or (), narrowed=self.narrowed)

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
            lambda: bool(self.granted.reading(obj)) and bool(self.granted.reach(obj, action)),
        )

    def buttons(self, obj: str) -> frozenset[str]:
        """Name the buttons that may be pressed on some record."""
        known = (grant.buttons for _, grant in self.granted.grants(obj))
        keys = {key for one in known for key in one}
        return frozenset(key for key in keys if self.may(obj, grants.button(key)))

    def rows(
        self,
        object: str,  # noqa: A002 - the word of `lang.Sight`
        alias: str,
        action: Action = "read",
        fields: Iterable[str] = (),
    ) -> Sql:
        """
        Give the condition that a record may be read, or acted upon in these fields.

        What may not be read may not be touched either: it is not there. Of what is created nothing
        is there yet; the condition is for the record as it has become.
        """
        if self.roles is None:
            return NOTHING
        named = tuple(sorted(set(fields)))
        key = ("rows", object, alias, action, named)
        return self.kept(key, lambda: self._rows(object, alias, action=action, fields=named))

    def parted(self, obj: str, alias: str) -> tuple[Sql, ...]:
        """Give conditions that share what may be read out among them; see `scopes.parted`."""
        if self.roles is None:
            return ()
        return self.kept(
            ("parted", obj, alias),
            lambda: scopes.parted(
                self.granted.reading(obj), self.snapshot, obj, alias, sharing=self.sharing
            ),
        )

    def belonging(self, obj: str, alias: str) -> Sql | None:
        """Give the condition that a record is seen by whom it belongs to alone; see `Policy`."""
        if self.roles is None:
            return sql("true")
        words = Reach(
            frozenset(
                one
                for one in self.granted.reading(obj).alternatives
                if all(it.holds and is_word(it.name) for it in one)
            )
        )
        return (self.predicate(words, obj, alias) or sql("true")) if words else None

    def after(self, obj: str, field: str, alias: str) -> tuple[tuple[Sql, Sql], ...]:
        """
        Give the ways in which a field may be changed, if what the record becomes has a say in it:
        what has to hold before the change, and after it.
        """
        if self.roles is None or field not in self.snapshot.objects[obj].fields:
            return ()
        return self.kept(
            ("after", obj, field, alias),
            lambda: tuple(
                (self.predicate(way.scope, obj, alias), self.predicate(way.stage, obj, alias))
                for way in self.granted.after(obj, field)
            ),
        )

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

    def revealed(self, obj: str, field: str, alias: str) -> Sql:
        """Give the condition that a record lets a masked value of a field be looked at in full."""
        if self.roles is None:
            return NOTHING
        return self.predicate(self.granted.revealing(obj, field), obj, alias)

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
        if self.roles is not None:
            return self.granted.level(obj, field, action)
        known = self.snapshot.objects.get(obj)
        one = known.fields.get(field) if known else None
        if one is None:
            return "hidden"
        return "write" if grants.takes_values(one) else "read"

    def levels(self, obj: str, action: Action = "read") -> Mapping[str, Level]:
        """Give the best level of every field of an object."""
        return self.kept(
            ("levels", obj, action),
            lambda: {
                key: self.level(obj, key, action) for key in self.snapshot.objects[obj].fields
            },
        )

    def _rows(self, obj: str, alias: str, *, action: Action, fields: tuple[str, ...]) -> Sql:
        known = self.granted
        wanted = [known.writing(obj, one, action) for one in fields]
        # To change whom a record belongs to is a right of its own; it does not take the other one.
        rights = {grants.right_for(one, action) for one in fields} or {action}
        wanted += [known.reach(obj, right) for right in sorted(rights)]
        if action != "create":
            wanted.append(known.reading(obj))
        tight: list[Reach] = []
        for one in wanted:
            if not any(one.covers(other) for other in tight):
                tight = [other for other in tight if not other.covers(one)] + [one]
        held = [self.predicate(one, obj, alias) for one in tight]
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

    def predicate(self, reach: Reach, obj: str, alias: str) -> Sql:
        """Give the condition that a record lies in a reach; `NOTHING` if every record does."""
        return scopes.predicate(reach, self.snapshot, obj, alias, sharing=self.sharing)

    def _where(self, obj: str, alias: str, wanted: Reach | None) -> Sql:
        if wanted is None or wanted.covers(self.granted.reading(obj)):
            return NOTHING
        return self.predicate(wanted, obj, alias)

    def _at_least(self, obj: str, field: str, floor: Level) -> Reach | None:
        return None if self.roles is None else self.granted.at_least(obj, field, floor)


def _when(where: Sql, value: Sql) -> Sql:
    return sql("CASE WHEN {where} THEN {value} END", where=where, value=value) if where else value


def described(rights: Rights) -> Mapping[str, Json]:
    """Say what some roles may do with each object of the business and its fields."""
    return {
        key: {action: rights.may(key, action) for action in ACTIONS}
        | {"buttons": sorted(rights.buttons(key)), "fields": dict(_best_levels(rights, key))}
        | _revealed(rights, obj)
        for key, obj in rights.snapshot.objects.items()
        if not obj.system and any(rights.may(key, action) for action in ACTIONS)
    }


def _revealed(rights: Rights, obj: Object) -> dict[str, Json]:
    if rights.roles is None:
        return {}
    keys = [one for one in obj.fields if rights.granted.revealing(obj.key, one)]
    return {"reveal": keys} if keys else {}


def _best_levels(rights: Rights, obj: str) -> Iterable[tuple[str, Level]]:
    for key, level in rights.levels(obj).items():
        writes = any(
            rights.may(obj, action) and rights.level(obj, key, action) == "write"
            for action in WRITING
        )
        if level != "hidden":
            yield key, "write" if writes else grants.best({level} - {"write"} or {"read"})
