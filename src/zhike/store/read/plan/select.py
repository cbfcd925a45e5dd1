"""
Select items: what each record of an answer shows, under which name.

An item is a field, a path over lookups, a sub-table, or an expression with a name of its own. A
masked field may be shown, so fields and paths do not go through the expression compiler, which only
knows what may be asked about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from zhike import lang
from zhike.access import Rights
from zhike.access.values import DECIMAL
from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.sql import NOTHING, Sql, every, ident, joined, param, sql
from zhike.lang.tree import Label, Name, Step
from zhike.meta import Field, Object, Snapshot
from zhike.store.read.faults import SelectedTwice
from zhike.store.read.plan.sensitive import Touched, touched
from zhike.store.read.plan.whole import whole

NAMED = re.compile(
    r"(?P<what>.*\S)\s+as\s+(?P<name>[^\W\d]\w*|\"[^\"]+\")\s*", re.IGNORECASE | re.DOTALL
)
KEY = re.compile(r"[a-z]\w*", re.ASCII)
POINTERS = frozenset({"record", "user", "department"})
RECORD = "t"
"""The alias of the record in every statement of this package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing a record shows."""

    key: str
    """Its name in JSON."""
    value: Sql
    field: Field | None = None
    """The field it is, or that its path ends with."""
    catalogued: bool = False
    """Whether its name is a field's key, so that it may stand in SQL as a name."""
    touches: Touched = frozenset()
    """The fields whose values it shows, or shows something of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The JSON of a record: what has to be joined for it, and the value."""

    join: Sql
    value: Sql


@dataclass(frozen=True, kw_only=True)
class Selected:
    """The items of a record, and their JSON."""

    items: tuple[Item, ...]

    @cached_property
    def built(self) -> Built:
        """The JSON of a record that shows them."""
        return record(self.items)


def selected(
    rights: Rights, obj: str, select: Sequence[str], *, floats: bool, deleted: bool = False
) -> tuple[Selected, list[Problem]]:
    """Give the items somebody selected, and what is wrong with the others."""
    if not select:
        return rights.kept(
            ("usual", obj, floats, deleted),
            lambda: Selected(
                items=tuple(usual(rights, obj, RECORD, floats=floats, deleted=deleted))
            ),
        ), []
    found: dict[str, Item] = {}
    wrong: list[Problem] = []
    for number, text in enumerate(select):
        at = f"select[{number}]"
        try:
            item = _item(rights, obj, text, floats=floats)
        except Fault as fault:
            wrong.extend(one.under(at) for one in fault.problems)
            continue
        if item.key in found:
            wrong.append(problem(SelectedTwice, at=at, name=item.key))
        found[item.key] = item
    return Selected(items=tuple(found.values())), wrong


def usual(
    rights: Rights, obj: str, alias: str, *, floats: bool, deleted: bool = False
) -> Iterator[Item]:
    """Give every field that these roles see, sub-tables aside; `deleted_at` in the recycle bin."""
    for field in rights.seen.objects[obj].fields.values():
        if field.kind.name == "children" or (field.key == "deleted_at" and not deleted):
            continue
        value = rights.shown(obj, field.key, alias, floats=floats)
        if value is not None:
            yield Item(
                key=field.key,
                value=value,
                field=field,
                catalogued=True,
                touches=touched(rights.snapshot, obj, field.key),
            )


def record(parts: Sequence[Item]) -> Built:
    """Give the items as one JSON object."""
    if all(one.catalogued for one in parts):
        named = joined(
            sql("{value} AS {key}", value=one.value, key=ident(one.key)) for one in parts
        )
        return Built(
            join=sql(" CROSS JOIN LATERAL (SELECT {named}) AS r", named=named),
            value=sql("row_to_json(r)"),
        )
    # Names that a caller made up are values, not names of SQL: they may be anything, of any length.
    pairs = joined(
        sql("{key} : {value}", key=param(one.key, "text"), value=one.value) for one in parts
    )
    return Built(join=NOTHING, value=sql("JSON_OBJECT({pairs})", pairs=pairs))


