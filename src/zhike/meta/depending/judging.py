"""Which options go with the rest of a record. Pure."""

from collections.abc import Mapping
from typing import Any

from zhike.meta.kinds import Json
from zhike.meta.snapshot import Field, Object

NONE: frozenset[str] = frozenset()


def depending(obj: Object) -> Mapping[str, frozenset[str]]:
    """Give the fields whose options depend on others, each with those others."""
    found = {one.key: getattr(one.settings, "governors", NONE) for one in obj.fields.values()}
    return {key: governors for key, governors in found.items() if governors}


def unfit(field: Field, values: Mapping[str, Json]) -> Json:
    """Give the option in a field that does not go with the rest of a record; None if all do."""
    given = values.get(field.key)
    settings: Any = field.settings
    for key in given if isinstance(given, list) else [given]:
        for other, fitting in settings.conditions.get(key, {}).items():
            there = values.get(other)
            if not set(there if isinstance(there, list) else [there]) & set(fitting):
                return key
    return None
