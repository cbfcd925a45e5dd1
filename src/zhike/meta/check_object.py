"""What can be wrong with an object: its keys, its fields, what it points at, its relations."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.words import Words
from zhike.meta.build import link_table, plural
from zhike.meta.depending import dependence_problems
from zhike.meta.documents import FieldSpec, ObjectSpec
from zhike.meta.faults import (
    BadDefault,
    BadKey,
    DuplicateKey,
    NameTaken,
    NameTooLong,
    NoSuchField,
    NoSuchObject,
    NotALookup,
    NotForMentions,
    NotUniqueable,
    ReservedKey,
    nearest,
)
from zhike.meta.kinds import KINDS
from zhike.meta.kinds.kind import Json
from zhike.meta.located import Located
from zhike.meta.people import GIVEN, LAST, PEOPLE
from zhike.meta.quality import KEYS

POSTGRES = 63
"""Bytes that PostgreSQL keeps of a name."""

TAKEN = frozenset({"tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"})
"""Columns that every table of PostgreSQL has already."""

NAME = re.compile(r"[a-z]\w*", re.ASCII)
CALL = re.compile(r"[A-Z_]+\(.*\)", re.ASCII | re.DOTALL)
POINTING = frozenset({"lookup", "lookups"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A lookup seen from the object it points at: the name of a relation, and who gives it."""

    relation: str
    child: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The names that documents may use."""

    objects: Mapping[str, Mapping[str, FieldSpec]]
    relations: Mapping[str, Sequence[Called]]
    broken: frozenset[str]
    """Objects that could not be read: nothing is said about their fields."""
    judged: frozenset[str] = frozenset()
    """Objects that have a `quality` document, and with it fields more."""

    @classmethod
    def of(
        cls, specs: Sequence[ObjectSpec], *, broken: Iterable[str], judged: Iterable[str] = ()
    ) -> "Known":
        """Collect the names from the objects that could be read."""
        relations: dict[str, list[Called]] = {}
        inside = {
            (_said(field, "object"), _said(field, "field")): field.key
            for spec in specs
            for field in spec.fields
            if field.kind == "children"
        }
        for spec in specs:
            for field in spec.fields:
                if field.kind in POINTING:
                    called = Called(
                        relation=_said(field, "relation")
                        or inside.get((spec.key, field.key))
                        or plural(spec.key),
                        child=spec.key,
                        field=field.key,
                    )
                    relations.setdefault(_said(field, "object"), []).append(called)
        return cls(
            objects={spec.key: {one.key: one for one in spec.fields} for spec in reversed(specs)},
            relations=relations,
            broken=frozenset(broken),
            judged=frozenset(judged),
        )

    def names(self, object_: str) -> frozenset[str]:
        """Give everything that can be said after the object: fields and relations."""
        if object_ not in self.objects:
            return frozenset(PEOPLE[object_].fields)
        relations = {one.relation for one in self.relations.get(object_, ())}
        given = GIVEN | set(KEYS) if object_ in self.judged else GIVEN
        return frozenset(self.objects[object_].keys() | given | relations)


def object_problem(name: str, known: Known, *, at: str) -> Problem | None:
    """Say so if there is no such object."""
    if name in known.objects or name in known.broken:
        return None
    return problem(NoSuchObject, at=at, name=name, near=nearest(name, known.objects))


def field_problem(object_: str, name: str, known: Known, *, at: str) -> Iterator[Problem]:
    """Say so if an object has no such field; a path is judged by its beginning."""
    if object_ in known.broken:
        return
    head = NAME.match(name)
    if head is None or (head.end() < len(name) and name[head.end()] != "."):
        return
    names = known.names(object_)
    if head.group() not in names:
        yield problem(
            NoSuchField,
            at=at,
            object=object_,
            name=head.group(),
            near=nearest(head.group(), names),
        )


def object_problems(located: Located, spec: ObjectSpec, known: Known) -> Iterator[Problem]:
    """Give everything that is wrong with an object among its neighbours."""
    if spec.key in PEOPLE or spec.key.startswith("zk_"):
        yield problem(ReservedKey, at=located.at("key"), name=spec.key)
    if "__" in spec.key:
        yield problem(BadKey, at=located.at("key"), name=spec.key)
    yield from _keys(located, spec)
    for number, field in enumerate(spec.fields):
        yield from _pointing(located, spec, number, known)
        yield from _default(located, field, number)
        yield from _long_link(located, spec, number)
        yield from _mentions(located, spec, number)
        yield from dependence_problems(located, spec, number)
    yield from _names(located, spec, known)
    yield from _unique(located, spec, known)
    yield from _relations(located, spec, known)


def _keys(located: Located, spec: ObjectSpec) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, field in enumerate(spec.fields):
        at = located.at("fields", number, "key")
        if first.setdefault(field.key, number) != number:
            place = located.at("fields", first[field.key], "key")
            yield problem(DuplicateKey, at=at, name=field.key, first=place)
        if field.system:
            given = LAST.get(field.key)
            if given is None or given.kind.name != field.kind:
                yield problem(ReservedKey, at=at, name=field.key)
        elif field.key in GIVEN | TAKEN or field.key.startswith("zk_"):
            yield problem(ReservedKey, at=at, name=field.key)
        if "__" in field.key:
            yield problem(BadKey, at=at, name=field.key)


def _pointing(located: Located, spec: ObjectSpec, number: int, known: Known) -> Iterator[Problem]:
    field = spec.fields[number]
    target = _said(field, "object")
    if field.kind not in POINTING | {"children"} or not target:
        return
    missing = object_problem(target, known, at=located.at("fields", number, "object"))
    if missing:
        yield missing
    elif field.kind == "children" and target not in known.broken:
        yield from _children(located, spec, number, known)


def _children(located: Located, spec: ObjectSpec, number: int, known: Known) -> Iterator[Problem]:
    field = spec.fields[number]
    target, back = _said(field, "object"), _said(field, "field")
    at = located.at("fields", number, "field")
    pointing = known.objects[target].get(back)
    if pointing is None:
        names = known.objects[target]
        yield problem(NoSuchField, at=at, object=target, name=back, near=nearest(back, names))
    elif pointing.kind != "lookup" or _said(pointing, "object") != spec.key:
        yield problem(NotALookup, at=at, object=target, name=back, parent=spec.key)


def _default(located: Located, field: FieldSpec, number: int) -> Iterator[Problem]:
    given: Json = field.default
    if given is None or field.kind not in KINDS:
        return
    if isinstance(given, str) and CALL.fullmatch(given):
        return
    kind = KINDS[field.kind]
    try:
        kind.read(given, kind.settings.model_validate(field.model_extra or {}))
    except Fault as fault:
        at = located.at("fields", number, "default")
        yield problem(BadDefault, at=at, name=field.key, reason=_spoken(fault))
    except ValueError:
        # The settings are wrong, and that has been said where they stand.
        return


def _spoken(fault: Fault) -> Words:
    return Words(zh=fault.says("zh").rstrip("。"), en=fault.says("en").rstrip("."))


def _long_link(located: Located, spec: ObjectSpec, number: int) -> Iterator[Problem]:
    field = spec.fields[number]
    if field.kind == "lookups" and len(link_table(spec.key, field.key)) > POSTGRES:
        yield problem(
            NameTooLong,
            at=located.at("fields", number, "key"),
            name=field.key,
            limit=POSTGRES - len(link_table(spec.key, "")),
        )


def _mentions(located: Located, spec: ObjectSpec, number: int) -> Iterator[Problem]:
    field = spec.fields[number]
    name = _said(field, "mentions") if field.kind == "long_text" else ""
    if not name:
        return
    at = located.at("fields", number, "mentions")
    kinds = {one.key: one.kind for one in spec.fields}
    if name not in kinds:
        yield problem(NoSuchField, at=at, object=spec.key, name=name, near=nearest(name, kinds))
    elif kinds[name] != "users":
        yield problem(NotForMentions, at=at, name=name)


def _names(located: Located, spec: ObjectSpec, known: Known) -> Iterator[Problem]:
    names = {one.key for one in spec.fields} | GIVEN
    if spec.title not in names:
        yield problem(
            NoSuchField,
            at=located.at("title"),
            object=spec.key,
            name=spec.title,
            near=nearest(spec.title, names),
        )
    for number, entry in enumerate(spec.order):
        yield from field_problem(spec.key, entry.lstrip("-"), known, at=located.at("order", number))


def _unique(located: Located, spec: ObjectSpec, known: Known) -> Iterator[Problem]:
    kinds = {one.key: one.kind for one in spec.fields}
    for number, field in enumerate(spec.fields):
        if field.unique and not _uniqueable(field.kind):
            yield problem(NotUniqueable, at=located.at("fields", number, "unique"), name=field.key)
    for number, group in enumerate(spec.unique):
        for place, name in enumerate(group):
            at = located.at("unique", number, place)
            yield from field_problem(spec.key, name, known, at=at)
            if name in kinds and not _uniqueable(kinds[name]):
                yield problem(NotUniqueable, at=at, name=name)


def _uniqueable(kind: str) -> bool:
    known = KINDS.get(kind)
    return known is None or (kind not in {"children", "lookups"} and known.indexable == "btree")


def _relations(located: Located, spec: ObjectSpec, known: Known) -> Iterator[Problem]:
    for number, field in enumerate(spec.fields):
        target = _said(field, "object")
        if field.kind not in POINTING or target not in known.objects:
            continue
        mine = next(
            one
            for one in known.relations[target]
            if (one.child, one.field) == (spec.key, field.key)
        )
        other = _taken(mine, target, known)
        if other:
            yield problem(
                NameTaken,
                at=located.at("fields", number),
                field=f"{spec.key}.{field.key}",
                name=mine.relation,
                object=target,
                other=other,
            )


def _taken(mine: Called, target: str, known: Known) -> Words | None:
    for other in known.relations[target]:
        if other is mine:
            break
        if other.relation == mine.relation:
            name = f"{other.child}.{other.field}"
            return Words(zh=f"关系（来自 {name}）", en=f"a relation (from {name})")
    field = known.objects[target].get(mine.relation)
    if mine.relation in GIVEN or (field is not None and not _inside(field, mine)):
        return Words(zh="字段", en="a field")
    return None


def _inside(field: FieldSpec, mine: Called) -> bool:
    """Tell whether a field is the sub-table of just this relation: then they share the name."""
    return field.kind == "children" and (_said(field, "object"), _said(field, "field")) == (
        mine.child,
        mine.field,
    )


def _said(field: FieldSpec, word: str) -> str:
    value = (field.model_extra or {}).get(word)
    return value if isinstance(value, str) else ""
