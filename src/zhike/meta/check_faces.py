"""What can be wrong with the faces of an object: its forms, its pages, its views."""

from collections.abc import Iterator, Mapping, Sequence

from zhike.kernel.faults import Problem, problem
from zhike.meta.check_object import Known, field_problem, object_problem
from zhike.meta.documents import BlockSpec, FormSpec, PageSpec, ViewSpec
from zhike.meta.faults import DuplicateKey, MissingWord, NoSuchRole, UnknownWord, nearest
from zhike.meta.located import Located, Path

WORDS: Mapping[str, frozenset[str]] = {
    "facts": frozenset({"fields"}),
    "timeline": frozenset(),
    "journal": frozenset({"relation"}),
    "related": frozenset({"relation", "fields", "limit"}),
    "quality": frozenset(),
    "stage": frozenset({"field"}),
}
"""What may be said of each kind of block beyond its label and when it is there."""

Face = FormSpec | PageSpec | ViewSpec


def face_problems(
    located: Located, written: Face, known: Known, roles: Sequence[str]
) -> Iterator[Problem]:
    """Give everything that is wrong with a face among the objects and roles there are."""
    missing = object_problem(written.object, known, at=located.at("object"))
    if missing:
        yield missing
        return
    for number, role in enumerate(written.roles):
        if role not in roles:
            at = located.at("roles", number)
            yield problem(NoSuchRole, at=at, name=role, near=nearest(role, roles))
    match written:
        case FormSpec():
            yield from _form(located, written, known)
        case PageSpec():
            yield from _page(located, written, known)
        case ViewSpec():
            yield from _view(located, written, known)


def _form(located: Located, written: FormSpec, known: Known) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, one in written.placed():
        at = located.at(*path, "field")
        yield from field_problem(written.object, one.field, known, at=at)
        if first.setdefault(one.field, path) != path:
            place = located.at(*first[one.field], "field")
            yield problem(DuplicateKey, at=at, name=one.field, first=place)
        lines = _inside(written.object, one.field, known)
        for number, column in enumerate(one.columns):
            at = located.at(*path, "columns", number)
            if lines is None:
                yield problem(UnknownWord, at=located.at(*path, "columns"), name="columns")
                break
            yield from field_problem(lines, column, known, at=at)

    if written.public is None:
        return
    for name in written.public.values:
        at = located.at("public", "values", name)
        yield from field_problem(written.object, name, known, at=at)


def _inside(object_: str, field: str, known: Known) -> str | None:
    """Give the object whose records a sub-table holds; None if the field is none."""
    spec = known.objects.get(object_, {}).get(field)
    if spec is None or spec.kind != "children":
        return None
    inner = (spec.model_extra or {}).get("object")
    return inner if isinstance(inner, str) and inner in known.objects else None


def _page(located: Located, written: PageSpec, known: Known) -> Iterator[Problem]:
    if not written.columns:
        yield problem(MissingWord, at=located.at(), name="columns")
    for path, one in written.blocks():
        yield from _words(located, path, one)
        yield from _block(located, path, one, written.object, known)


def _words(located: Located, path: Path, one: BlockSpec) -> Iterator[Problem]:
    said = one.model_fields_set - {"block", "label", "visible"}
    for name in sorted(said - WORDS[one.block]):
        yield problem(UnknownWord, at=located.at(*path, name), name=name)
    if one.block == "related" and one.fields and not one.relation:
        yield problem(MissingWord, at=located.at(*path), name="relation")


def _block(  # noqa: PLR0917 - a place, and what stands there
    located: Located, path: Path, one: BlockSpec, object_: str, known: Known
) -> Iterator[Problem]:
    shown = object_
    for name, said in (("relation", one.relation), ("field", one.field)):
        if said is not None:
            yield from field_problem(object_, said, known, at=located.at(*path, name))
    if one.block == "related":
        led = [
            each.child for each in known.relations.get(object_, ()) if each.relation == one.relation
        ]
        if one.relation and not led:
            return
        shown = led[0] if led else object_
    for number, field in enumerate(one.fields):
        at = located.at(*path, "fields", number)
        yield from field_problem(shown, field, known, at=at)


def _view(located: Located, written: ViewSpec, known: Known) -> Iterator[Problem]:
    lists: Mapping[str, Sequence[str]] = {
        "select": written.select, "order": written.order, "pinned": written.pinned
    }  # fmt: skip
    for name, entries in lists.items():
        for number, entry in enumerate(entries):
            yield from field_problem(
                written.object, entry.lstrip("-"), known, at=located.at(name, number)
            )
    yield from _grouping(located, written, known)


def _grouping(located: Located, written: ViewSpec, known: Known) -> Iterator[Problem]:
    if written.group_field:
        at = located.at("group")
        yield from field_problem(written.object, written.group_field, known, at=at)
    for number, measure in enumerate(written.measures or ()):
        field = measure[measure.index("(") + 1 : -1]
        yield from field_problem(written.object, field, known, at=located.at("measures", number))
    order = (written.group_order or "key").removeprefix("-")
    if "(" in order and order not in (written.measures or ()):
        near = nearest(order, written.measures or ())
        yield problem(UnknownWord, at=located.at("group_order"), name=order, near=near)
