"""Who may touch the configuration, and which kinds of documents there are."""

from zhike.access import Policy, policy
from zhike.doors.http.call import Call
from zhike.kernel.faults import Conflict, NotAllowed, NotFound
from zhike.kernel.viewer import ADMIN
from zhike.meta import MODELS
from zhike.packs import Applied


class NobodyLeft(Conflict):
    """The role '{role}' must keep the right to configure and to keep people."""

    code = "W130"
    zh = "角色“{role}”必须保留配置与人员管理权限"


async def configurer(call: Call) -> Policy:
    """Give the policy of the one who asks, who must be allowed to configure."""
    viewer = call.viewer
    held = policy(await call.system.catalog.snapshot(call.workspace), viewer)
    if not held.configures:
        raise NotAllowed
    return held


def known(kind: str) -> str:
    """Give a kind of documents, which must exist."""
    if kind not in MODELS:
        raise NotFound
    return kind


def keep_an_administrator(done: Applied) -> None:
    """Refuse what would take the administrators' power: nobody could give it back."""
    settled = done.plan.settled
    role = settled.snapshot.roles.get(ADMIN) if settled else None
    if role is not None and not (role.configure and role.people):
        raise NobodyLeft(role=ADMIN)
