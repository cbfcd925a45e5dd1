"""One person of the workspace."""

from typing import ClassVar

from zhike.kernel.words import Words
from zhike.meta.kinds.kind import Settings, Settled
from zhike.meta.kinds.lookup import Lookup


class User(Lookup):
    """The owner of a customer: kept as the id of the user."""

    name = "user"
    label = Words(zh="人员", en="user")
    type = "user"
    settings: ClassVar[Settled] = Settings
    display = "user"
