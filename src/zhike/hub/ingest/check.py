"""What is wrong with a spec before anything is read: all problems at once, with their addresses."""

from collections.abc import Collection, Iterable, Mapping

from rapidfuzz.process import extractOne

from zhike.access import Policy
from zhike.hub.ingest.faults import (
    KeyUnfit,
    KeyUnmapped,
    MappedTwice,
    NothingToImport,
    NotImportable,
    RequiredUnmapped,
)
from zhike.hub.ingest.spec import ColumnSpec, ImportSpec
from zhike.kernel.faults import Problem, problem
from zhike.meta import Field, Object

ID = "id"
UNFIT = frozenset(("lookups", "users", "tags", "options", "geo", "json", "long_text", "formula"))
"""The kinds by whose values no record is named."""
BY_HISTORY = frozenset(("created_at", "created_by"))
"""What an import may say about a record besides what everybody may: who made it and when."""


def fillable(
    obj: Object, writable: Collection[str], *, key: Collection[str] = ()
) -> Mapping[str, Field]:
    """Give the fields that a column may go into; the `key` names records and is not written."""
    return {
        name: field
        for name, field in obj.fields.items()
        if (name == ID and ID in key) or _takes(field, writable)
    }


def _takes(field: Field, writable: Collection[str]) -> bool:
    return (
        (field.key in writable or field.key in BY_HISTORY)
        and (field.kind.writable or field.key in BY_HISTORY)
        and field.kind.name not in {"children", "attachment", "image", "signature"}
    )


def plain(policy: Policy, target: Object) -> frozenset[str]:
    """Name the fields that every record shows: to find by another one tells what it holds."""
    return frozenset(
        key
        for key in target.fields
        if policy.level(target.key, key) in {"read", "write"}
        and not policy.plain(target.key, key, "r")
    )


def check(
    spec: ImportSpec,
    obj: Object,
    *,
    writable: Collection[str],
    plain: Collection[str],
) -> list[Problem]:
    """Say everything that keeps the spec from being run; `plain` are fields every record shows."""
    if not spec.columns:
        return [problem(NothingToImport)]
    fields = fillable(obj, writable, key=spec.key)
    own = [one for one in spec.mapped() if not one.apart]
    return [
        *_unknown(own, fields),
        *_twice(spec.mapped(), fields),
        *(_missing(spec.mapped(), obj, fields) if spec.mode != "update" else ()),
        *_keyed(spec, obj, plain),
    ]


def _keyed(spec: ImportSpec, obj: Object, plain: Collection[str]) -> Iterable[Problem]:
    """Say what is wrong with the key by which records are to be found."""
    if spec.mode == "create":
        return
    mapped = {column.field for column in spec.mapped()}
    for key in spec.key or (ID,):
        field = obj.fields.get(key)
        label = field.label if field else key
        fit = field is not None and field.column is not None and field.kind.name not in UNFIT
        if not fit or key not in plain:
            yield problem(KeyUnfit, at=f"key.{key}", label=label)
        elif key not in mapped:
            yield problem(KeyUnmapped, at=f"key.{key}", label=label)


def _unknown(columns: Iterable[ColumnSpec], fields: Mapping[str, Field]) -> Iterable[Problem]:
    for column in columns:
        if column.field not in fields:
            near = extractOne(column.field or "", fields.keys(), score_cutoff=60)
            facts = {"near": near[0]} if near else {}
            yield problem(NotImportable, at=f"columns.{column.letter}", name=column.field, **facts)


def _twice(columns: Iterable[ColumnSpec], fields: Mapping[str, Field]) -> Iterable[Problem]:
    by_field: dict[str, list[ColumnSpec]] = {}
    for column in columns:
        by_field.setdefault(column.field or "", []).append(column)
    for key, several in by_field.items():
        if len(several) > 1 and key in fields:
            named = ", ".join(one.header or one.letter for one in several)
            yield problem(
                MappedTwice, at=f"columns.{several[1].letter}",
                label=fields[key].label, columns=named,
            )  # fmt: skip


def _missing(
    columns: Iterable[ColumnSpec],
    obj: Object,
    fields: Mapping[str, Field],
) -> Iterable[Problem]:
    given = {column.field for column in columns}
    for key, field in obj.fields.items():
        if field.required and field.default is None and key not in given and key in fields:
            yield problem(RequiredUnmapped, at=key, label=field.label)
