"""What is wrong with the values of a record, as far as the record alone can tell. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from zhike.hub.standardize.faults import FieldNotWritable, Required
from zhike.kernel.faults import Problem, problem
from zhike.lang import unknown_field
from zhike.meta import Field, Json


def stranger(seen: Mapping[str, Field], object_: str, key: str) -> Problem:
    """Say what is wrong with a name that cannot be written; a hidden field is an unknown one."""
    field = seen.get(key)
    if field is not None:
        return problem(FieldNotWritable, at=key, field=field.label)
    return unknown_field(seen.values(), object_, key).problems[0].under(key)


def missing(
    required: Iterable[Field], values: Mapping[str, Json], *, filled: Collection[str], new: bool
) -> Iterator[Problem]:
    """Give the required fields that stay empty, or are emptied; `filled` get a value otherwise."""
    for field in required:
        given = field.key in values
        if (given and values[field.key] is None) or (new and not given and field.key not in filled):
            yield problem(Required, at=field.key, field=field.label)
