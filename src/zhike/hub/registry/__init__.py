"""Company registers (工商信息): what they know of a company fills what nobody has typed yet."""

from zhike.hub.registry.answer import found, id_of, values
from zhike.hub.registry.asking import Question, Registries, picking, searching
from zhike.hub.registry.faults import (
    CallsUsedUp,
    NoSuchRegistry,
    NotInRegistry,
    RegistrySilent,
    TooLittleToSearch,
)
from zhike.hub.registry.filling import Filling, filling
from zhike.hub.registry.ledger import count, count_failed, remember, remembered, usage

__all__ = [
    "CallsUsedUp",
    "Filling",
    "NoSuchRegistry",
    "NotInRegistry",
    "Question",
    "Registries",
    "RegistrySilent",
    "TooLittleToSearch",
    "count",
    "count_failed",
    "filling",
    "found",
    "id_of",
    "picking",
    "remember",
    "remembered",
    "searching",
    "usage",
    "values",
]
