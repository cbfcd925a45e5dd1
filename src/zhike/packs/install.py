"""
Does what a plan says: tables, documents and versions change together, or nothing does.

Two who apply at once stand in a queue; the second one plans against what the first has left.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from zhike.kernel.tx import Tx
from zhike.meta import Located
from zhike.packs.faults import NoSuchVersion, NotConfirmed, NothingKept, Problems
from zhike.packs.plan import Name, Plan, Wish, plan
from zhike.packs.refresh import refresher
from zhike.store.catalog import Body, lock, patience, stored, versions, write
from zhike.store.ddl import kept_in, perform, purged
from zhike.store.trail import note


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What was done."""

    plan: Plan
    version: int
    """The version of the configuration now."""


async def apply(
    tx: Tx, wish: Wish, *, confirm: Collection[str] = (), later: bool = False
) -> Applied:
    """
    Fulfil a wish.

    Refuses, before anything is done, what does not make sense and what loses something that nobody
    confirmed; `confirm` names steps of the plan. `later`: what is derived from many records is left
    to a renewal.
    """
    await lock(tx)
    made = await plan(tx, wish)
    if made.problems:
        raise Problems(made.problems)
    unconfirmed = [one.id for one in made.lossy if one.id not in confirm]
    if unconfirmed:
        raise NotConfirmed(steps=", ".join(unconfirmed))
    if made.empty or made.settled is None:
        return Applied(plan=made, version=made.version)
    before = {(one.kind, one.key): one.body for one in await stored(tx)}
    await patience(tx)
    await perform(tx, made.steps, refresh=refresher(made.settled, later=later))
    version = await write(tx, made.written, remove=made.removed)
    _note(tx, made, before, app=wish.app)
    return Applied(plan=made, version=version)


def _note(tx: Tx, made: Plan, before: Mapping[Name, Body], *, app: str | None) -> None:
    """
    Note each document that is another one now, with what it said before; a first furnishing of a
    workspace by the platform is one entry.
    """
    if tx.viewer.trusted and not before:
        told = {"documents": len(made.changes)}
        note(tx, "app.installed", object="app", target=app or "", label=app or "", new=told)
        return
    after = {(one.kind, one.key): one.body or one.shipped for one in made.written}
    for one in made.changes:
        name = (one.kind, one.key)
        note(
            tx,
            f"document.{one.how}",
            object=one.kind,
            target=one.key,
            old=before.get(name),
            new=after.get(name),
        )


async def purge(tx: Tx, object_: str, field: str = "") -> None:
    """
    Destroy for good what was kept of a removed field, or of a removed object.

    Nobody can take that back; what is in use is never touched.
    """
    await lock(tx)
    deeds = purged(await kept_in(tx), object_, field)
    if not deeds:
        raise NothingKept(name=f"{object_}.{field}" if field else object_)
    await patience(tx)
    for deed in deeds:
        await tx.run(deed)
    note(tx, "data.purged", object=object_, target=field)


async def restore(tx: Tx, name: Name, version: int, *, confirm: Collection[str] = ()) -> Applied:
    """Make an earlier version of a document the current one again; that is a new version."""
    kind, key = name
    known = next((one for one in await versions(tx, kind, key) if one.version == version), None)
    if known is None or known.body is None:
        raise NoSuchVersion(version=version, name=f"{kind} {key}")
    body = Located(body=known.body, root="")
    done = await apply(tx, Wish(documents=[body]), confirm=confirm)
    note(tx, "document.restored", object=kind, target=key, new={"version": version})
    return done
