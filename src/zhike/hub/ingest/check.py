"""What is wrong with a spec before anything is read: all problems at once, with their addresses."""

from collections.abc import Collection, Iterable, Mapping

from rapidfuzz.process import extractOne

from zhike.hub.ingest.faults import MappedTwice, NothingToImport, NotImportable, RequiredUnmapped
from zhike.hub.ingest.spec import ColumnSpec, ImportSpec
from zhike.kernel.faults import Problem, problem
from zhike.meta import Field, Object

BY_HISTORY = frozenset(("created_at", "created_by"))
"""What an import may say about a record besides what everybody may: who made it and when."""


def fillable(obj: Object, writable: Collection[str]) -> Mapping[str, Field]:
    """Give the fields that a column may go into."""
    return {
        key: field
        for key, field in obj.fields.items()
        if (key in writable or key in BY_HISTORY)
        and (field.kind.writable or key in BY_HISTORY)
        and field.kind.name not in {"children", "attachment", "image", "signature"}
    }


def check(
    spec: ImportSpec,
    obj: Object,
    *,
    writable: Collection[str],
) -> list[Problem]:
    """Say everything that keeps the spec from being run."""
    if not spec.columns:
        return [problem(NothingToImport)]
    fields = fillable(obj, writable)
    return [
        *_unknown(spec.mapped(), fields),
        *_twice(spec.mapped(), fields),
        *_missing(spec.mapped(), obj, fields),
    ]


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
