"""
Tickets: what one request begins and a later one finishes, handed to the caller instead of kept.

A ticket is encrypted, says what it is for and until when, and is good for once. Strangers can have
as many as they like without leaving a trace in the database.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import orjson

from zhike.kernel.tx import Tx
from zhike.store.accounts.factors.faults import TicketGone
from zhike.store.accounts.factors.queries import QUERIES
from zhike.store.vault import Vault

MINUTES = 5
LONGEST = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a ticket says."""

    facts: Mapping[str, str]
    ends: float
    print: bytes

    def account(self) -> UUID:
        """Give whom it was made for."""
        try:
            return UUID(self.facts["account"])
        except (KeyError, ValueError) as error:
            raise TicketGone from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Where tickets of one kind are given out and taken back."""

    vault: Vault
    kind: str
    workspace: str
    now: float

    def issue(self, facts: Mapping[str, str], *, minutes: float = MINUTES) -> str:
        """Make a ticket."""
        plain = orjson.dumps({"ends": self.now + minutes * 60, "facts": dict(facts)})
        return urlsafe_b64encode(self.vault.seal(plain, purpose=self._purpose)).decode()

    def read(self, text: str) -> Ticket:
        """Read a ticket that may come from anywhere."""
        try:
            sealed = urlsafe_b64decode(text[:LONGEST].encode("ascii"))
        except (UnicodeEncodeError, binascii.Error) as error:
            raise TicketGone from error
        plain = self.vault.opened(sealed, purpose=self._purpose)
        if plain is None:
            raise TicketGone
        said = orjson.loads(plain)
        if said["ends"] <= self.now:
            raise TicketGone
        return Ticket(facts=said["facts"], ends=said["ends"], print=sha256(sealed).digest())

    @property
    def _purpose(self) -> str:
        return f"ticket {self.kind} {self.workspace}"


async def spend(tx: Tx, ticket: Ticket) -> None:
    """Use up a ticket; whoever comes second is refused."""
    await tx.run(QUERIES["drop_spent"]())
    if not await tx.run(QUERIES["spend"](print=ticket.print, ends=ticket.ends)):
        raise TicketGone
