"""
Whether the options of a record go together, once it is known what the record will hold.

Only what a change touches is judged: records from before a dependence was drawn stay as they are.
"""

from collections.abc import Mapping
from functools import partial

from zhike.hub.faults import UnfitOption
from zhike.kernel.faults import Problem, problem
from zhike.meta import Json, Object, unfit
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.write import current, shape


def fitting(batch: Batch) -> Batch:
    """Refuse the entries that put options together which do not go together."""
    dependent = shape(batch.policy.snapshot, batch.object.key).depending
    if not dependent or batch.action not in ("create", "update"):
        return batch
    judged = partial(_fitting, obj=batch.object, dependent=dependent)
    return batch.having([judged(one) for one in batch.entries])


def _fitting(entry: Entry, *, obj: Object, dependent: Mapping[str, frozenset[str]]) -> Entry:
    if entry.fate is not Fate.WAITING:
        return entry
    wrong: list[Problem] = []
    for key, governors in dependent.items():
        if entry.values.keys().isdisjoint({key, *governors}):
            continue
        values: dict[str, Json] = {one: current(entry, one) for one in (key, *governors)}
        field = obj.fields[key]
        option = unfit(field, values)
        if option is not None:
            others = "、".join(obj.fields[one].label.zh for one in sorted(governors))
            wrong.append(
                problem(UnfitOption, at=key, value=_said(field.settings, option), others=others)
            )
    return entry.refused(*wrong) if wrong else entry


def _said(settings: object, option: Json) -> Json:
    label = getattr(settings, "labels", {}).get(option)
    return label.words() if label else option
