"""The words in which people share, and what of a request all of these routes read alike."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from zhike.doors.http.faults import WrongMember
from zhike.store.read import Query, read_query
from zhike.store.shares import Grantee

Level = Literal["read", "write"]
Line = Annotated[str, Field(max_length=500)]
Key = Annotated[str, Field(min_length=1, max_length=100)]

AT_ONCE = 50_000


class Words(BaseModel):
    """Unknown words are refused."""

    model_config = ConfigDict(extra="forbid")


class To(Words):
    """Exactly one of a person, a department (with all below it) and a role."""

    user: UUID | None = None
    department: UUID | None = None
    role: Key | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(one is not None for one in (self.user, self.department, self.role)) != 1:
            raise ValueError("exactly one of user, department, role")
        return self

    def grantee(self) -> Grantee:
        """Give whom it means."""
        if self.user is not None:
            return Grantee(kind="user", name=str(self.user))
        if self.department is not None:
            return Grantee(kind="department", name=str(self.department))
        return Grantee(kind="role", name=str(self.role))


class Shared(Words):
    """What shall be shared with whom."""

    to: To
    level: Level = "read"
    until: AwareDatetime | None = None
    reason: Line = ""


class Chosen(Words):
    """Some records: those named, or those that answer a condition."""

    ids: Annotated[list[UUID], Field(max_length=AT_ONCE)] | None = None
    where: Annotated[str, Field(max_length=20_000)] | dict[str, Any] | None = None
    search: Annotated[str, Field(max_length=200)] | None = None
    view: Annotated[str, Field(max_length=100)] | None = None

    def chosen(self) -> list[UUID] | Query:
        """Give the ids, or the question they answer."""
        asked = self.asked()
        if (self.ids is None) == (asked is None):
            raise WrongMember(at="where", reason="where | ids")
        return list(dict.fromkeys(self.ids or ())) if asked is None else read_query(asked)

    def asked(self) -> Mapping[str, Any] | None:
        """Give the question as it was sent, None if they are named."""
        asked = {"where": self.where, "search": self.search, "view": self.view}
        return {name: one for name, one in asked.items() if one is not None} or None
