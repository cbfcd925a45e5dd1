"""Many records changed at once: those that answer a condition, or those that a key names."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.faults import MissingMember, WrongMember, WrongShape
from zhike.doors.http.reading import json_body, members, parameters, truth
from zhike.doors.http.records.chosen import CHOSEN, pieces, read_chosen
from zhike.doors.http.records.reading import Path
from zhike.doors.http.records.sweeping import sweeping
from zhike.doors.http.records.told import refusals, tally
from zhike.doors.http.records.writing import entries, object_of, values
from zhike.hub.intake import take_in
from zhike.hub.sweep import SweepSpec, held_by, joined
from zhike.kernel.faults import Invalid, problem
from zhike.meta import Object
from zhike.store.batch import Batch, Entry, Fate

LISTS = frozenset({"options", "users", "records", "list"})
BULK = frozenset({"set", "add"}) | CHOSEN
UPSERT = frozenset({"key", "rows"})
ATOMIC = frozenset({"atomic"})


async def change(call: Call, path: Path) -> Response:
    """
    Set the same values in every record that is named, or that answers a condition; `add` puts
    further things into fields that hold lists. More than 1,000 are changed by a job, unless all or
    none shall be.
    """
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    atomic = truth(parameters(call.scope, ATOMIC).get("atomic", "false"), name="atomic")
    body = members(await json_body(call.scope, call.receive), BULK)
    if "set" not in body and "add" not in body:
        raise MissingMember(at="set", name="set")
    chosen = read_chosen(body)
    given = values(body.get("set", {}), at="set")
    more = _added(obj, values(body.get("add", {}), at="add"))
    spec = SweepSpec(act="change", set=given, add=more)
    async with call.transaction() as tx:
        if not atomic and await chosen.many(tx, rights, obj):
            return await sweeping(call, tx, rights, spec, of=obj.key, chosen=chosen)
        outcome = chosen.outcome(call, tx, obj, spec)
        for some in pieces(await chosen.ids(tx, rights, obj)):
            held = await held_by(tx, rights, obj, ids=some, keys=tuple(more)) if more else {}
            batch = Batch(
                policy=rights,
                object=obj,
                action="update",
                entries=tuple(
                    Entry(at=str(one), given={**given, **joined(more, held.get(one))}, record=one)
                    for one in some
                ),
                atomic=atomic,
                source=rights.viewer.source,
            )
            changed = await take_in(batch, tx, steps=call.system.intake)
            if atomic and changed.problems:
                raise Invalid(changed.problems)
            await outcome.count(changed.entries)
    return answer(outcome.told("changed", Fate.UPDATED))


def _added(obj: Object, more: Mapping[str, Any]) -> Mapping[str, Sequence[Any]]:
    """Give what shall be added to which fields; they hold lists."""
    wrong = [
        problem(WrongMember, at=f"add.{name}", reason="[…]")
        for name, some in more.items()
        if not isinstance(some, list)
        or name not in obj.fields
        or obj.fields[name].type not in LISTS
    ]
    if wrong:
        raise Invalid(wrong)
    return more


async def upsert(call: Call, path: Path) -> Response:
    """Change the records that a unique key finds, and make those it does not find."""
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    parameters(call.scope, frozenset())
    body = members(await json_body(call.scope, call.receive), UPSERT)
    missing = [name for name in ("key", "rows") if name not in body]
    if missing:
        raise Invalid(problem(MissingMember, at=name, name=name) for name in missing)
    key, rows = body["key"], body["rows"]
    if not isinstance(key, list) or not key or not all(isinstance(one, str) for one in key):
        raise WrongShape(at="key", wanted='["…"]')
    if not isinstance(rows, list):
        raise WrongShape(at="rows", wanted="[{…}]")
    batch = Batch(
        policy=rights,
        object=obj,
        action="create",
        entries=tuple(entries(rows)),
        key=tuple(key),
        source=rights.viewer.source,
    )
    async with call.transaction() as tx:
        done = await take_in(batch, tx, steps=call.system.intake)
    counts = tally(done.entries, Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED)
    return answer({**counts, "errors": refusals(done.entries, call.language)})
