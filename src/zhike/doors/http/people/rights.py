"""What the one who asks may do here, as the routes about people want to know it."""

from zhike.access import Policy, policy
from zhike.doors.http.call import Call
from zhike.kernel.faults import NotAllowed


async def policy_of(call: Call) -> Policy:
    """Give the policy of the one who asks; a stranger is refused."""
    viewer = call.viewer
    return policy(await call.system.catalog.snapshot(call.workspace), viewer)


async def refuse_unless_keeper(call: Call) -> None:
    """Let pass only those who may change users and departments."""
    if not (await policy_of(call)).keeps_people:
        raise NotAllowed
