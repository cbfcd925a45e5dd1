"""With whom something is shared: a person, a department with all below it, a role's holders."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import UUID

from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json, Snapshot
from zhike.store.shares.faults import GranteeDeparted, SharedWithYourself, UnknownGrantee

QUERIES = load(Path(__file__).with_name("queries.sql"))

Kind = Literal["user", "department", "role"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grantee:
    """Somebody to share with."""

    kind: Kind
    name: str
    """The id of a person or department, the key of a role."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"

    @property
    def user(self) -> UUID | None:
        """The person, if it is one."""
        return UUID(self.name) if self.kind == "user" else None

    def described(
        self, snapshot: Snapshot, language: Language, *, name: str | None, active: bool | None
    ) -> dict[str, Json]:
        """Name the grantee as the API does."""
        if self.kind == "role":
            role = snapshot.roles.get(self.name)
            label = role.label.words().said(language) if role else self.name
            return {"role": {"key": self.name, "label": label}}
        told: dict[str, Json] = {"id": self.name, "name": name}
        return {self.kind: {**told, "active": active} if self.kind == "user" else told}


def read(text: str) -> Grantee:
    """Give a grantee as it is kept."""
    kind, _, name = text.partition(":")
    kinds: dict[str, Kind] = {"user": "user", "department": "department", "role": "role"}
    return Grantee(kind=kinds[kind], name=name)


async def demand(tx: Tx, snapshot: Snapshot, grantee: Grantee) -> None:
    """Refuse whom one cannot share with: nobody, oneself, somebody who is gone."""
    at = f"to.{grantee.kind}"
    if grantee.kind == "role":
        if grantee.name not in snapshot.roles:
            raise UnknownGrantee(at=at, id=grantee.name[:64])
        return
    if grantee.user is not None and grantee.user == tx.viewer.id:
        raise SharedWithYourself(at=at)
    query = QUERIES["grantee_user" if grantee.kind == "user" else "grantee_department"]
    row = await tx.row(query(id=UUID(grantee.name)))
    if row is None:
        raise UnknownGrantee(at=at, id=grantee.name)
    if not row[1]:
        raise GranteeDeparted(at=at, name=row[0])
