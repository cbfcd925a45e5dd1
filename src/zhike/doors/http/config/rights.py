"""Who may touch the configuration, and which kinds of documents there are."""

from collections.abc import Iterable

from zhike.access import Policy
from zhike.doors.http.call import Call
from zhike.kernel.faults import Conflict, NotAllowed, NotFound
from zhike.kernel.viewer import ADMIN
from zhike.meta import MODELS
from zhike.packs import Applied


class NobodyLeft(Conflict):
    """The role '{role}' must keep the right to configure and to keep people."""

    code = "W130"
    zh = "角色“{role}”必须保留配置与人员管理权限"


OF_PEOPLE = frozenset({"role", "security"})
"""The kinds of documents that, with separated powers (三员分立), belong to who keeps people."""


def may_write(held: Policy, kinds: Iterable[str] = ()) -> bool:
    """Say whether somebody may write documents of these kinds."""
    apart = OF_PEOPLE if held.snapshot.security.separation else frozenset()
    wanted = {kind in apart for kind in kinds} or {False}
    return not (
        (True in wanted and not held.keeps_people) or (False in wanted and not held.configures)
    )


async def configurer(call: Call, kinds: Iterable[str] = ()) -> Policy:
    """Give the policy of the one who asks, who must be allowed to write such documents."""
    held = await call.policy()
    if not may_write(held, kinds):
        raise NotAllowed
    return held


async def reader(call: Call, kind: str = "") -> Policy:
    """Give the policy of the one who asks, who must be allowed to read documents of a kind."""
    held = await call.policy()
    apart = held.snapshot.security.separation and kind in OF_PEOPLE
    if not held.configures and not (apart and held.keeps_people):
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
    if settled is not None and settled.snapshot.security.separation:
        return
    role = settled.snapshot.roles.get(ADMIN) if settled else None
    if role is not None and not (role.configure and role.people):
        raise NobodyLeft(role=ADMIN)
