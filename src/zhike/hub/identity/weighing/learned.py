"""What the runs over the whole base learnt: the gate judges by it as soon as it is there."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from zhike.hub.identity.runs.model import Worth
from zhike.kernel.queries import load
from zhike.kernel.sql import Sql
from zhike.kernel.tx import Row

QUERIES = load(Path(__file__).with_name("queries.sql"))
Learnt = Mapping[str, Worth]
"""By field; the prior stands under no name, as the chances of being the same and of not being."""


def weights(objects: Collection[str]) -> Sql:
    """Ask what was learnt of some objects."""
    return QUERIES["weights"](objects=sorted(objects))


def learned(rows: Iterable[Row]) -> Mapping[str, Learnt]:
    """Read the answer, by object; nothing of those without a run."""
    found: dict[str, dict[str, tuple[list[float], list[float]]]] = {}
    for obj, field, _, m, u in rows:
        ms, us = found.setdefault(obj, {}).setdefault(field, ([], []))
        ms.append(m)
        us.append(u)
    return {
        obj: {field: Worth(m=tuple(m), u=tuple(u)) for field, (m, u) in some.items()}
        for obj, some in found.items()
    }
