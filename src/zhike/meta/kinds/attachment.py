"""Files kept with a record."""

from typing import Any, ClassVar

from pydantic import Field

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import EMPTINESS, Settings, Settled, TooManyItems, Type
from zhike.meta.kinds.users import Users


class AttachmentSettings(Settings):
    """How many files there may be, and which (`.pdf`, `image/*`; nothing for all)."""

    max: int = Field(default=20, ge=1, le=100)
    accept: tuple[str, ...] = ()


class Attachment(Users):
    """Files: ids of what was uploaded before, in order."""

    name = "attachment"
    label = Words(zh="附件", en="attachment")
    type: ClassVar[Type] = "list"
    settings: ClassVar[Settled] = AttachmentSettings
    operators = EMPTINESS
    index = None
    indexable = None
    display = "attachment"

    def validate(self, value: Any, settings: Any) -> Problem | None:
        if value is None or len(value) <= settings.max:
            return None
        return problem(TooManyItems, count=len(value), limit=settings.max)
