"""
What roles grant, read from their documents: scopes and field levels, before any SQL.

Knows nothing of expressions: a scope is a word or a text, and two scopes are compared by what the
words say.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from zhike.kernel.viewer import ADMIN
from zhike.meta import Field, GrantSpec, Level, Object, RoleSpec
from zhike.meta.documents import LabelSpec

Action = Literal["read", "create", "update", "delete", "export", "import"]

ACTIONS: tuple[Action, ...] = ("read", "create", "update", "delete", "export", "import")

LEVELS: tuple[Level, ...] = ("hidden", "masked", "read", "write")
"""From nothing to everything."""

Scopes = frozenset[str]
"""Scopes that add up, none of them implied by another; empty is nothing at all."""

NOBODY: Scopes = frozenset()
EVERYTHING: Scopes = frozenset({"all"})

ALWAYS_READ = frozenset({"id", "version"})
"""Without these two a record cannot be spoken of at all."""

GIVEN = frozenset({"owner", "department"})
"""The platform's fields that callers may write."""

NO_GRANT = GrantSpec()

ADMIN_ROLE = RoleSpec(
    key=ADMIN,
    label=LabelSpec(zh="管理员", en="Administrator"),
    configure=True,
    people=True,
    audit=True,
    approve_exports=True,
    other_objects=GrantSpec(
        read="all", create=True, update="all", delete="all", export="all", import_=True
    ),
)
"""What the role `admin` means as long as no document says otherwise."""


def held(roles: Iterable[str], known: Mapping[str, RoleSpec]) -> tuple[RoleSpec, ...]:
    """Give the documents of the roles somebody holds; a role without a document grants nothing."""
    found = (known.get(key) or (ADMIN_ROLE if key == ADMIN else None) for key in sorted(roles))
    return tuple(role for role in found if role is not None)


def granted(role: RoleSpec, obj: Object) -> GrantSpec:
    """Give what one role grants on one object; who works here may be looked up by everybody."""
    if obj.system:
        named = role.objects.get(obj.key, NO_GRANT)
        return NO_GRANT.model_copy(update={"read": "all", "fields": named.fields})
    return role.objects.get(obj.key) or role.other_objects or NO_GRANT


def scope(grant: GrantSpec, action: Action) -> str:
    """Give the records on which a grant allows an action."""
    match action:
        case "read":
            return grant.read
        case "update":
            return grant.update
        case "delete":
            return grant.delete
        case "export":
            return grant.export
        case "create":
            return "all" if grant.create else "none"
        case "import":
            return "all" if grant.import_ else "none"


def level(grant: GrantSpec, field: Field) -> Level:
    """Give what a grant allows with one field, never more than the field itself allows."""
    if field.key in ALWAYS_READ:
        return "read"
    named = grant.fields.get(field.key)
    said = named or (at_least_read(grant.other_fields) if field.system else grant.other_fields)
    return said if said != "write" or takes_values(field) else "read"


def at_least_read(said: Level) -> Level:
    """Give the level of a field of the platform's: what is said of the others does not hide it."""
    return said if said in ("read", "write") else "read"


def takes_values(field: Field) -> bool:
    """Say whether callers may give this field a value at all."""
    return field.key in GIVEN if field.system else field.kind.writable


def best(levels: Iterable[Level]) -> Level:
    """Give the highest of some levels, hidden for none."""
    return max(levels, key=LEVELS.index, default="hidden")


def union(scopes: Iterable[str]) -> Scopes:
    """Add scopes up, leaving out what another one already says."""
    found = {one.strip() for one in scopes} - {"none", ""}
    if "all" in found:
        return EVERYTHING
    return frozenset(found - {"department"} if "departments" in found else found)


def covers(wide: Scopes, narrow: Scopes) -> bool:
    """Say whether every record of the narrow scopes surely lies in the wide ones."""
    return union(wide | narrow) == wide
