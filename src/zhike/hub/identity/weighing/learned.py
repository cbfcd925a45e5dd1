"""What the runs over the whole base learnt: the gate judges by it as soon as it is there."""

from collections.abc import Collection, Mapping
from pathlib import Path

from zhike.hub.identity.runs.model import Worth
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx

QUERIES = load(Path(__file__).with_name("queries.sql"))
Learnt = Mapping[str, Worth]
"""By field; the prior stands under no name, as the chances of being the same and of not being."""


async def learned(tx: Tx, objects: Collection[str]) -> Mapping[str, Learnt]:
    """Give what was learnt of some objects, by object; nothing of those without a run."""
    found: dict[str, dict[str, tuple[list[float], list[float]]]] = {}
    for obj, field, _, m, u in await tx.rows(QUERIES["weights"](objects=sorted(objects))):
        ms, us = found.setdefault(obj, {}).setdefault(field, ([], []))
        ms.append(m)
        us.append(u)
    return {
        obj: {field: Worth(m=tuple(m), u=tuple(u)) for field, (m, u) in some.items()}
        for obj, some in found.items()
    }
