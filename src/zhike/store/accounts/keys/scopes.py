"""
What a key may do of what its owner may: `object:action`, either of them possibly `*`. Pure.

Beside the actions on records there are `*:people`, `*:configure`, `*:audit`, `*:approve_exports`.
"""

from collections.abc import Collection, Iterable

from zhike.access import ACTIONS
from zhike.kernel.faults import Problem, problem
from zhike.meta import Snapshot
from zhike.store.accounts.faults import UnknownScope, WiderKey

ALL = "*"
POWERS = frozenset({"people", "configure", "audit", "approve_exports"})
BUTTON = "button:"


def wrong_scopes(scopes: Iterable[str], snapshot: Snapshot) -> list[Problem]:
    """Say which scopes name no object or no action of this workspace."""
    return [
        problem(UnknownScope, at=f"scopes[{number}]", scope=one[:80])
        for number, one in enumerate(scopes)
        if not _known(one, snapshot)
    ]


def _known(scope: str, snapshot: Snapshot) -> bool:
    obj, colon, action = scope.partition(":")
    if not colon or (obj != ALL and obj not in snapshot.objects):
        return False
    if action in POWERS:
        return obj == ALL
    return action == ALL or action in ACTIONS or _pressed(action)


def _pressed(action: str) -> bool:
    return action.startswith(BUTTON) and action.removeprefix(BUTTON).isidentifier()


def narrowed_scopes(
    wanted: Collection[str] | None, own: Collection[str] | None
) -> list[str] | None:
    """
    Give the scopes of a key that another one makes: its own if none are wanted, never wider ones.
    """
    if own is None:
        return None if wanted is None else sorted(set(wanted))
    if wanted is None:
        return sorted(own)
    wider = sorted(one for one in wanted if not _within(one, own))
    if wider:
        raise WiderKey(at="scopes", scope=", ".join(wider)[:200])
    return sorted(set(wanted))


def _within(scope: str, own: Collection[str]) -> bool:
    obj, _, action = scope.partition(":")
    ways = {f"{one}:{other}" for one in (obj, ALL) for other in (action, ALL)}
    return not ways.isdisjoint(own)
