"""
Asking for a file: whatever is wrong with the question is said now, not by the job.

From a number of records on (`security.exports.approval_over`) somebody else has to approve. What
one person took within a day without approval counts together, so that a large export cut into
small ones is still a large one.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from zhike.access import Policy
from zhike.hub.export import ledger
from zhike.hub.export.faults import TooManyExports, UnknownFormat
from zhike.hub.export.kinds import FORMATS
from zhike.hub.export.ledger import QUERIES, Asking, Export
from zhike.hub.export.trace import made
from zhike.kernel.faults import NotAllowed
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.read import Query, columns, count, read_query, unfolded
from zhike.store.trail import note

MOST_OPEN = 5
"""How many exports of one person may wait or run at the same time."""


async def ask(
    tx: Tx,
    policy: Policy,
    *,
    obj: str,
    query: Mapping[str, Json],
    format: str,  # noqa: A002 - what it is
    reason: str = "",
) -> Export:
    """Ask for a file. What comes back waits for its job, or (`asked`) for somebody's approval."""
    if format not in FORMATS:
        raise UnknownFormat(at="format", name=format, known=", ".join(FORMATS))
    if policy.viewer.seen_by is not None:
        raise NotAllowed
    query = await unfolded(tx, policy, obj, query)
    wanted = read_query(query)
    allowed(policy, obj, wanted)
    if policy.viewer.id is not None:
        await _one_more(tx, policy.viewer.id)
    expected = await _expected(tx, policy, obj, wanted)
    waits = expected is not None and await needs_approval(
        tx, policy, expected, actor=policy.viewer.id
    )
    asking = Asking(
        object=obj,
        query=query,
        format=format,
        trace=made(),
        state="asked" if waits else "waiting",
        expected=expected,
        reason=reason,
    )
    export = await ledger.found(tx, await ledger.add(tx, asking))
    facts = {"query": query, "format": format, "expected": expected, "state": export.state}
    noted(tx, "asked", export, facts)
    return export


def allowed(policy: Policy, obj: str, query: Query) -> None:
    """Raise a fault unless the viewer may export this now."""
    policy.demand(obj, "export")
    if query.deleted:
        policy.demand(obj, "delete")
    columns(policy, obj, query)


async def needs_approval(
    tx: Tx,
    policy: Policy,
    expected: int,
    *,
    actor: UUID | None,
    but: UUID | None = None,
) -> bool:
    """Tell whether so many records are more than somebody may take unasked."""
    over = policy.snapshot.security.exports.approval_over
    if over is None:
        return False
    taken = await tx.value(QUERIES["taken"](actor=actor, **{"except": but}))
    return over == 0 or taken + expected > over


def noted(tx: Tx, what: str, export: Export, facts: Mapping[str, Json] | None = None) -> None:
    """Note in the log what became of an export."""
    label = f"{export.object} {export.trace}"
    note(tx, f"export.{what}", object="export", target=export.id, label=label, new=facts)


async def _one_more(tx: Tx, actor: UUID) -> None:
    await tx.run(QUERIES["wait_for_turn"](actor=actor))
    under_way = await tx.value(QUERIES["open_exports"](actor=actor))
    if under_way >= MOST_OPEN:
        raise TooManyExports(count=under_way, seconds=30)


async def _expected(tx: Tx, policy: Policy, obj: str, query: Query) -> int | None:
    """Count only where the count decides something."""
    if policy.snapshot.security.exports.approval_over is None:
        return None
    return await count(tx, policy, obj, replace(query, limit=1), exporting=True)
