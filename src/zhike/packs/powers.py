"""
Separated powers (三员分立) under a configuration that is to be: who and what is in the way of it.

No role may combine two of the powers, nobody may hold two of them, and somebody has to hold each of
those that are needed to put things right.
"""

from collections.abc import Sequence

from zhike.kernel.faults import Problem, problem
from zhike.kernel.tx import Tx
from zhike.meta import Snapshot
from zhike.packs.faults import PowerlessWorkspace
from zhike.store.accounts import (
    KEPT,
    POWERS,
    Holder,
    holders_of_roles,
    lock_people,
    powers,
    together,
)


async def inseparable(tx: Tx, old: Snapshot, new: Snapshot) -> list[Problem]:
    """Say what keeps the powers from being separate; nothing where they need not be."""
    if not new.security.separation or (old.roles, old.security) == (new.roles, new.security):
        return []
    await lock_people(tx)
    people = await holders_of_roles(tx)
    needed = KEPT if old.security.separation else POWERS.keys()
    return [
        *_combining(new),
        *_combined(people, new),
        *_powerless(people, new, needed=[one for one in POWERS if one in needed]),
    ]


def _combining(new: Snapshot) -> list[Problem]:
    return [
        found
        for key, role in new.roles.items()
        for found in together([key], new.roles, who=f"{role.label.zh}({key})", at=f"role {key}")
    ]


def _combined(people: Sequence[Holder], new: Snapshot) -> list[Problem]:
    return [
        found
        for one in people
        for found in together(
            one.roles, new.roles, who=f"{one.name}({one.login})", at=f"user {one.login}"
        )
    ]


def _powerless(people: Sequence[Holder], new: Snapshot, *, needed: Sequence[str]) -> list[Problem]:
    held = {power for one in people for power in powers(one.roles, new.roles)}
    return [
        problem(PowerlessWorkspace, at="security main", power=POWERS[power])
        for power in needed
        if people and power not in held
    ]
