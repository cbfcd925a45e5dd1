"""A run that follows another one: it reads what changed since, and what that has to do with."""

from zhike.hub.identity.runs.following.index import Standing, forget, replaced, standing, written
from zhike.hub.identity.runs.following.reach import (
    Reach,
    reached,
    selected,
    some,
    taken_over,
    within,
)

__all__ = [
    "Reach",
    "Standing",
    "forget",
    "reached",
    "replaced",
    "selected",
    "some",
    "standing",
    "taken_over",
    "within",
    "written",
]
