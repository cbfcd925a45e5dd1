"""The checks of what forms, pages and views say in the expression language."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zhike.kernel.faults import Fault, Problem, problem
from zhike.lang import checked
from zhike.meta import Field, FormSpec, Located, PageSpec, Path, Snapshot, Type, ViewSpec
from zhike.packs.faults import Elsewhere, UnfitRule

SUFFIX = " AS "
ALIKE: tuple[frozenset[Type], ...] = (
    frozenset({"number", "money", "percent"}),
    frozenset({"date", "datetime"}),
)
CONDITIONS = ("visible", "required", "readonly")
VALUES = ("default", "computed")
"""The rules of a field on a form that say when something is so, and those that give a value."""


def check(
    located: Located, spec: FormSpec | PageSpec | ViewSpec, snapshot: Snapshot
) -> Iterator[Problem]:
    """Give what is wrong with the expressions of a form, a page or a view."""
    match spec:
        case FormSpec():
            yield from _form(located, spec, snapshot)
        case PageSpec():
            for path, block in spec.blocks():
                at = located.at(*path, "visible")
                yield from _rule(block.visible, snapshot, spec.object, at=at)
        case ViewSpec():
            yield from _view(located, spec, snapshot)


def _form(located: Located, spec: FormSpec, snapshot: Snapshot) -> Iterator[Problem]:
    shown: list[tuple[Path, str]] = [
        (("tabs", number), tab.visible) for number, tab in enumerate(spec.tabs)
    ]
    shown += [(path, section.visible) for path, section in spec.parts()]
    for path, said in shown:
        yield from _rule(said, snapshot, spec.object, at=located.at(*path, "visible"))
    for path, one in spec.placed():
        field = snapshot.objects[spec.object].fields.get(one.field)
        for name in (*CONDITIONS, *(VALUES if field else ())):
            wanted = None if name in CONDITIONS else field
            at = located.at(*path, name)
            yield from _rule(getattr(one, name), snapshot, spec.object, gives=wanted, at=at)


def _rule(
    said: str, snapshot: Snapshot, object_: str, *, at: str, gives: Field | None = None
) -> Iterator[Problem]:
    """
    Check a rule that the browser judges: of the record before somebody, and of no other one.
    """
    if not said:
        return
    try:
        known = checked(said, snapshot, object_, wants=None if gives else "boolean")
    except Fault as fault:
        yield from placed(fault.problems, at)
        return
    if known.reaches:
        yield problem(Elsewhere, at=at, part=said)
    elif gives and not _fitting(known.type, gives.type):
        yield problem(UnfitRule, at=at, name=gives.key)


def _fitting(given: Type, wanted: Type) -> bool:
    """A text is read as whatever the field is; numbers are numbers; a day is a moment."""
    return given in {wanted, "text"} or any({given, wanted} <= one for one in ALIKE)


def _view(located: Located, spec: ViewSpec, snapshot: Snapshot) -> Iterator[Problem]:
    if spec.where:
        at = located.at("where")
        yield from wrong(spec.where, snapshot, spec.object, wants="boolean", at=at)
    entries: Iterable[tuple[Path, str]] = [
        *((("select", number), one) for number, one in enumerate(spec.select)),
        *((("order", number), one.lstrip("-")) for number, one in enumerate(spec.order)),
    ]
    for path, entry in entries:
        said = entry.rpartition(SUFFIX)[0] or entry
        if not _bare(said, spec.object, snapshot):
            yield from wrong(said, snapshot, spec.object, wants=None, at=located.at(*path))


def _bare(said: str, object_: str, snapshot: Snapshot) -> bool:
    """A sub-table or a relation may be selected whole, though nothing computes with it."""
    known = snapshot.objects[object_]
    return said in known.fields or said in known.relations


def wrong(
    said: str, snapshot: Snapshot, object_: str, *, wants: Type | None, at: str
) -> Iterator[Problem]:
    """Give what is wrong with an expression on an object, each with its place in it."""
    try:
        checked(said, snapshot, object_, wants=wants)
    except Fault as fault:
        yield from placed(fault.problems, at)


def placed(problems: Iterable[Problem], at: str) -> Iterator[Problem]:
    """Put the place in an expression behind the place of the expression: `roles.yaml:12:1:7`."""
    for one in problems:
        yield replace(one, at=f"{at}:{one.at}" if one.at else at)
