"""
The identity gate: which entries are the same as a record that is already there, or as each other,
and whether the records they point at exist.

It finds and says; what follows from it is decided in the next step.
"""

from collections.abc import Mapping

from zhike.hub.identity.gate import Gate, Keys
from zhike.hub.identity.looking import looking_of
from zhike.hub.identity.plan import IdentityPlan, plan
from zhike.hub.identity.references import referred
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.write import NOBODY, around, computed, current, drawn, shape


async def identify(batch: Batch, tx: Tx) -> Batch:
    """
    Give each waiting entry its identity keys and the records and earlier entries it matches.

    The keys stay locked until the transaction ends, so that two writers of one customer at the same
    moment find each other.
    """
    return await _identified(batch, tx, asking=False)


async def recognise(batch: Batch, tx: Tx) -> Batch:
    """
    Do the same for somebody who only asks: records of other objects and relatives are told too, and
    nothing that rests on values the viewer does not see.
    """
    return await _identified(batch, tx, asking=True)


async def _identified(batch: Batch, tx: Tx, *, asking: bool) -> Batch:
    ways = plan(batch.policy.snapshot, batch.object.key)
    looking = looking_of(batch, ways, asking=asking)
    keys = {
        n: looking.beside(one, _keys(one, ways, restored=batch.action == "restore"))
        for n, one in enumerate(batch.entries)
        if one.fate is Fate.WAITING
    }
    if batch.action == "delete" or not keys:
        return batch
    unique = tuple(dict.fromkeys((*batch.object.unique, *((batch.key,) if batch.key else ()))))
    wanted = {key for one in keys.values() for key in looking.locked(one)}
    alike = looking.alike(keys.values())
    if batch.binned:
        # What lies in the recycle bin is nobody's duplicate.
        unique, wanted, alike = (), set(), NOBODY
    found = await around(
        batch,
        tx,
        keys=wanted,
        unique=unique,
        computed=computed(batch),
        alike=alike,
    )
    gate = Gate(
        ways=ways,
        unique=unique,
        found=found,
        whole=batch.action == "restore",
        likeness=await looking.likeness(
            tx,
            found,
            [batch.entries[n] for n in keys],
            within=looking.within(keys.values()),
        ),
        joining=bool(batch.key) or batch.rule in ("update", "create"),
    )
    matched = batch.having(gate.matched(batch, keys))
    done = drawn(_rekeyed(matched, referred(matched, found), ways), found)
    return _grouped(done, gate, keys)


def _grouped(batch: Batch, gate: Gate, keys: Mapping[int, Keys]) -> Batch:
    """Link new branches to their head offices, where nobody said whose they are."""
    match = batch.policy.snapshot.matches.get(batch.object.key)
    likeness = gate.likeness
    if match is None or match.group is None or likeness is None or not gate.found.alike:
        return batch
    field, out = match.group, list(batch.entries)
    for n, one in keys.items():
        entry = batch.entries[n]
        if entry.before is None and entry.fate is Fate.WAITING and field not in entry.values:
            head = likeness.head(entry, one.near.get(batch.object.key, ()))
            if head is not None:
                out[n] = entry.having(values={**entry.values, field: str(head.record)})
    return batch.having(out)


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
