"""What becomes of an export before it runs: approved or refused by somebody else, or cancelled."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from zhike.access import Policy
from zhike.hub.export import ledger
from zhike.hub.export.ask import noted
from zhike.hub.export.faults import (
    Decided,
    NotAnApprover,
    NotAnAuditor,
    Over,
    OwnExport,
    UnknownExport,
)
from zhike.hub.export.ledger import LONGEST_REASON, QUERIES, Export, State
from zhike.hub.export.trace import read
from zhike.kernel.tx import Row, Tx

Verdict = Literal["approved", "refused"]


async def decide(tx: Tx, policy: Policy, id: UUID, verdict: Verdict, *, reason: str) -> Export:  # noqa: A002 - what it is
    """Approve or refuse what somebody else asked for. Its rows are never shown for it."""
    if not policy.approves_exports or policy.viewer.seen_by is not None:
        raise NotAnApprover
    export = await ledger.found(tx, id)
    if export.actor is None or export.actor == policy.viewer.id:
        raise OwnExport
    state: State = "waiting" if verdict == "approved" else "refused"
    done = await tx.row(
        QUERIES["decide"](id=id, state=state, by=policy.viewer.id, reason=reason[:LONGEST_REASON])
    )
    if done is None:
        raise Decided(state=(await ledger.found(tx, id)).state)
    noted(tx, verdict, export, {"reason": reason, "expected": export.expected})
    return await ledger.found(tx, id)


async def cancel(tx: Tx, policy: Policy, id: UUID) -> Export:  # noqa: A002 - what it is
    """Give up an export of one's own; one that runs stops at its next piece."""
    export = await own(tx, policy, id)
    if await tx.row(QUERIES["cancel"](id=id)) is None:
        raise Over(state=(await ledger.found(tx, id)).state)
    noted(tx, "cancelled", export)
    return await ledger.found(tx, id)


async def own(tx: Tx, policy: Policy, id: UUID) -> Export:  # noqa: A002 - what it is
    """Give an export to whoever asked for it; there is none for anybody else."""
    export = await ledger.found(tx, id)
    if export.actor is None or export.actor != policy.viewer.id:
        raise UnknownExport
    return export


async def mine(
    tx: Tx, policy: Policy, *, state: State | None, after: UUID | None, limit: int
) -> Sequence[Export]:
    """Give the viewer's own exports, newest first (我的导出)."""
    asked = QUERIES["exports_of"](actor=policy.viewer.id, state=state, after=after, limit=limit)
    return await ledger.some(tx, [id_ for (id_,) in await tx.rows(asked)])


async def to_decide(tx: Tx, policy: Policy, *, after: UUID | None, limit: int) -> Sequence[Export]:
    """Give what waits for the viewer's approval, oldest first."""
    if not policy.approves_exports:
        raise NotAnApprover
    asked = QUERIES["exports_to_decide"](viewer=policy.viewer.id, after=after, limit=limit)
    return await ledger.some(tx, [id_ for (id_,) in await tx.rows(asked)])


async def traced(tx: Tx, policy: Policy, trace: str) -> tuple[Export, Sequence[Row]]:
    """Give the export behind a trace id, and who fetched its file, to those who audit."""
    if not policy.audits:
        raise NotAnAuditor
    id_ = await tx.value(QUERIES["traced"](trace=read(trace)))
    if id_ is None:
        raise UnknownExport
    export = await ledger.found(tx, id_)
    noted(tx, "traced", export)
    return export, await tx.rows(QUERIES["downloads"](id=str(id_)))
