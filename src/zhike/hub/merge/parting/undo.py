"""
Merges taken back: the records part again, links return, and what was changed since stays.

First the survivors give back what they got, so that it is free; then the others come out of the
bin; then what led to them leads to them again. What cannot be as it was is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from zhike.hub.merge import ledger, links
from zhike.hub.merge.faults import (
    MergedAgain,
    MergeUndone,
    NotYoursToPart,
    SinceChanged,
    StaysBehind,
    UnknownMerge,
    ValueTaken,
)
from zhike.hub.merge.ledger import QUERIES, Later, Merge, Move
from zhike.hub.merge.looking import held as columns
from zhike.hub.merge.looking import read
from zhike.hub.merge.parting.landing import Landing, landing
from zhike.hub.merge.parting.untangle import NEVER, Books, Leading, Way, untangled
from zhike.hub.merge.run import SHARE, Merging
from zhike.hub.merge.survive import rules
from zhike.kernel.faults import Fault, Invalid
from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object
from zhike.store import shares, trail
from zhike.store.accounts import tell
from zhike.store.batch import Entry
from zhike.store.quality import likened


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something that is not as it was before a merge."""

    object: str
    record: UUID
    field: str
    fault: type[Fault]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What became of one merge that was taken back."""

    merge: Merge
    conflicts: Sequence[Conflict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivor:
    """A record as the merge left it, or as it was changed since."""

    values: Mapping[str, Json]
    binned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Merges being taken back, and what cannot be as it was, by merge."""

    merging: Merging
    merges: Sequence[Merge]
    landing: Landing
    told: dict[UUID, list[Conflict]] = field(default_factory=dict)

    def tell(self, merge: Merge, record: UUID, name: str, fault: type[Fault]) -> None:
        """Note what cannot be as it was in a field of one of the records."""
        one = Conflict(object=merge.object, record=record, field=name, fault=fault)
        self.told.setdefault(merge.id, []).append(one)

    def cause(self) -> str:
        """Name what the events come from: the merge, or the batch it was part of."""
        return str(self.merging.batch or self.merges[0].id)


async def undo(merging: Merging, merges: Sequence[Merge]) -> Sequence[Undone]:
    """
    Take back merges of one object that have nothing to do with each other.

    Raises what stands against it: a later merge, a right that is missing.
    """
    tx, obj = merging.tx, merging.object
    if not merges:
        return ()
    await links.lock(tx, merging.held, obj.key, {one.survivor for one in merges})
    now = await _locked(merging, merges)
    await _refuse_chains(tx, obj, merges)
    ids = [one.id for one in merges]
    await tx.run(QUERIES["part"](ids=ids, actor=tx.viewer.id))
    parting = Parting(
        merging=merging,
        merges=merges,
        landing=await landing(tx, merging.held.snapshot, obj, merges),
    )
    await _survivors(parting, now)
    await _restored(parting)
    await _returned(parting)
    await ledger.add_moves(tx, parting.landing.moves)
    await likened(tx, merging.held.snapshot, obj, records=now)
    if merging.batch is None:
        for one in merges:
            trail.note(
                tx, "record.parted", object=obj.key, target=one.survivor,
                new={"merge": one.id, "records": [str(part) for part in one.parts]},
            )  # fmt: skip
    return [Undone(merge=one, conflicts=parting.told.get(one.id, ())) for one in merges]


async def _locked(merging: Merging, merges: Sequence[Merge]) -> Mapping[UUID, Survivor]:
    """Lock the records, and refuse those who may not merge them."""
    tx, obj, held = merging.tx, merging.object, merging.held
    known = rules(held.snapshot, obj.key)
    ids = sorted({id_ for one in merges for id_ in (one.survivor, *one.parts)})
    rows = await tx.rows(
        sql(
            "SELECT t.id, t.deleted_at IS NOT NULL, ({seen}) IS TRUE, ({merges}) IS TRUE,"
            " ({updates}) IS TRUE, (SELECT row_to_json(v) FROM (SELECT {values}) AS v)"
            " FROM {table} AS t WHERE t.id = ANY({ids}) ORDER BY t.id FOR UPDATE OF t",
            seen=held.rows(obj.key, "t") or sql("true"),
            merges=held.rows(obj.key, "t", "merge") or sql("true"),
            updates=held.rows(obj.key, "t", "update") or sql("true"),
            values=columns(obj, known.fields, "t"),
            table=ident(obj.table),
            ids=param(ids, "uuid[]"),
        )
    )
    found = {row[0]: row[1:] for row in rows}
    for one in merges:
        if one.undone_at is not None:
            raise MergeUndone
        if not found.keys() >= {one.survivor, *one.parts} or not found[one.survivor][1]:
            raise UnknownMerge
        mine = (one.survivor, *one.parts)
        if not found[one.survivor][3] or not all(found[id_][2] for id_ in mine):
            raise NotYoursToPart
    return {id_: Survivor(values=read(row[4]), binned=row[0]) for id_, row in found.items()}


