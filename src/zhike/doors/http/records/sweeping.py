"""What is done to more records than a request should wait for: begun as a job, and told as one."""

from collections.abc import Sequence
from uuid import UUID

from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.records.chosen import Chosen
from zhike.doors.system import SWEEP, SWEEP_UNDO
from zhike.hub import sweep
from zhike.hub.sweep import Sweep, SweepSpec
from zhike.kernel.tx import Tx


async def sweeping(
    call: Call, tx: Tx, rights: Policy, spec: SweepSpec, *, of: str, chosen: Chosen
) -> Response:
    """Begin a job over the records that were chosen; 202, with the job and where it is."""
    whole = spec.model_copy(update={"query": chosen.asked, "expected": chosen.expected})
    return await begun(call, tx, rights, whole, of=of, named=chosen.named)


async def begun(
    call: Call, tx: Tx, rights: Policy, spec: SweepSpec, *, of: str, named: Sequence[UUID]
) -> Response:
    """Begin a job over records that are named, or that answer the question of `spec`."""
    made = await sweep.start(tx, rights, of, spec, named=named)
    await deferred(call, tx, made)
    at = f"/api/v1/sweeps/{made.id}".encode()
    return answer(made.described(), 202, [(b"location", at)])


async def deferred(call: Call, tx: Tx, one: Sweep) -> None:
    """Queue the job of a sweep, or of its way back."""
    task = SWEEP_UNDO if one.state == "undoing" else SWEEP
    await call.system.queue(tx, task, one.id)
