"""What is wrong with the values of a record, as far as the record alone can tell. Pure."""

from collections.abc import Collection, Iterator, Mapping

from zhike.hub.standardize.faults import FieldNotWritable, Required
from zhike.hub.standardize.plan import ObjectPlan
from zhike.kernel.faults import Problem, problem
from zhike.lang import unknown_field
from zhike.meta import Json


def stranger(known: ObjectPlan, key: str) -> Problem:
    """Say what is wrong with a name that cannot be written; a hidden field is an unknown one."""
    field = known.seen.get(key)
    if field is not None:
        return problem(FieldNotWritable, at=key, field=field.label)
    return unknown_field(known.seen.values(), known.object.key, key).problems[0].under(key)


def missing(
    known: ObjectPlan, values: Mapping[str, Json], *, given: Collection[str], new: bool
) -> Iterator[Problem]:
    """Give the required fields that stay empty, or are emptied."""
    for field in known.required:
        if field.key in given or (not new and field.key not in values):
            continue
        filled = field.key in known.defaults or field.key in known.computed
        if values.get(field.key) is None and (field.key in values or not filled):
            yield problem(Required, at=field.key, field=field.label)
