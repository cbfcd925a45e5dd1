"""Examples of what a run would change, looked at anew each time, by the rights of who asks."""

from collections.abc import Mapping
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.standardize.again.compare import compared, fields
from zhike.hub.standardize.again.ledger import StandardRun
from zhike.hub.standardize.again.typed import typed
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json
from zhike.store import read


async def sampled(
    tx: Tx, held: Policy, run: StandardRun, language: Language
) -> Mapping[str, list[Mapping[str, Json]]]:
    """Give for each field some records with the old value, the new one, and why."""
    known = {one.key: one for one in fields(held, run.object, run.spec.fields)}
    ids = {UUID(one) for seen in run.samples.values() for some in seen.values() for one in some}
    records = await read.some(tx, held, run.object, ids) if ids else {}
    values = {id_: orjson.loads(one.json) for id_, one in records.items()}
    raws = await typed(tx, run.object, list(known.values()), list(values.values()))
    out: dict[str, list[Mapping[str, Json]]] = {}
    for key, seen in run.samples.items():
        for id_ in (UUID(one) for some in seen.values() for one in some):
            if key not in known or id_ not in values:
                continue
            old = values[id_].get(key)
            found = compared(known[key], old, raws.get(str(id_), {}).get(key))
            if found is not None:
                said = found.problem.says(language) if found.problem else None
                told = {"record": str(id_), "verdict": found.verdict, **found.told(old)}
                out.setdefault(key, []).append({**told, "says": said} if said else told)
    return out
