"""Whoever has signed in, about to change how they sign in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import time
from uuid import UUID

from zhike.doors.http.call import Call
from zhike.kernel.faults import NotAllowed
from zhike.kernel.tx import Tx
from zhike.meta import SecuritySpec
from zhike.store.accounts import Seen, tell
from zhike.store.accounts.factors import SECOND_FACTOR, Counter, refuse_unless_recent


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Somebody and their own sign-in."""

    account: UUID
    seen: Seen
    rules: SecuritySpec


async def own(call: Call) -> Own:
    """
    Give who asks, who may have to set up a second factor before anything else. A program with a key
    has no sign-in of its own.
    """
    seen = call.guest
    if seen.first != SECOND_FACTOR:
        _ = call.viewer
    if seen.viewer.id is None or seen.key is not None:
        raise NotAllowed
    rules = (await call.snapshot()).security
    return Own(account=seen.viewer.id, seen=seen, rules=rules)


@asynccontextmanager
async def changing(call: Call, person: Own) -> AsyncIterator[Tx]:
    """Open a transaction in which somebody who has just signed in changes how they do that."""
    seen = person.seen
    async with call.transaction_as(seen.viewer) as tx:
        await refuse_unless_recent(tx, person.account, seen.token)
        yield tx
        await tell(tx)
    call.system.viewers.forget(call.workspace)


def counter(call: Call, kind: str) -> Counter:
    """Give where tickets of a kind are given out and taken back."""
    return Counter(vault=call.system.vault, kind=kind, workspace=call.workspace, now=time())
