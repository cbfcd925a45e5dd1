"""
The identity gate: which entries are the same as a record that is already there, or as each other,
and whether the records they point at exist.

It finds and says; what follows from it is decided in the next step.
"""

from zhike.hub.identity.gate import Gate, Keys
from zhike.hub.identity.plan import IdentityPlan, plan
from zhike.hub.identity.references import referred
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.write import around, computed, current, drawn, shape


async def identify(batch: Batch, tx: Tx) -> Batch:
    """
    Give each waiting entry its identity keys and the records and earlier entries it matches.

    The keys stay locked until the transaction ends, so that two writers of one customer at the same
    moment find each other.
    """
    ways = plan(batch.policy.snapshot, batch.object.key)
    keys = {
        n: _keys(one, ways, restored=batch.action == "restore")
        for n, one in enumerate(batch.entries)
        if one.fate is Fate.WAITING
    }
    if batch.action == "delete" or not keys:
        return batch
    unique = tuple(dict.fromkeys((*batch.object.unique, *((batch.key,) if batch.key else ()))))
    wanted = {key for one in keys.values() for key in one.fresh}
    if batch.binned:
        # What lies in the recycle bin is nobody's duplicate.
        unique, wanted = (), set()
    found = await around(batch, tx, keys=wanted, unique=unique, computed=computed(batch))
    gate = Gate(
        ways=ways,
        unique=unique,
        found=found,
        whole=batch.action == "restore",
        joining=bool(batch.key) or batch.rule in ("update", "create"),
    )
    matched = batch.having(gate.matched(batch, keys))
    return drawn(_rekeyed(matched, referred(matched, found), ways), found)


def _rekeyed(before: Batch, after: Batch, ways: IdentityPlan) -> Batch:
    """Give new keys to entries that point elsewhere now: at what a merged record became part of."""
    if after is before or ways.fields.isdisjoint(
        shape(after.policy.snapshot, after.object.key).pointers
    ):
        return after
    return after.having(
        [
            one.having(keys=ways.keys({name: current(one, name) for name in ways.fields}))
            if one.values is not old.values and one.fate is Fate.WAITING
            else one
            for old, one in zip(before.entries, after.entries, strict=True)
        ]
    )


def _keys(entry: Entry, ways: IdentityPlan, *, restored: bool) -> Keys:
    if restored:
        return Keys(fresh=entry.keys, all=entry.keys)
    if entry.before is None:
        keys = entry.keys or ways.keys(entry.values)
        return Keys(fresh=keys, all=keys)
    if ways.fields.isdisjoint(entry.values):
        return Keys(fresh=(), all=entry.keys)
    keys = ways.keys({name: current(entry, name) for name in ways.fields})
    return Keys(fresh=tuple(key for key in keys if key not in entry.keys), all=keys)
