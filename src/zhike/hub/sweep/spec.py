"""What is done to which records, as it is kept in the books. Judged where it is asked for."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from zhike.access import Action
from zhike.hub.transfer import Transfer
from zhike.store.write import gives_away

Act = Literal["change", "delete", "restore", "transfer"]
OWNING = ("owner", "department")
"""What a record gets that is given to somebody."""


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
    def written(self) -> tuple[str, ...]:
        """The fields that records may hold something else in afterwards."""
        return OWNING if self.act == "transfer" else self.keys

    @property
    def transfer(self) -> Transfer:
        """To whom they go, if they are given away."""
        if self.to is None:
            raise ValueError("nobody gets them")
        return Transfer(to=self.to, along=self.along, reason=self.reason)


def right(spec: SweepSpec) -> Action:
    """Give the right that it takes, there and back."""
    if spec.act == "change":
        return "transfer" if gives_away(spec.keys) else "update"
    return "transfer" if spec.act == "transfer" else "delete"
