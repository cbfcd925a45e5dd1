"""
The one expression language: text → tree → understood tree → SQL.

Filters, scopes, formulas, rule conditions and measures are written in it and evaluated by
PostgreSQL only. It is pure: it knows the snapshot, and no connection. README.md has the rules of
emptiness.
"""

from zhike.lang.as_json import from_json, to_json
from zhike.lang.check.nearest import unknown_field
from zhike.lang.checked import (
    Checked,
    Expression,
    checked,
    compiled,
    computed,
    predicate,
    storable,
    told,
    value,
)
from zhike.lang.faults import NotSameRecord, NotStorable, UnknownField
from zhike.lang.functions import FUNCTIONS, GROUPS
from zhike.lang.parse import parse
from zhike.lang.sight import FULL_SIGHT, Sight
from zhike.lang.tree import Arithmetic, Call, Name, Negative, Node, Number, every_node
from zhike.lang.written import written

__all__ = [
    "FULL_SIGHT",
    "FUNCTIONS",
    "GROUPS",
    "Arithmetic",
    "Call",
    "Checked",
    "Expression",
    "Name",
    "Negative",
    "Node",
    "NotSameRecord",
    "NotStorable",
    "Number",
    "Sight",
    "UnknownField",
    "checked",
    "compiled",
    "computed",
    "every_node",
    "from_json",
    "parse",
    "predicate",
    "storable",
    "to_json",
    "told",
    "unknown_field",
    "value",
    "written",
]
