"""A library that judges its readers, by a few words."""

from collections.abc import Mapping
from typing import Any

from tests.lending import lending

from zhike.meta import Document, QualitySpec, Snapshot

GOOD: Mapping[str, Any] = {
    "key": "reader",
    "object": "reader",
    "complete": [
        {"fields": ["name"], "weight": 2},
        {"fields": ["phone", "email"], "weight": 1},
        {"fields": ["deposit"], "weight": 1},
    ],
    "valid": {"code": "LEN(code) = 4", "phone": 'phone starts with "+86"'},
    "fresh": {"since": "last_loan", "days": [10, 20, 30, 40]},
    "weights": {"completeness": 40, "validity": 30, "freshness": 20, "uniqueness": 10},
}


def judging(*more: Document) -> Snapshot:
    """Give the snapshot of the library that judges its readers."""
    return lending(QualitySpec.model_validate(GOOD), *more)
