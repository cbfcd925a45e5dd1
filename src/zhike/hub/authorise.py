"""
The first step: what the viewer may do at all, and with which of the records that are to change.

Names of fields are judged where their values are read. Conditions on records are judged by
PostgreSQL, in the statement that locks the records.
"""

from zhike.access import Action
from zhike.hub.faults import NotAKey
from zhike.kernel.faults import Invalid, problem
from zhike.kernel.tx import Tx
from zhike.lang import unknown_field
from zhike.store.batch import Batch
from zhike.store.write import gives_away, look, touched


async def authorise(batch: Batch, tx: Tx) -> Batch:
    """
    Refuse what the viewer may not do, and look at the records to change.

    The batch as a whole is refused if no record of the object could be treated so; an entry, if its
    record cannot.
    """
    key, policy = batch.object.key, batch.policy
    policy.demand(key, _right(batch))
    if batch.source == "import":
        policy.demand(key, "import")
    if batch.key:
        _demand_key(batch)
    return await look(batch, tx, action=batch.action)


def _right(batch: Batch) -> Action:
    """Give the right that the batch takes; to give records away is one of its own."""
    if batch.action == "restore":
        return "delete"
    if batch.action == "update" and all(gives_away(touched(one)) for one in batch.entries):
        return "transfer"
    return batch.action


def _demand_key(batch: Batch) -> None:
    """Refuse a key by which no single record is found, or that is not there for the viewer."""
    known, policy = batch.object, batch.policy
    seen = {
        name: field
        for name, field in known.fields.items()
        if policy.level(known.key, name) in ("read", "write")
    }
    strange = [
        found.under(f"key[{number}]")
        for number, name in enumerate(batch.key)
        if name not in seen
        for found in unknown_field(seen.values(), known.key, name).problems
    ]
    if strange:
        raise Invalid(strange)
    if not any(set(one) == set(batch.key) for one in known.unique):
        keys = "、".join("+".join(one) for one in known.unique if seen.keys() >= set(one))
        raise Invalid([problem(NotAKey, at="key", key="+".join(batch.key), keys=keys)])
