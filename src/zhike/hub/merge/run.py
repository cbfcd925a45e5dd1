"""
Records become one: as many groups as there are, in one transaction, everything through the intake.

Whoever merges is judged by their rights on each record. What follows from it is done with the
rights of the platform in their name, so that what they cannot see is merged too.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from zhike.access import Policy, policy
from zhike.hub.hands import TakeIn
from zhike.hub.merge import ledger, links
from zhike.hub.merge.faults import (
    AlreadyMerged,
    CannotChoose,
    MergedWithItself,
    NotYoursToKeep,
    NotYoursToMerge,
)
from zhike.hub.merge.ledger import Move, Written
from zhike.hub.merge.links import SOURCE, Link, Moving
from zhike.hub.merge.looking import Seen, looked
from zhike.hub.merge.plan import Group, Plan, named, planned
from zhike.hub.merge.survive import Taken, rules
from zhike.kernel.faults import Fault, Invalid, Problem
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object
from zhike.store import read, shares, trail
from zhike.store.accounts import tell
from zhike.store.batch import Action, Batch, Entry
from zhike.store.merged import survivors
from zhike.store.quality import likened
from zhike.store.write import NoSuchRecord

SHARE = "zk_share "
"""How the books call what is shared with somebody, among the fields of a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One merge: what became of it."""

    id: UUID
    survivor: UUID
    parts: tuple[UUID, ...]
    taken: Mapping[str, Taken]
    changed: Mapping[str, Json]
    links: Sequence[Link]
    """What led to the parts."""
    moves: Sequence[Move]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """Merges under way: who, what, and how it goes in."""

    tx: Tx
    held: Policy
    """Of whoever merges."""
    object: Object
    take_in: TakeIn
    batch: UUID | None = None

    @property
    def acting(self) -> Policy:
        """The platform, in the name of whoever merges."""
        viewer = replace(self.held.viewer, trusted=True, source=SOURCE)
        return policy(self.held.snapshot, viewer)

    async def walk(
        self, action: Action, entries: Sequence[Entry], *, cause: str, binned: bool = False
    ) -> Sequence[Entry]:
        """Walk changes of the object's records through the intake."""
        known = rules(self.held.snapshot, self.object.key)
        done: list[Entry] = []
        for start in range(0, len(entries), links.AT_ONCE):
            batch = Batch(
                policy=self.acting,
                object=self.object,
                action=action,
                entries=tuple(entries[start : start + links.AT_ONCE]),
                on_duplicate="create",
                source=SOURCE,
                cause=cause,
                read=True,
                binned=binned,
                given=frozenset(known.pointers),
            )
            done.extend((await self.take_in(batch, self.tx)).entries)
        return done


class GroupsRefused(Fault):
    """Some of the records cannot become one."""

    code = "H658"
    zh = "部分记录无法合并"

    def __init__(self, refused: Mapping[int, Sequence[Problem]]) -> None:
        self.refused = refused
        super().__init__()


async def merge(merging: Merging, groups: Sequence[Group]) -> Sequence[Made | Sequence[Problem]]:
    """Make each group of records one; give what became of it, or what is against it."""
    tx, obj = merging.tx, merging.object
    everything = {one for group in groups for one in group.records}
    gone = {one for group in groups for one in group.records if one != group.survivor}
    fields = {name for group in groups for name in group.choose}
    await links.lock(tx, merging.held, obj.key, gone)
    seen = await looked(tx, merging.held, obj, everything, fields=fields)
    into = await _answering(merging, everything - seen.keys())
    groups = [named(rules(merging.held.snapshot, obj.key), one, seen) for one in groups]
    told: dict[int, Made | Sequence[Problem]] = {
        n: wrong
        for n, group in enumerate(groups)
        if (wrong := list(_against(merging, group, seen, into)))
    }
    while going := {n: one for n, one in enumerate(groups) if n not in told}:
        try:
            async with tx.savepoint():
                told |= await _merged(merging, going, seen)
                break
        except GroupsRefused as undone:
            told |= undone.refused
    return [told[n] for n in range(len(groups))]


