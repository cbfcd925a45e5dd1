"""One department of the workspace."""

from typing import ClassVar

from zhike.kernel.words import Words
from zhike.meta.kinds.kind import Settings, Settled
from zhike.meta.kinds.lookup import Lookup


class Department(Lookup):
    """The department a customer belongs to: kept as the id of the department."""

    name = "department"
    label = Words(zh="部门", en="department")
    type = "department"
    settings: ClassVar[Settled] = Settings
    display = "department"
