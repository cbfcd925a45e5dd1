"""
What is different between two snapshots, as values: a plan before anybody thinks of SQL.

A document has no identity beyond its key, so there is no renaming: one goes and another comes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from pydantic import BaseModel

from zhike.meta.snapshot import Field, Object, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectAdded:
    """There is a new object."""

    object: Object


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRemoved:
    """An object is no more."""

    object: Object


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectChanged:
    """Something about an object itself is different: its label, title, order."""

    old: Object
    new: Object
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAdded:
    """An object has one field more."""

    object: Object
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRemoved:
    """An object has one field less."""

    object: Object
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRetyped:
    """The values of a field are kept in another form, or mean another kind of thing."""

    object: Object
    old: Field
    new: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChanged:
    """Something else about a field is different; `what` names it (`label`, `options` …)."""

    object: Object
    old: Field
    new: Field
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueAdded:
    """No two records may agree in these fields any more."""

    object: Object
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueRemoved:
    """Records may agree in these fields again."""

    object: Object
    fields: tuple[str, ...]


Kind = Literal["role", "match", "view", "form", "page", "app"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChanged:
    """A document without a table of its own (role, view …) came, went or is different."""

    kind: Kind
    key: str
    how: Literal["added", "removed", "changed"]


Change = (
    ObjectAdded
    | ObjectRemoved
    | ObjectChanged
    | FieldAdded
    | FieldRemoved
    | FieldRetyped
    | FieldChanged
    | UniqueAdded
    | UniqueRemoved
    | DocumentChanged
)


def diff(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Give what must happen for the old snapshot to become the new one."""
    return tuple(_objects(old, new)) + tuple(_documents(old, new))


def _objects(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for key, object_ in old.objects.items():
        if key not in new.objects:
            yield ObjectRemoved(object=object_)
    for key, object_ in new.objects.items():
        if key not in old.objects:
            yield ObjectAdded(object=object_)
        else:
            yield from object_diff(old.objects[key], object_)


def object_diff(old: Object, new: Object) -> Iterator[Change]:
    """Give what is different between an object and its earlier self."""
    if old is new:
        return
    what = tuple(
        name
        for name in ("label", "plural", "title", "order", "relations")
        if getattr(old, name) != getattr(new, name)
    )
    if what:
        yield ObjectChanged(old=old, new=new, what=what)
    for fields_ in [one for one in old.unique if one not in new.unique]:
        yield UniqueRemoved(object=new, fields=fields_)
    for field in [one for key, one in old.fields.items() if key not in new.fields]:
        yield FieldRemoved(object=new, field=field)
    for key, field in new.fields.items():
        if key not in old.fields:
            yield FieldAdded(object=new, field=field)
        else:
            yield from _field(new, old.fields[key], field)
    for fields_ in [one for one in new.unique if one not in old.unique]:
        yield UniqueAdded(object=new, fields=fields_)


def _field(object_: Object, old: Field, new: Field) -> Iterator[Change]:
    if old == new:
        return
    if (old.kind.name, old.column, old.target) != (new.kind.name, new.column, new.target):
        yield FieldRetyped(object=object_, old=old, new=new)
        return
    ours = [one.name for one in fields(Field) if one.name not in {"kind", "settings"}]
    what = [name for name in ours if getattr(old, name) != getattr(new, name)]
    what.extend(_settings(old.settings, new.settings))
    if what:
        yield FieldChanged(object=object_, old=old, new=new, what=tuple(what))


def _settings(old: BaseModel, new: BaseModel) -> Iterator[str]:
    for name in type(new).model_fields:
        if getattr(old, name) != getattr(new, name):
            yield name


def _documents(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    pairs: Mapping[Kind, tuple[Mapping[str, BaseModel], ...]] = {
        "role": (old.roles, new.roles),
        "match": (_by_key(old), _by_key(new)),
        "view": (old.views, new.views),
        "form": (old.forms, new.forms),
        "page": (old.pages, new.pages),
        "app": (old.apps, new.apps),
    }
    for kind, (before, after) in pairs.items():
        for key in before.keys() - after.keys():
            yield DocumentChanged(kind=kind, key=key, how="removed")
        for key, spec in after.items():
            if key not in before:
                yield DocumentChanged(kind=kind, key=key, how="added")
            elif before[key] != spec:
                yield DocumentChanged(kind=kind, key=key, how="changed")


def _by_key(snapshot: Snapshot) -> Mapping[str, BaseModel]:
    return {one.key: one for one in snapshot.matches.values()}
