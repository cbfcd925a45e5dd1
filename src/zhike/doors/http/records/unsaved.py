"""Values that were not saved, as a record shows them."""

from collections.abc import Mapping
from typing import Any

from zhike.meta import Object


def unsaved(obj: Object, kept: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give values in standard form as a record would show them."""
    return {
        key: obj.fields[key].kind.told(value, obj.fields[key].settings)
        for key, value in kept.items()
    }
