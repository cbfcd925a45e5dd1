"""
A run taken back: what it made goes into the bin, what it changed holds again what it held before,
chunk after chunk through the intake, the last record first.

What is as the run left it goes back in the name of whoever asked, with the rights of the platform:
they had what it took to do it. What others changed since goes back only if that is asked for, and
then with the asker's own rights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

import orjson

from zhike.access import Policy, policy
from zhike.hub.hands import Hands
from zhike.hub.ingest import ledger
from zhike.hub.ingest.faults import ChangedSince, NotYoursAnyMore, UnknownImport, Untakable
from zhike.hub.ingest.ledger import Import
from zhike.hub.ingest.undo.conflicts import LISTED, QUERIES, Conflict, Scene, conflicts, told
from zhike.hub.jobs import Books, asker, in_chunks, reasons, resume, said
from zhike.kernel.faults import Fault, Invalid, Problem, Unavailable, problem
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Json
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.bulk import counted
from zhike.store.trail import note

CHUNK = 2_000
MANY = 1_000
"""Records of a run from which on they are counted before they are compared."""
AT_ONCE = 20_000
"""Records of a run up to which whoever asks waits to hear what stands against it."""
CHANGED = problem(ChangedSince, object="", title="…", by="…", fields="…")
"""Said of a record that was changed while the run was taken back; who reads it is not known."""
SOURCE = "import"


class Item(NamedTuple):
    """One record of the run."""

    position: int
    object: str
    record: UUID
    made: bool
    old: Mapping[str, Json]
    """What it held before, in the fields that the run changed."""


class Outcome(NamedTuple):
    """What became of it: removed, restored, kept (and why), gone."""

    position: int
    word: str
    why: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """One run being taken back."""

    hands: Hands
    workspace: str
    task: Import
    held: Policy
    """Of whoever asked."""
    force: bool
    since: datetime
    size: int

    @property
    def acting(self) -> Policy:
        """The platform, in the name of whoever asked."""
        viewer = replace(self.held.viewer, trusted=True, source=SOURCE)
        return policy(self.held.snapshot, viewer)

    def scene(self, tx: Tx, items: Sequence[Item]) -> Scene:
        """Give what conflicts are looked for in."""
        objects: dict[str, tuple[bool, bool]] = {}
        for one in items:
            made, changed = objects.get(one.object, (False, False))
            objects[one.object] = (made or one.made, changed or not one.made)
        return Scene(
            tx=tx, snapshot=self.held.snapshot, run=self.task.id, since=self.since, objects=objects
        )


async def ask(
    tx: Tx,
    held: Policy,
    id: UUID,  # noqa: A002 - what it is
    *,
    force: bool = False,
    at_once: int = AT_ONCE,
) -> Import:
    """
    Begin to take a run back; a job does it.

    Refuses with the list of what others did since, unless that is to be overwritten. After a
    large run the job looks for that, and ends the undo with the list if it finds something.
    """
    task = await ledger.found(tx, id, policy=held)
    held.demand(task.object, "import")
    for right in task.spec.rights:
        held.demand(task.object, right)
    if task.state == "undoing":
        return task
    wish = {"force": force, "actor": str(held.viewer.id or ""), "narrowed": held.viewer.limits}
    row = await tx.row(QUERIES["begin"](id=id, undo=orjson.dumps(wish).decode()))
    if row is None:
        raise Untakable(state=task.state)
    since, until, was = row
    if _written(task) > at_once:
        wish["settle"] = {"until": until.isoformat(), "was": was}
        await tx.run(QUERIES["stop"](id=id, undo=orjson.dumps(wish).decode()))
    else:
        await _settled(tx, held, id, (since, until), force=force)
    note(tx, "import.undone", object="import", target=id, label=task.name, new={"force": force})
    return await ledger.found(tx, id)


def _written(task: Import) -> int:
    counts = task.counts
    return (
        counts.created + counts.updated + sum(sum(some.values()) for some in counts.along.values())
    )


async def _settled(
    tx: Tx,
    held: Policy,
    id: UUID,  # noqa: A002 - what it is
    between: tuple[datetime, datetime],
    *,
    force: bool,
) -> None:
    """Write down what is to be taken back; refuse with what stands against it."""
    since, until = between
    written = await tx.run(QUERIES["settle"](id=str(id), since=since, until=until))
    objects = await _written_to(tx, held, id)
    if written >= MANY:
        # Unawares, what stands against it would be looked for by going through all of it for each
        # of its records.
        known = (held.snapshot.objects.get(key) for key in objects)
        await counted(tx, ["zk_import_item", *(one.table for one in known if one is not None)])
    scene = Scene(tx=tx, snapshot=held.snapshot, run=id, since=since, objects=objects)
    found = () if force else await conflicts(scene)
    if found:
        raise Invalid(await told(tx, held, found), more=max(0, len(found) - LISTED))


async def _written_to(tx: Tx, held: Policy, id: UUID) -> Mapping[str, tuple[bool, bool]]:  # noqa: A002
    """Name the objects the run wrote to; it takes the rights that it took to write."""
    rows = await tx.rows(QUERIES["objects"](id=id))
    for key, made, changed in rows:
        for right in (*(("create",) if made else ()), *(("update",) if changed else ())):
            held.demand(key, right)
    return {key: (made, changed) for key, made, changed in rows}


async def undo(hands: Hands, id: UUID, *, workspace: str, chunk: int = CHUNK) -> Import:  # noqa: A002
    """Take a run back, from where it stands."""

    async def work(task: Import) -> None:
        undoing = await _prepared(hands, task, workspace, chunk)
        if await _begun(undoing):
            acting = undoing.acting.viewer
            await in_chunks(hands, workspace, acting, partial(_chunk, undoing))

    return await resume(BOOKS, hands, id, workspace=workspace, work=work)


async def _its_turn(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    return bool(await tx.value(QUERIES["hold"](id=id)) == "undoing")


async def _stopped(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    row = await tx.row(QUERIES["undo"](id=id))
    wish = {**(orjson.loads(row[0]) if row and row[0] else {}), "stopped": reasons(fault)}
    await tx.run(QUERIES["stop"](id=id, undo=orjson.dumps(wish).decode()))


BOOKS = Books(
    name="undo of import", source=SOURCE, begin=_its_turn, found=ledger.found, fail=_stopped
)


async def _prepared(hands: Hands, task: Import, workspace: str, size: int) -> Undoing:
    async with hands.db.reading(platform(SOURCE), workspace) as tx:
        row = await tx.row(QUERIES["undo"](id=task.id))
    if row is None:
        raise UnknownImport
    wish, since = orjson.loads(row[0]), row[1]
    actor = UUID(wish["actor"]) if wish.get("actor") else None
    held = await asker(hands, workspace, actor, source=SOURCE, limits=wish["narrowed"])
    return Undoing(
        hands=hands, workspace=workspace, task=task, held=held, force=wish["force"],
        since=since, size=size,
    )  # fmt: skip


async def _begun(undoing: Undoing) -> bool:
    """
    Settle what a large run is taken back by, unless that is done; say whether it goes on.

    One transaction: killed in its midst, it is as if nobody had begun.
    """
    id_ = undoing.task.id
    async with undoing.hands.db.transaction(undoing.acting.viewer, undoing.workspace) as tx:
        if not await _its_turn(tx, id_):
            return False
        row = await tx.row(QUERIES["undo"](id=id_))
        wish = orjson.loads(row[0]) if row else {}
        settle = wish.pop("settle", None)
        if settle is None:
            return True
        between = (undoing.since, datetime.fromisoformat(settle["until"]))
        try:
            async with tx.savepoint():
                await _settled(tx, undoing.held, id_, between, force=undoing.force)
        except Unavailable:
            raise
        except Fault as fault:
            wish["refused"] = [{"path": one.at, **said(one)} for one in fault.problems]
            kept = orjson.dumps(wish).decode()
            await tx.run(QUERIES["refuse"](id=id_, undo=kept, state=settle["was"]))
            return False
        await tx.run(QUERIES["stop"](id=id_, undo=orjson.dumps(wish).decode()))
    return True


async def _chunk(undoing: Undoing, tx: Tx) -> bool:
    """Take some records back, or end it if there are none left."""
    id_ = undoing.task.id
    if not await _its_turn(tx, id_):
        return False
    rows = await tx.rows(QUERIES["items"](id=id_, limit=undoing.size))
    items = [
        Item(position, obj, record, made, orjson.loads(old or b"{}"))
        for position, obj, record, made, old in rows
    ]
    if items:
        done = await _taken_back(undoing, tx, items)
        await tx.run(QUERIES["set_outcomes"](id=id_, items=_kept(done)))
    else:
        await tx.run(QUERIES["end"](id=id_))
    return bool(items)


def _kept(done: Sequence[Outcome]) -> str:
    return orjson.dumps(
        [
            {
                "position": one.position,
                "outcome": one.word,
                "why": one.why and said(one.why),
            }
            for one in done
        ]
    ).decode()


async def _taken_back(undoing: Undoing, tx: Tx, items: Sequence[Item]) -> Sequence[Outcome]:
    against = await conflicts(undoing.scene(tx, items), [one.position for one in items])
    contested: dict[int, Conflict] = {one.position: one for one in against}
    done: list[Outcome] = []
    for key in dict.fromkeys(one.object for one in items):
        mine = [one for one in items if one.object == key]
        free = [one for one in mine if one.position not in contested]
        done += await _walked(undoing, tx, undoing.acting, free)
        others = [one for one in mine if one.position in contested]
        if undoing.force:
            done += await _walked(undoing, tx, undoing.held, others)
        else:
            done += [Outcome(one.position, "kept", CHANGED) for one in others]
    return done


async def _walked(
    undoing: Undoing, tx: Tx, held: Policy, items: Sequence[Item]
) -> Sequence[Outcome]:
    """Walk records of one object back through the intake."""
    done: list[Outcome] = []
    made = [one for one in items if one.made]
    changed = [one for one in items if not one.made and one.old]
    done += [Outcome(one.position, "gone") for one in items if not one.made and not one.old]
    for some, action in ((made, "delete"), (changed, "update")):
        if not some:
            continue
        if some[0].object not in held.snapshot.objects:
            done += [Outcome(one.position, "gone") for one in some]
        elif not held.may(some[0].object, action):  # type: ignore[arg-type] # both are rights
            done += [Outcome(one.position, "kept", problem(NotYoursAnyMore)) for one in some]
        else:
            done += await _through(undoing, tx, held, some)
    return done


async def _through(
    undoing: Undoing, tx: Tx, held: Policy, items: Sequence[Item]
) -> Sequence[Outcome]:
    obj = held.snapshot.objects[items[0].object]
    removing = items[0].made
    entries = [
        Entry(record=one.record)
        if removing
        else Entry(
            record=one.record,
            given={key: value for key, value in one.old.items() if key in obj.fields},
        )
        for one in items
    ]
    batch = Batch(
        policy=held, object=obj, action="delete" if removing else "update", entries=tuple(entries),
        on_duplicate="create", source=SOURCE, cause=str(undoing.task.id), read=True,
        given=frozenset(one.key for one in obj.fields.values() if one.target),
    )  # fmt: skip
    walked = (await undoing.hands.take_in(batch, tx)).entries
    return [_outcome(item, entry) for item, entry in zip(items, walked, strict=True)]


def _outcome(item: Item, entry: Entry) -> Outcome:
    match entry.fate:
        case Fate.DELETED:
            return Outcome(item.position, "removed")
        case Fate.UPDATED | Fate.UNCHANGED:
            return Outcome(item.position, "restored")
        case _:
            wrong = entry.problems[0] if entry.problems else None
            gone = wrong is not None and wrong.word == "no_such_record"
            return Outcome(item.position, "gone" if gone else "kept", None if gone else wrong)
