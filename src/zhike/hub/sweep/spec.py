"""What is done to which records, as it is kept in the books. Judged where it is asked for."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from zhike.hub.transfer import Transfer

Act = Literal["change", "delete", "restore", "transfer"]
UNDOABLE: frozenset[Act] = frozenset({"change", "delete"})


class SweepSpec(BaseModel):
    """One thing done to many records."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    act: Act
    query: Mapping[str, Any] | None = None
    """What they answer; None: they were named."""
    expected: int | None = None
    """How many somebody confirmed that they are."""
    set: Mapping[str, Any] = Field(default_factory=dict)
    add: Mapping[str, list[Any]] = Field(default_factory=dict)
    """What is put into fields that hold lists."""
    to: UUID | None = None
    along: tuple[str, ...] = ()
    reason: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that are changed."""
        return tuple({**self.set, **self.add})

    @property
    def transfer(self) -> Transfer:
        """To whom they go, if they are given away."""
        if self.to is None:
            raise ValueError("nobody gets them")
        return Transfer(to=self.to, along=self.along, reason=self.reason)
