"""
The configuration as some roles see it: a snapshot without what is hidden from them.

Expressions and queries of a viewer are checked against it, so that a hidden name answers exactly
like one that does not exist, its neighbours in "did you mean" included.
"""

from collections.abc import Callable
from dataclasses import replace

from zhike.meta import Level, Object, Snapshot

Seen = Callable[[str, str], Level]
"""The best level of a field of an object."""


def narrowed(snapshot: Snapshot, level: Seen) -> Snapshot:
    """
    Leave out every field that is hidden on all records, and every relation that leads nowhere.
    """
    objects = {key: _object(one, level) for key, one in snapshot.objects.items()}
    if all(objects[key] is one for key, one in snapshot.objects.items()):
        return snapshot
    return replace(snapshot, objects=objects)


def _object(obj: Object, level: Seen) -> Object:
    fields = {key: one for key, one in obj.fields.items() if level(obj.key, key) != "hidden"}
    relations = {
        key: one for key, one in obj.relations.items() if level(one.object, one.field) != "hidden"
    }
    if len(fields) == len(obj.fields) and len(relations) == len(obj.relations):
        return obj
    return replace(obj, fields=fields, relations=relations)
