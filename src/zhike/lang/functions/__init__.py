"""
The functions of the language: one registry, one file per group, an entry per function.

The documentation and the tests are made from the entries.
"""

from collections.abc import Mapping

from zhike.lang.functions.asker import ASKER
from zhike.lang.functions.dates import DATES_OF
from zhike.lang.functions.events import EVENTS
from zhike.lang.functions.function import Example, Function, Parameter
from zhike.lang.functions.logic import LOGIC
from zhike.lang.functions.numbers import NUMBERS_OF
from zhike.lang.functions.relations import RELATIONS
from zhike.lang.functions.text import TEXT_OF

GROUPS: Mapping[str, tuple[Function, ...]] = {
    "logic": LOGIC,
    "numbers": NUMBERS_OF,
    "text": TEXT_OF,
    "dates": DATES_OF,
    "relations": RELATIONS,
    "asker": ASKER,
    "events": EVENTS,
}

FUNCTIONS: Mapping[str, Function] = {
    function.name: function for group in GROUPS.values() for function in group
}

__all__ = ["FUNCTIONS", "GROUPS", "Example", "Function", "Parameter"]