async def _refuse_chains(tx: Tx, obj: Object, merges: Sequence[Merge]) -> None:
    survivors = [one.survivor for one in merges]
    rows = await tx.rows(QUERIES["later"](object=obj.key, survivors=survivors))
    for _, merge in rows:
        raise MergedAgain(merge=merge)


async def _survivors(parting: Parting, now: Mapping[UUID, Survivor]) -> None:
    """Take back what the survivors got."""
    merging = parting.merging
    tx, obj = merging.tx, merging.object.key
    ids = [one.survivor for one in parting.merges]
    shared = await shares.held(tx, obj, ids)
    later = await ledger.later(tx, obj, ids)
    rewritten: list[Later] = []
    values: dict[UUID, Mapping[str, Json]] = {}
    for one in parting.merges:
        given = {SHARE + key: told for key, told in shared[one.survivor].items()}
        found = untangled(
            {**now[one.survivor].values, **given},
            one,
            going=_going(parting, one),
            later=[each for each in later if each.survivor == one.survivor and each.seq > one.seq],
            leading=Leading(
                traced=partial(parting.landing.traced, one.survivor), led=parting.landing.led
            ),
        )
        rewritten += found.later
        values[one.survivor] = found.values
        for back in found.back:
            parting.landing.landed(obj, one.survivor, back)
        _taken_out(parting, one, found.kept)
        for key in found.kept:
            parting.tell(one, one.survivor, key, SinceChanged)
    await ledger.rewrite(tx, rewritten)
    if parting.landing.gone:
        await tx.run(QUERIES["drop_moves"](places=ledger.written(parting.landing.gone)))
    if parting.landing.disowned:
        await tx.run(QUERIES["disown"](places=ledger.written(parting.landing.disowned)))
    if parting.landing.own:
        await tx.run(QUERIES["own"](places=ledger.written(parting.landing.own)))
    await _put_back(parting, values)
    for binned in (False, True):
        some = {id_: dict(found) for id_, found in values.items() if now[id_].binned is binned}
        await _written(parting, some, binned=binned)


def _going(parting: Parting, merge: Merge) -> Mapping[str, Sequence[Json]]:
    """Say what has to go from each list that a merge changed."""
    landing = parting.landing
    found: dict[str, list[Json]] = {}
    for key in rules(parting.merging.held.snapshot, merge.object).lists & merge.before.keys():
        brought = [
            one for one in merge.after.get(key) or [] if one not in (merge.before[key] or [])
        ]
        if key in landing.pointers:
            ends = [
                landing.taken_out(merge.object, merge.survivor, key, one, listed=True)
                for one in brought
            ]
            brought = [one for one in ends if one is not None]
        found[key] = brought
    return found


def _taken_out(parting: Parting, merge: Merge, kept: Sequence[str]) -> None:
    """Note which pointers a survivor gives back, wherever they have been led since."""
    lists = rules(parting.merging.held.snapshot, merge.object).lists
    for key in parting.landing.pointers.keys() & merge.before.keys() - set(kept) - lists:
        brought = merge.after.get(key)
        if brought is not None:
            parting.landing.taken_out(merge.object, merge.survivor, key, brought, listed=False)


async def _put_back(parting: Parting, values: Mapping[UUID, Mapping[str, Json]]) -> None:
    """Share the survivors as before, and the others as they were."""
    wanted: dict[UUID, shares.Held] = {
        id_: {key.removeprefix(SHARE): one for key, one in found.items() if key.startswith(SHARE)}
        for id_, found in values.items()
    }
    for one in parting.merges:
        wanted |= {UUID(part): told for part, told in one.shares.items()}
    await shares.put(parting.merging.tx, parting.merges[0].object, wanted)
    if any(wanted.values()):
        await tell(parting.merging.tx)


async def _written(
    parting: Parting, values: Mapping[UUID, dict[str, Json]], *, binned: bool
) -> None:
    """Write what survivors hold again; what somebody else has taken since stays empty."""
    of = {one.survivor: one for one in parting.merges}
    obj = parting.merges[0].object
    known = rules(parting.merging.held.snapshot, obj).fields
    waiting = {
        id_: {key: one for key, one in found.items() if key in known}
        for id_, found in values.items()
    }
    waiting = {id_: found for id_, found in waiting.items() if found}
    while waiting:
        entries = [Entry(record=id_, given=found) for id_, found in waiting.items()]
        done = await parting.merging.walk("update", entries, cause=parting.cause(), binned=binned)
        again: dict[UUID, dict[str, Json]] = {}
        for id_, entry in zip(waiting, done, strict=True):
            for name in _emptied(parting.merging.object, entry):
                again.setdefault(id_, dict(waiting[id_]))[name] = None
                parting.tell(of[id_], id_, name, ValueTaken)
        waiting = again


