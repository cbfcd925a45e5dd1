"""
What was removed and is still kept: the memory of it, and statements that change that memory.

A removed field's column is renamed and waits; a removed object's table stays where it is. Both come
back with their data when a field or object of the same key and kind does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from zhike.kernel.sql import Sql, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.words import Words
from zhike.meta import FIRST, KINDS, LAST, Field, Json, Object, Type, link_table
from zhike.store.ddl import names


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField:
    """A field that was removed, and the column or link table that still holds its values."""

    field: Field
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """One thing that was removed and whose data is still there, as a list shows it."""

    object: str
    field: str
    """Empty if the whole object was removed."""
    label: Words | None
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everything that waits to be purged or taken back."""

    objects: Mapping[str, Object] = field(default_factory=dict)
    fields: Mapping[tuple[str, str], tuple[KeptField, ...]] = field(default_factory=dict)
    """By object and field, the latest first."""
    places: frozenset[str] = frozenset()


async def kept_in(tx: Tx) -> Kept:
    """Read what is kept."""
    rows = await tx.rows(
        sql(
            "SELECT object, field, place, spec::text FROM zk_removed"
            " ORDER BY removed_at DESC, place DESC"
        )
    )
    fields: dict[tuple[str, str], list[KeptField]] = {}
    objects: dict[str, Object] = {}
    for object_, key, place, spec in rows:
        if key:
            one = KeptField(field=_field(orjson.loads(spec)), place=place)
            fields.setdefault((object_, key), []).append(one)
        else:
            objects[object_] = _object(orjson.loads(spec))
    return Kept(
        objects=objects,
        fields={name: tuple(found) for name, found in fields.items()},
        places=frozenset(row[2] for row in rows),
    )


async def removed(tx: Tx) -> Sequence[Removed]:
    """List what was removed and can still be taken back or purged, the latest first."""
    rows = await tx.rows(
        sql(
            "SELECT object, field, spec::text, removed_at FROM zk_removed"
            " ORDER BY removed_at DESC, place DESC"
        )
    )
    specs = [(object_, key, orjson.loads(spec), at) for object_, key, spec, at in rows]
    return [
        Removed(
            object=object_,
            field=key,
            label=Words(**spec["label"]) if key else None,
            kind=spec["kind"] if key else "",
            at=at,
        )
        for object_, key, spec, at in specs
    ]


def remember_field(object_: Object, one: Field, place: str) -> Sql:
    """Note where the values of a removed field are."""
    return _remember(object_.key, one.key, place=place, spec=_field_spec(one))


def remember_object(object_: Object) -> Sql:
    """Note that the table of a removed object is still there."""
    spec = {
        "key": object_.key,
        "title": object_.title,
        "fields": [
            _field_spec(one)
            for one in object_.own
            if (one.column or one.target) and one.kind.name != "formula"
        ],
        "unique": object_.unique,
    }
    return _remember(object_.key, "", place=object_.table, spec=spec)


def forget(object_: str, place: str) -> Sql:
    """Take something back: nothing is waiting there any more."""
    return sql(
        "DELETE FROM zk_removed WHERE object = {object} AND place = {place}",
        object=param(object_, "text"),
        place=param(place, "text"),
    )


def purged(kept: Kept, object_: str, field_: str = "") -> list[Sql]:
    """Give what destroys the data kept of a removed field, or of a removed object (no field)."""
    places = {name: ones for name, ones in kept.fields.items() if name[0] == object_}
    if field_:
        ones = places.get((object_, field_), ())
        return [one for each in ones for one in _destroyed(object_, each)]
    gone = kept.objects.get(object_)
    if gone is None:
        return []
    links = [
        _drop_table(one.place) for ones in places.values() for one in ones if _linked(one.field)
    ]
    links.extend(_drop_table(link_table(object_, one.key)) for one in gone.own if _linked(one))
    numbers = [
        sql("DROP SEQUENCE IF EXISTS {name}", name=ident(names.sequence(gone.table, one.key)))
        for one in gone.own
        if one.kind.name == "auto_number"
    ]
    forgotten = sql("DELETE FROM zk_removed WHERE object = {of}", of=param(object_, "text"))
    return [*links, _drop_table(gone.table), *numbers, forgotten]


def _destroyed(object_: str, one: KeptField) -> list[Sql]:
    if _linked(one.field):
        return [_drop_table(one.place), forget(object_, one.place)]
    drop = sql(
        "ALTER TABLE {table} DROP COLUMN {place}", table=ident(object_), place=ident(one.place)
    )
    return [drop, forget(object_, one.place)]


def _linked(field_: Field) -> bool:
    return field_.kind.name == "lookups"


def _drop_table(name: str) -> Sql:
    return sql("DROP TABLE IF EXISTS {name}", name=ident(name))


def _remember(object_: str, key: str, *, place: str, spec: Mapping[str, Json]) -> Sql:
    return sql(
        "INSERT INTO zk_removed (object, field, place, spec)"
        " VALUES ({object}, {field}, {place}, {spec})",
        object=param(object_, "text"),
        field=param(key, "text"),
        place=param(place, "text"),
        spec=param(orjson.dumps(spec).decode(), "json"),
    )


def _field_spec(one: Field) -> Mapping[str, Json]:
    return {
        "key": one.key,
        "kind": one.kind.name,
        "settings": one.settings.model_dump(mode="json", exclude_unset=True, by_alias=True),
        "label": {"zh": one.label.zh, "en": one.label.en},
        "required": one.required,
        "unique": one.unique,
        "indexed": one.indexed,
        "searched": one.searched,
        "type": one.type,
    }


def _field(spec: Mapping[str, Json]) -> Field:
    kind = KINDS[spec["kind"]]
    type_: Type = spec["type"]
    return Field(
        key=spec["key"],
        kind=kind,
        settings=kind.settings.model_validate(spec["settings"]),
        label=Words(**spec["label"]),
        required=spec["required"],
        unique=spec["unique"],
        indexed=spec["indexed"],
        searched=spec["searched"],
        type=type_,
    )


def _object(spec: Mapping[str, Json]) -> Object:
    fields = [_field(one) for one in spec["fields"]]
    label = Words(zh=spec["key"], en=spec["key"])
    return Object(
        key=spec["key"],
        label=label,
        plural=label,
        table=spec["key"],
        title=spec["title"],
        fields={**FIRST, **{one.key: one for one in fields}, **LAST},
        unique=tuple(tuple(one) for one in spec["unique"]),
    )