def _item(rights: Rights, obj: str, text: str, *, floats: bool) -> Item:
    named = NAMED.fullmatch(text)
    what, key = (named["what"], named["name"].strip('"')) if named else (text, text)
    field = rights.seen.objects[obj].fields.get(what) if KEY.fullmatch(what) else None
    if field is not None:
        return Item(
            key=key,
            value=_field(rights, obj, field, floats=floats),
            field=field,
            catalogued=named is None,
            touches=_touched(rights, obj, field),
        )
    node = lang.parse(what)
    steps = resolved(rights.seen, obj, node) if isinstance(node, Name) else None
    if steps is not None:
        value, last, holder = _path(rights, obj, steps, alias=RECORD, floats=floats)
        touches = touched(rights.snapshot, holder, last.key)
        return Item(key=key, value=value, field=last, touches=touches)
    checked = lang.checked(node, rights.snapshot, obj, sight=rights)
    value = lang.told(checked, alias=RECORD, sight=rights)
    if checked.type in DECIMAL and not floats and not whole(checked.node, rights.seen, obj):
        value = sql("({value})::text", value=value)
    return Item(key=key, value=value, touches=checked.reads)


def resolved(seen: Snapshot, obj: str, node: Name) -> list[str] | None:
    """
    Give the keys of a path over lookups as far as they are seen; None for every other name.

    The expression compiler says what is wrong with the others; it would not let a masked field
    pass.
    """
    keys: list[str] = []
    here: Object | None = seen.objects[obj]
    for step in node.path:
        field = _named(here, step) if here is not None else None
        if field is None or field.kind.name == "children":
            return None
        keys.append(field.key)
        here = seen.objects.get(field.target or "") if field.type in POINTERS else None
    return keys


def _named(obj: Object, step: Step) -> Field | None:
    if not isinstance(step, Label):
        return obj.fields.get(step)
    low = step.text.casefold()
    found = [
        one
        for one in obj.fields.values()
        if low in (one.key, one.label.zh.casefold(), one.label.en.casefold())
    ]
    return found[0] if len(found) == 1 else None


def _field(rights: Rights, obj: str, field: Field, *, floats: bool) -> Sql:
    if field.kind.name == "children":
        return _children(rights, obj, field, floats=floats)
    return _shown(rights, obj, field.key, RECORD, floats=floats)


def _touched(rights: Rights, obj: str, field: Field) -> Touched:
    if field.kind.name != "children":
        return touched(rights.snapshot, obj, field.key)
    child = rights.seen.objects.get(field.target or "")
    return frozenset((child.key, key) for key in child.fields) if child else frozenset()


def _shown(rights: Rights, obj: str, field: str, alias: str, *, floats: bool) -> Sql:
    value = rights.shown(obj, field, alias, floats=floats)
    if value is None:
        raise lang.UnknownField(field=field, object=obj)
    return value


def _path(
    rights: Rights, obj: str, steps: Sequence[str], *, alias: str, floats: bool
) -> tuple[Sql, Field, str]:
    field = rights.snapshot.objects[obj].fields[steps[0]]
    if len(steps) == 1:
        return _shown(rights, obj, steps[0], alias, floats=floats), field, obj
    target: Object = rights.snapshot.objects[field.target or ""]
    below = f"{RECORD}_{len(steps)}"
    value, last, holder = _path(rights, target.key, steps[1:], alias=below, floats=floats)
    return (
        sql(
            "(SELECT {value} FROM {table} AS {below} WHERE {where})",
            value=value,
            table=ident(target.table),
            below=ident(below),
            where=every(
                (
                    sql(
                        "{id} = {lookup}",
                        id=ident(below, "id"),
                        lookup=rights.column(obj, steps[0], alias),
                    ),
                    sql("{gone} IS NULL", gone=ident(below, "deleted_at")),
                    rights.rows(target.key, below),
                )
            ),
        ),
        last,
        holder,
    )


def _children(rights: Rights, obj: str, field: Field, *, floats: bool) -> Sql:
    child = rights.snapshot.objects[field.target or ""]
    back = field.settings.field  # type: ignore[attr-defined] # only children fields come here
    if not rights.may(child.key, "read"):
        raise lang.UnknownField(field=field.key, object=obj)
    built = record(list(usual(rights, child.key, "c", floats=floats)))
    value = sql(
        "(SELECT coalesce(json_agg({record} ORDER BY c.\"id\"), '[]') FROM {table} AS c{join}"
        " WHERE {where})",
        record=built.value,
        join=built.join,
        table=ident(child.table),
        where=every(
            (
                sql(
                    "{back} = {id}",
                    back=rights.column(child.key, back, "c"),
                    id=ident(RECORD, "id"),
                ),
                sql('c."deleted_at" IS NULL'),
                rights.rows(child.key, "c"),
            )
        ),
    )
    where = rights.plain(obj, field.key, RECORD)
    return sql("CASE WHEN {where} THEN {value} END", where=where, value=value) if where else value