async def _answering(merging: Merging, missing: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Say which records were merged already, where the viewer sees what they became part of."""
    into = await survivors(merging.tx, merging.object.key, missing)
    if not into:
        return {}
    seen = await read.titles(merging.tx, merging.held, merging.object.key, into.values())
    return {one: to for one, to in into.items() if to in seen}


def _against(
    merging: Merging, group: Group, seen: Mapping[UUID, Seen], into: Mapping[UUID, UUID]
) -> Iterator[Problem]:
    """Say what stands against a merge, as far as the viewer may know."""
    for record in group.records:
        one = seen.get(record)
        if one is None and record in into:
            yield from AlreadyMerged(record=record, survivor=into[record]).problems
        elif one is None:
            label = merging.object.label.said(merging.held.viewer.language)
            yield from NoSuchRecord(object=label).problems
        elif not one.merges:
            yield from NotYoursToMerge(record=record).problems
    kept = seen.get(group.survivor) if group.survivor else None
    if kept is not None and not kept.updates:
        yield from NotYoursToKeep(record=kept.part.id).problems
    elif kept is not None:
        for name in sorted(group.choose.keys() - kept.chooses):
            yield from CannotChoose(at=f"choose.{name}", name=name).problems


async def _merged(
    merging: Merging, groups: Mapping[int, Group], seen: Mapping[UUID, Seen]
) -> Mapping[int, Made]:
    tx, obj = merging.tx, merging.object
    some = planned(rules(merging.held.snapshot, obj.key), groups, seen)
    into = {part: one.survivor.part.id for one in some for part in one.parts}
    of = {record: one for one in some for record in (one.survivor.part.id, *one.parts)}
    cause = str(merging.batch or some[0].id)
    shared = await shares.held(tx, obj.key, of)
    pointing = await links.found(tx, merging.held, obj.key, into)
    moves = await _moved(merging, pointing, of, cause=cause)
    await merging.walk("delete", [Entry(record=one) for one in into], cause=cause)
    await _kept(merging, some, cause=cause)
    given = await _given(merging, some, into)
    if any(shared[one] != held for one, held in given.items()):
        await tell(tx)
    await ledger.add(
        tx, obj.key, [_written(one, moves, shared, given) for one in some], batch=merging.batch
    )
    await likened(tx, merging.held.snapshot, obj, records=of)
    _noted(merging, some)
    return {
        one.number: Made(
            id=one.id,
            survivor=one.survivor.part.id,
            parts=one.parts,
            taken=one.taken,
            changed=one.changed,
            links=[link for link in pointing if of[link.target] is one],
            moves=moves.get(one.id, ()),
        )
        for one in some
    }


async def _moved(
    merging: Merging, pointing: Sequence[Link], of: Mapping[UUID, Plan], *, cause: str
) -> Mapping[UUID, Sequence[Move]]:
    """Move what leads to the parts to their survivors; give what is to be written down of it."""
    into = {part: one.survivor.part.id for one in of.values() for part in one.parts}
    outer = [
        one
        for one in pointing
        if one.reference.object is not merging.object or of.get(one.record) is not of[one.target]
    ]
    wanted = {}
    for one in outer:
        inner = of.get(one.record) if one.reference.object is merging.object else None
        moved = (
            target if of.get(target) is inner and inner else into.get(target, target)
            for target in one.all
        )
        wanted[one.reference, one.record, one.binned] = tuple(dict.fromkeys(moved))
    mover = Moving(tx=merging.tx, policy=merging.acting, take_in=merging.take_in, cause=cause)
    refused = await mover.move(wanted)
    moves: dict[UUID, list[Move]] = {}
    for one in outer:
        plan = of[one.target]
        obj, field = one.reference.key
        move = Move(
            object=obj, field=field, record=one.record, was=one.target,
            held=one.reference.many and plan.survivor.part.id in one.all,
            why=refused.get((one.reference.key, one.record), ""),
        )  # fmt: skip
        moves.setdefault(plan.id, []).append(move)
    return moves


async def _kept(merging: Merging, some: Sequence[Plan], *, cause: str) -> None:
    """Give the survivors what they get; what cannot be written refuses its group."""
    changing = [one for one in some if one.changed]
    entries = [Entry(record=one.survivor.part.id, given=one.changed) for one in changing]
    done = await merging.walk("update", entries, cause=cause) if entries else ()
    refused = {
        one.number: entry.problems
        for one, entry in zip(changing, done, strict=True)
        if entry.problems
    }
    if refused:
        raise GroupsRefused(refused)


async def _given(
    merging: Merging, some: Sequence[Plan], into: Mapping[UUID, UUID]
) -> Mapping[UUID, shares.Held]:
    """Have shares and teams follow; give what is shared of the survivors now."""
    tx, obj = merging.tx, merging.object.key
    kept = [one.survivor.part.id for one in some]
    await shares.follow(tx, obj, into)
    if rules(merging.held.snapshot, obj).owners == "team":
        held = await shares.held(tx, obj, kept)
        await shares.put(
            tx, obj, {one.survivor.part.id: _joining(one, held, tx.viewer.id) for one in some}
        )
    return await shares.held(tx, obj, kept)


def _joining(plan: Plan, held: Mapping[UUID, shares.Held], by: UUID | None) -> shares.Held:
    """Have the owners of the others join the team."""
    owner = plan.taken["owner"].value if "owner" in plan.taken else None
    there = held[plan.survivor.part.id]
    joining = (
        shares.member(one.owner, by=by)
        for one in plan.others
        if one.owner is not None and str(one.owner) != owner
    )
    return {key: told for key, told in joining if key not in there}


def _written(
    plan: Plan,
    moves: Mapping[UUID, Sequence[Move]],
    shared: Mapping[UUID, shares.Held],
    given: Mapping[UUID, shares.Held],
) -> Written:
    survivor = plan.survivor.part
    before: dict[str, Json] = {key: survivor.values.get(key) for key in plan.changed}
    after: dict[str, Json] = dict(plan.changed)
    old, new = shared[survivor.id], given[survivor.id]
    for key in old.keys() | new.keys():
        if old.get(key) != new.get(key):
            before[SHARE + key], after[SHARE + key] = old.get(key), new.get(key)
    return Written(
        id=plan.id,
        survivor=survivor.id,
        parts=plan.parts,
        taken={key: {"from": one.origin, "rule": one.rule} for key, one in plan.taken.items()},
        before=before,
        after=after,
        moves=moves.get(plan.id, ()),
        shares={str(part): shared[part] for part in plan.parts if shared[part]},
    )


def _noted(merging: Merging, some: Sequence[Plan]) -> None:
    if merging.batch is not None:
        return
    for one in some:
        trail.note(
            merging.tx, "record.merged", object=merging.object.key,
            target=one.survivor.part.id, label=one.survivor.title or "",
            new={"merge": one.id, "records": [str(part) for part in one.parts]},
        )  # fmt: skip


async def merge_one(merging: Merging, survivor: UUID, others: Sequence[UUID], choose: Any) -> Made:
    """Merge records into one of them; raises what is against it."""
    read.readable(merging.held, merging.object.key)
    merging.held.demand(merging.object.key, "merge")
    into = await survivors(merging.tx, merging.object.key, [survivor])
    survivor = into.get(survivor, survivor)
    if survivor in others:
        raise MergedWithItself(at=f"duplicates[{list(others).index(survivor)}]")
    group = Group(
        records=(survivor, *dict.fromkeys(others)), survivor=survivor, choose=dict(choose)
    )
    (made,) = await merge(merging, [group])
    if isinstance(made, Made):
        return made
    raise _raised(made)


def _raised(found: Sequence[Problem]) -> Fault:
    """Give one problem as its own fault, so that a door says what kind it is; several as a list."""
    if len(found) == 1:
        (one,) = found
        return one.fault(at=one.at, **one.facts)
    return Invalid(found)
