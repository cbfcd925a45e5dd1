"""
One sheet that feeds several objects: the columns of a part (`contacts.name`) become a record of
their own, linked to the record that the line made or meant.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhike.access import Policy
from zhike.hub.ingest.check import fillable
from zhike.hub.ingest.faults import NotImportable, RequiredUnmapped
from zhike.hub.ingest.guess import Kin, called, names
from zhike.hub.ingest.plan import ImportPlan, plan
from zhike.hub.ingest.spec import ColumnSpec, ImportSpec
from zhike.kernel.faults import Problem, problem
from zhike.meta import Field, Object, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The columns of a line that make one more record."""

    relation: Relation
    plan: ImportPlan

    @property
    def back(self) -> str:
        """The field by which it points at the record of the line."""
        return self.relation.field


def parts(policy: Policy, obj: Object, spec: ImportSpec) -> tuple[Part, ...]:
    """Compile the parts of a checked spec."""
    made = []
    for name, columns in _named(spec.mapped()).items():
        relation = obj.relations[name]
        child = policy.snapshot.objects[relation.object]
        own = spec.model_copy(
            update={"columns": tuple(columns), "key": (), "mode": "create", "width": 0}
        )
        writable = policy.writable(child.key, "create")
        made.append(Part(relation=relation, plan=plan(own, child, writable=writable)))
    return tuple(made)


def part_problems(policy: Policy, obj: Object, spec: ImportSpec) -> list[Problem]:
    """Say what is wrong with the columns that go into other objects."""
    found: list[Problem] = []
    for name, columns in _named(spec.mapped()).items():
        fields = _fields(policy, obj, name)
        found += [
            problem(NotImportable, at=f"columns.{one.letter}", name=f"{name}.{one.field}")
            for one in columns
            if one.field not in fields
        ]
        given = {one.field for one in columns}
        found += [
            problem(RequiredUnmapped, at=f"{name}.{key}", label=field.label)
            for key, field in fields.items()
            if field.required and field.default is None and key not in given
            and key != obj.relations[name].field
        ]  # fmt: skip
    return found


def kin(policy: Policy, obj: Object) -> tuple[Kin, ...]:
    """Give the objects whose records a line may bring along, and how their columns are called."""
    found = []
    for name, relation in obj.relations.items():
        fields = {} if relation.object == obj.key else _fields(policy, obj, name)
        if not fields:
            continue
        child = policy.snapshot.objects[relation.object]
        labels = (child.label, child.plural, relation.label)
        required = {key for key, one in fields.items() if one.required and one.default is None}
        found.append(
            Kin(
                relation=name, names=names(fields.values()), required=frozenset(required),
                called=called(*(one.zh for one in labels), *(one.en for one in labels)),
            )
        )  # fmt: skip
    return tuple(found)


def _fields(policy: Policy, obj: Object, name: str) -> Mapping[str, Field]:
    relation = obj.relations.get(name)
    if relation is None or relation.table or not policy.may(relation.object, "create"):
        return {}
    child = policy.snapshot.objects[relation.object]
    known = fillable(child, policy.writable(child.key, "create"))
    return {key: one for key, one in known.items() if key != relation.field}


def _named(columns: Iterable[ColumnSpec]) -> Mapping[str, Sequence[ColumnSpec]]:
    """Give the columns of each part, each with the name of the field alone."""
    found: dict[str, list[ColumnSpec]] = {}
    for one in columns:
        name, dot, field = (one.field or "").partition(".")
        if dot:
            found.setdefault(name, []).append(one.model_copy(update={"field": field}))
    return found
