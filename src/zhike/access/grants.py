"""
What roles grant, read from their documents: reaches, stages and field levels, before any SQL.

Knows nothing of expressions: a condition is a word or a text, and two reaches are compared by what
the words say.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NewType, get_args

from zhike.access.reach import (
    EVERYTHING,
    NOBODY,
    SHARED,
    SHARED_TO_WRITE,
    Condition,
    Reach,
    Said,
    reach,
)
from zhike.kernel.viewer import ADMIN
from zhike.meta import Action as Word
from zhike.meta import (
    DenialSpec,
    Field,
    GrantSpec,
    Level,
    Object,
    Path,
    RoleSpec,
    Scope,
    Snapshot,
    StageSpec,
)
from zhike.meta.documents import LabelSpec

Button = NewType("Button", str)
"""To press a button of an object: `button:approve`."""

Action = Word | Button

ACTIONS: tuple[Word, ...] = get_args(Word)

LEVELS: tuple[Level, ...] = ("hidden", "masked", "read", "write")
"""From nothing to everything."""

ALWAYS_READ = frozenset({"id", "version"})
"""Without these two a record cannot be spoken of at all."""

GIVEN = frozenset({"owner", "department"})
"""The platform's fields that callers may write: whom a record belongs to."""

FOLLOWING = ("transfer", "share", "merge", "print")
"""Actions of which nothing need be said, because they follow from others."""

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


NOBODYS = RoleSpec.model_construct(key="", label=LabelSpec(zh="无角色", en="No role"))
LOOKED_UP = GrantSpec(read="all")
"""What everybody may know of who works here, whatever their roles."""


def button(key: str) -> Button:
    """Give the action of pressing a button."""
    return Button(f"button:{key}")


def held(roles: Iterable[str], known: Mapping[str, RoleSpec]) -> tuple[RoleSpec, ...]:
    """Give the documents of the roles somebody holds; a role without a document grants nothing."""
    found = (known.get(key) or (ADMIN_ROLE if key == ADMIN else None) for key in sorted(roles))
    return tuple(role for role in found if role is not None)


def said(role: RoleSpec) -> Iterator[tuple[str, Path, Scope]]:
    """Give every scope that a role says: the object it is about, where it stands, and its text."""
    for obj, grant in role.objects.items():
        at: Path = ("objects", obj)
        for action in ("read", "create", "update", "delete", "export", *FOLLOWING):
            yield from _each(obj, (*at, action), getattr(grant, action))
        for key, scopes in grant.buttons.items():
            yield from _each(obj, (*at, "buttons", key), scopes)
        for number, stage in enumerate(grant.stages):
            yield from _each(obj, (*at, "stages", number, "when"), stage.when)
    for number, one in enumerate(role.deny):
        yield from _each(one.object, ("deny", number, "where"), one.where)


def _each(obj: str, at: Path, scopes: Said) -> Iterator[tuple[str, Path, Scope]]:
    if isinstance(scopes, str):
        yield obj, at, scopes
    elif isinstance(scopes, tuple):
        yield from ((obj, (*at, number), one) for number, one in enumerate(scopes))


def granted(role: RoleSpec, obj: Object, snapshot: Snapshot) -> GrantSpec:
    """
    Give what one role grants on one object; who works here may be looked up by everybody.

    Whoever runs the workspace sees no records merely by that, unless its security document says so.
    """
    if obj.system:
        named = role.objects.get(obj.key, NO_GRANT)
        return NO_GRANT.model_copy(update={"read": "all", "fields": named.fields})
    runs = role.configure or role.people or role.audit
    others = None if runs and not snapshot.security.admins_see_records else role.other_objects
    return role.objects.get(obj.key) or others or NO_GRANT


def reach_of(grant: GrantSpec, action: Action) -> Reach:
    """
    Give the records on which a grant allows an action.

    Where an object may be read or changed at all, so may what colleagues share. What they share
    cannot be handed on or given away by that.
    """
    match action:
        case "read" | "print" if action == "read" or grant.print is None:
            return _with(reach(grant.read), SHARED)
        case "update":
            return _with(reach(grant.update), SHARED_TO_WRITE)
        case "transfer" | "share":
            said = grant.transfer if action == "transfer" else grant.share
            return reach(grant.update if said is None else said)
        case "merge":
            return reach(grant.delete if grant.merge is None else grant.merge)
        case "import":
            return reach(grant.import_)
        case "create" | "delete" | "export" | "print":
            return reach(getattr(grant, action))
        case _:
            return reach(grant.buttons.get(action.removeprefix("button:")))


def _with(found: Reach, name: str) -> Reach:
    return found | Reach(frozenset({frozenset({Condition(name)})})) if found else found


def right_for(field: str, action: Action) -> Action:
    """Give the right that changing a field takes: to change whom a record belongs to is another."""
    return "transfer" if action == "update" and field in GIVEN else action


def named(grant: GrantSpec, stage: StageSpec | None, field: str) -> bool:
    """Say whether a grant speaks of a field by its name."""
    return field in grant.fields or (stage is not None and field in stage.fields)


def level(grant: GrantSpec, stage: StageSpec | None, field: Field) -> Level:
    """Give what a grant allows with one field in a stage, never more than the field itself does."""
    if field.key in ALWAYS_READ:
        return "read"
    said = _said(grant, stage, field)
    return said if said != "write" or takes_values(field) else "read"


def _said(grant: GrantSpec, stage: StageSpec | None, field: Field) -> Level:
    own = grant.fields.get(field.key)
    others = stage.other_fields if stage else None
    if stage is not None and field.key in stage.fields:
        return stage.fields[field.key]
    if own is not None:
        return lowest((own, others)) if others else own
    told = others or grant.other_fields
    return at_least_read(told) if field.system else told


def at_least_read(said: Level) -> Level:
    """Give the level of a field of the platform's: what is said of the others does not hide it."""
    return said if said in ("read", "write") else "read"


def takes_values(field: Field) -> bool:
    """Say whether callers may give this field a value at all."""
    return field.key in GIVEN if field.system else field.kind.writable


def best(levels: Iterable[Level]) -> Level:
    """Give the highest of some levels, hidden for none."""
    return max(levels, key=LEVELS.index, default="hidden")


def lowest(levels: Iterable[Level]) -> Level:
    """Give the lowest of some levels, write for none."""
    return min(levels, key=LEVELS.index, default="write")


def at_least(ladder: Iterable[tuple[StageSpec | None, Level]], floor: Level) -> Reach:
    """
    Give the records on which a field has a level or a higher one.

    A ladder names the level of each stage in order; the one without a stage comes last.
    """
    low = LEVELS.index(floor)
    found = NOBODY
    for stage, one in reversed(tuple(ladder)):
        enough = LEVELS.index(one) >= low
        if stage is None:
            found = EVERYTHING if enough else NOBODY
            continue
        here = reach(stage.when)
        found = here | found if enough else found & ~here
    return found


def speaks_of(denial: DenialSpec, action: Action) -> bool:
    """Say whether a denial is about an action; one that names none is about all."""
    return not denial.actions or action in denial.actions
