"""
People as the company's directory (SCIM) knows them. It reads here; what it changes goes through
`accounts.People` like everything else.
"""

from zhike.store.accounts.directory.conditions import People as PeopleFilter
from zhike.store.accounts.directory.entry import (
    Entry,
    Remark,
    department_named,
    entries,
    entry,
    members,
    remember,
    removed,
    roles_held,
)
from zhike.store.accounts.directory.faults import (
    ExternalTaken,
    OneDepartment,
    UnfitValue,
    UnknownAttribute,
)
from zhike.store.accounts.directory.queries import QUERIES

__all__ = [
    "QUERIES",
    "Entry",
    "ExternalTaken",
    "OneDepartment",
    "PeopleFilter",
    "Remark",
    "UnfitValue",
    "UnknownAttribute",
    "department_named",
    "entries",
    "entry",
    "members",
    "remember",
    "removed",
    "roles_held",
]