def _emptied(obj: Object, entry: Entry) -> Sequence[str]:
    """
    Name the fields to leave empty because another record has their value; none if all is well.

    Raises everything that is against the entry if that would not help.
    """
    if not entry.problems:
        return ()
    taken = [one for one in entry.matches if one.binding]
    names = [
        next((name for name in reversed(one.reasons) if not obj.fields[name].required), None)
        for one in taken
    ]
    found = [one for one in dict.fromkeys(names) if one is not None]
    if not found or None in names:
        raise Invalid(entry.problems)
    return found


async def _restored(parting: Parting) -> None:
    """Take the others out of the bin as they were."""
    merging = parting.merging
    of = {part: one for one in parting.merges for part in one.parts}
    waiting: Sequence[UUID] = list(of)
    while waiting:
        entries = [Entry(record=one) for one in waiting]
        done = await merging.walk("restore", entries, cause=parting.cause())
        emptied = {
            id_: dict.fromkeys(found)
            for id_, entry in zip(waiting, done, strict=True)
            if (found := _emptied(merging.object, entry))
        }
        if emptied:
            entries = [Entry(record=id_, given=names) for id_, names in emptied.items()]
            cleared = await merging.walk("update", entries, cause=parting.cause(), binned=True)
            if wrong := [one for entry in cleared for one in entry.problems]:
                raise Invalid(wrong)
        for id_, names in emptied.items():
            for name in names:
                parting.tell(of[id_], id_, name, ValueTaken)
        waiting = list(emptied)


async def _returned(parting: Parting) -> None:
    """Lead back to the others what led to them."""
    merging = parting.merging
    known = {one.key: one for one in links.references(merging.held.snapshot, merging.object.key)}
    moves = [
        (one, move)
        for one in parting.merges
        for move in one.moves
        if (move.object, move.field) in known
    ]
    if not moves:
        return
    named = {move.place[0] for _, move in moves}
    records = {move.record for _, move in moves}
    there = await links.standing(merging.tx, [known[one] for one in sorted(named)], records)
    kept = await _shared_places(merging.tx, parting.merges)
    books = await _books(merging.tx, moves)
    wanted: dict[tuple[links.Reference, UUID, bool], list[UUID]] = {}
    for merge, move in moves:
        link = there.get(move.place)
        if link is None:
            continue
        since = 0 if move.held else kept.get((merge.id, *move.place), NEVER)
        way = Way(survivor=merge.survivor, was=move.was, since=since)
        listed = link.reference.many
        if books.turned(merge, move, way, listed=listed) and not listed:
            continue
        place = (link.reference, move.record, link.binned)
        if merge.survivor in link.all:
            wanted[place] = way.back(wanted.get(place, link.all))
        else:
            _tell_link(parting, merge, move, SinceChanged)
    await ledger.rewrite(merging.tx, books.rewritten())
    mover = links.Moving(
        tx=merging.tx, policy=merging.acting, take_in=merging.take_in, cause=parting.cause()
    )
    refused = await mover.move(wanted)
    for merge, move in moves:
        if move.place in refused:
            _tell_link(parting, merge, move, StaysBehind)


async def _books(tx: Tx, moves: Sequence[tuple[Merge, Move]]) -> Books:
    """Give the merges of those records that point here: what they found has to be led back, too."""
    objects: dict[str, set[UUID]] = {}
    for _, move in moves:
        objects.setdefault(move.object, set()).add(move.record)
    answers = await tx.several(
        [
            QUERIES["grown"](object=obj, survivors=sorted(records))
            for obj, records in sorted(objects.items())
        ]
    )
    return Books(
        merges={
            (obj, one.id): one
            for (obj, _), rows in zip(sorted(objects.items()), answers, strict=True)
            for one in ledger.read_later(rows)
        }
    )


def _tell_link(parting: Parting, merge: Merge, move: Move, fault: type[Fault]) -> None:
    one = Conflict(object=move.object, record=move.record, field=move.field, fault=fault)
    parting.told.setdefault(merge.id, []).append(one)


async def _shared_places(
    tx: Tx, merges: Sequence[Merge]
) -> Mapping[tuple[UUID, tuple[str, str], UUID], int]:
    """
    Give the places from which the survivor stays because another merge led there, too, with the
    number of that merge.

    That other merge is told that the survivor is there because of it alone.
    """
    rows = await tx.rows(QUERIES["pass_on"](ids=[one.id for one in merges]))
    return {(merge, (obj, name), record): seq for merge, obj, name, record, seq in rows}


async def part(merging: Merging, id: UUID) -> Undone:  # noqa: A002 - what it is
    """Take back one merge."""
    (merge,) = await ledger.found(merging.tx, [id])
    (undone,) = await undo(merging, [merge])
    return undone
