"""What all routes about merges begin with."""

from zhike.access import Policy, policy
from zhike.doors.http.call import Call


async def policy_of(call: Call) -> Policy:
    """Give the policy of the one who asks; a stranger is refused."""
    viewer = call.viewer
    return policy(await call.system.catalog.snapshot(call.workspace), viewer)
