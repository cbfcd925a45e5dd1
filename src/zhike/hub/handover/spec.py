"""
The words of a hand-over: which records go to whom, in what order the rules are asked, and what
becomes of the person.

Kept with the hand-over as its plan, so that a job that is run again means the same.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

OWNER = "owner"
LONGEST = 20_000
"""Characters of a condition, as the expression language has it."""

Line = Annotated[str, Field(max_length=500)]
Name = Annotated[str, Field(min_length=1, max_length=100)]


class Written(BaseModel):
    """Unknown words are refused, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Target(Written):
    """
    To whom records go: exactly one of these.

    `users` take turns. `manager` is the person's own. `pool` is the pool of a department: no owner,
    and the department in charge. `parent` is a lookup: whoever gets, or has, the record it points
    at.
    """

    user: UUID | None = None
    users: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=1000)] | None = None
    manager: bool | None = None
    pool: UUID | None = None
    parent: Name | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        said = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(said) != 1 or self.manager is False:
            raise ValueError("exactly one of user, users, manager, pool, parent")
        return self

    @property
    def people(self) -> tuple[UUID, ...]:
        """Those who are named, in the order in which they take turns."""
        return (self.user,) if self.user is not None else tuple(dict.fromkeys(self.users or ()))


class Rule(Written):
    """Which of the records go there: those that fit the condition and no rule before it."""

    where: Annotated[str, Field(max_length=LONGEST)] | dict[str, Any] = ""
    to: Target


Rules = Annotated[tuple[Rule, ...], Field(max_length=100)]


class Someone(Written):
    """Somebody who takes over as a person: the manager, or one that is named."""

    user: UUID | None = None
    manager: bool | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.user is None) == (self.manager is None) or self.manager is False:
            raise ValueError("exactly one of user, manager")
        return self


MANAGER = Someone(manager=True)
"""Who takes over as a person where nobody is named."""


class HandoverSpec(Written):
    """What shall be handed over, and how."""

    objects: Annotated[dict[Name, Rules], Field(max_length=500)] = {}
    """
    The rules of each object (`customer`, for its owner) or of another field that names people
    (`task.assignee`).
    """
    others: Target | None = None
    """To whom go the records of every object that is not named; not by a lookup."""
    teams: Someone | None = None
    """Who takes the person's place in record teams; None: nobody."""
    reports: Someone | None = None
    """To whom those report who reported to the person; see `moving`."""
    departments: Someone | None = None
    """Who heads the departments that the person headed; see `moving`."""
    views: Someone | None = None
    """Who gets the person's saved views; None: nobody."""
    disable: bool = False
    """Whether the person can no longer sign in at the end."""
    reason: Line = ""

    def moving(self, someone: Someone | None) -> Someone | None:
        """Give who takes over as a person: of somebody who is disabled, the manager does."""
        return someone or (MANAGER if self.disable else None)

    def every_rule(self) -> Iterator[Rule]:
        """Give all rules, that of the objects that are not named last."""
        for rules in self.objects.values():
            yield from rules
        if self.others is not None:
            yield Rule(to=self.others)
