"""
Documents → snapshot: what the written words mean together.

It expects documents that `check` has nothing against. The type of a formula or roll-up is a matter
of the expression language, which stands above this floor; whoever knows it hands the types in
(`types`, or `retyped` afterwards). Until then such a field has its kind's type.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from zhike.kernel.words import Words
from zhike.meta.documents import (
    AppSpec,
    Document,
    FieldSpec,
    FormSpec,
    IdentityProviderSpec,
    LabelSpec,
    MatchSpec,
    ObjectSpec,
    PageSpec,
    QualitySpec,
    RegistrySpec,
    RoleSpec,
    SecuritySpec,
    ViewSpec,
)
from zhike.meta.kinds import KINDS
from zhike.meta.kinds.kind import Settings, Type
from zhike.meta.people import FIRST, LAST, PEOPLE
from zhike.meta.quality import fields as quality_fields
from zhike.meta.snapshot import SILENT, Field, Object, Relation, Snapshot

Types = Mapping[tuple[str, str], Type]
"""The type of formulas and roll-ups, by object and field."""


def build(
    documents: Iterable[Document], *, version: int, zone: str, types: Types | None = None
) -> Snapshot:
    """Give the snapshot that some documents add up to."""
    known = tuple(documents)
    specs = [one for one in known if isinstance(one, ObjectSpec)]
    relations = _by_parent(specs)
    qualities = {one.object: one for one in known if isinstance(one, QualitySpec)}
    objects = {
        one.key: _object(one, relations.get(one.key, {}), qualities.get(one.key)) for one in specs
    }
    bare = Snapshot(
        version=version,
        objects={**objects, **PEOPLE},
        roles={one.key: one for one in known if isinstance(one, RoleSpec)},
        matches={one.object: one for one in known if isinstance(one, MatchSpec)},
        qualities=qualities,
        views={one.key: one for one in known if isinstance(one, ViewSpec)},
        forms={one.key: one for one in known if isinstance(one, FormSpec)},
        pages={one.key: one for one in known if isinstance(one, PageSpec)},
        apps={one.key: one for one in known if isinstance(one, AppSpec)},
        security=next((one for one in known if isinstance(one, SecuritySpec)), SecuritySpec()),
        providers={one.key: one for one in known if isinstance(one, IdentityProviderSpec)},
        registries={one.key: one for one in known if isinstance(one, RegistrySpec)},
        zone=zone,
    )
    return retyped(bare, types) if types else bare


def retyped(snapshot: Snapshot, types: Types) -> Snapshot:
    """Give the same snapshot with the types of some fields known."""
    objects = dict(snapshot.objects)
    for (object_, field), type_ in types.items():
        known = objects[object_]
        fields = {**known.fields, field: _typed(known.fields[field], type_)}
        objects[object_] = replace(known, fields=fields)
    return replace(snapshot, objects=objects)


def _typed(field: Field, type_: Type) -> Field:
    settings = field.settings.model_copy(update={"result": type_})
    return replace(field, type=type_, settings=settings)


def settings_of(spec: FieldSpec) -> Settings:
    """Give what a field says to its kind; pydantic's error if the kind does not understand."""
    return KINDS[spec.kind].settings.model_validate(spec.model_extra or {})


def relations_of(specs: Iterable[ObjectSpec]) -> Iterator[tuple[str, Relation]]:
    """
    Give every relation with its parent's key.

    A relation is called as the lookup says (`relation`), else as the parent's `children` field for
    it, else by the plural of the child's key.
    """
    known = tuple(specs)
    named = {
        (getattr(settings, "object", ""), getattr(settings, "field", "")): field.key
        for spec in known
        for field in spec.fields
        if field.kind == "children"
        for settings in (settings_of(field),)
    }
    for spec in known:
        for field in spec.fields:
            if field.kind in {"lookup", "lookups"}:
                yield _relation(spec, field, named.get((spec.key, field.key), ""))


def plural(key: str) -> str:
    """Give the plural of a key, as relations use it: `activity` → `activities`."""
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return f"{key[:-1]}ies"
    return f"{key}es" if key.endswith(("s", "x", "ch", "sh")) else f"{key}s"


def plural_label(spec: ObjectSpec) -> Words:
    """Give an object's label for many of them."""
    if spec.plural:
        return spec.plural.words()
    english = spec.label.en
    return Words(zh=spec.label.zh, en=plural(english) if english else "")


def _by_parent(specs: Iterable[ObjectSpec]) -> Mapping[str, Mapping[str, Relation]]:
    found: dict[str, dict[str, Relation]] = {}
    for parent, relation in relations_of(specs):
        found.setdefault(parent, {})[relation.key] = relation
    return found


def _relation(spec: ObjectSpec, field: FieldSpec, named: str) -> tuple[str, Relation]:
    settings = settings_of(field)
    relation = Relation(
        key=getattr(settings, "relation", None) or named or plural(spec.key),
        object=spec.key,
        field=field.key,
        label=_relation_label(spec, settings),
        table=link_table(spec.key, field.key) if field.kind == "lookups" else "",
    )
    return getattr(settings, "object", ""), relation


def _relation_label(spec: ObjectSpec, settings: Settings) -> Words:
    given: LabelSpec | None = getattr(settings, "relation_label", None)
    return given.words() if given else plural_label(spec)


def link_table(object_: str, field: str) -> str:
    """Give the name of the table that keeps a many-to-many lookup."""
    return f"{object_}__{field}"


def _object(
    spec: ObjectSpec, relations: Mapping[str, Relation], quality: QualitySpec | None
) -> Object:
    worded = {one.key: one for one in spec.fields if one.system}
    own = {one.key: _field(one, title=spec.title) for one in spec.fields if not one.system}
    alone = tuple((one.key,) for one in own.values() if one.unique)
    judged = quality_fields(quality, own, title=spec.title) if quality else ()
    return Object(
        key=spec.key,
        label=spec.label.words(),
        plural=plural_label(spec),
        table=spec.key,
        title=spec.title,
        fields={
            **FIRST,
            **own,
            **{one.key: one for one in judged},
            **{one.key: _worded(one, worded.get(one.key)) for one in LAST.values()},
        },
        relations=relations,
        unique=tuple(dict.fromkeys((*alone, *spec.unique))),
        order=spec.order,
        icon=spec.icon,
    )


def _field(spec: FieldSpec, *, title: str) -> Field:
    kind = KINDS[spec.kind]
    return Field(
        key=spec.key,
        kind=kind,
        settings=settings_of(spec),
        label=spec.label.words(),
        synonyms=spec.synonyms,
        help=spec.help.words() if spec.help else SILENT,
        required=spec.required,
        unique=spec.unique,
        indexed=spec.index if spec.index is not None else kind.index is not None,
        searched=spec.search or spec.key == title,
        default=spec.default,
        sensitive=kind.sensitive if spec.sensitive is None else spec.sensitive,
        type=kind.type,
    )


def _worded(field: Field, spec: FieldSpec | None) -> Field:
    if spec is None:
        return field
    return replace(
        field,
        label=spec.label.words(),
        synonyms=(*spec.synonyms, *field.synonyms),
        help=spec.help.words() if spec.help else field.help,
        required=spec.required,
    )
