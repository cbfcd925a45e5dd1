"""Companies searched in registers, and what a register knows taken into a draft or a record."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.enrichment.asking import Company, companies
from zhike.doors.http.problems import listed
from zhike.doors.http.records.told import duplicates, refused
from zhike.doors.http.records.unsaved import unsaved
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.hub import registry
from zhike.hub.intake import take_in
from zhike.hub.registry import CallsUsedUp, NoSuchRegistry, NotInRegistry, RegistrySilent
from zhike.kernel.faults import NotAllowed, NotFound
from zhike.kernel.tx import Tx
from zhike.meta import RegistrySpec
from zhike.store import read
from zhike.store.batch import Batch, Entry, Fate

ROUTES: APIRouter = router("enrichment")

LEAST = 2
Name = Annotated[str, Field(min_length=1, max_length=100)]
SOURCE = "registry"
"""What the history says of values that a register gave."""


class Picked(BaseModel):
    """A company that was picked, and what has been typed of the record so far."""

    model_config = ConfigDict(extra="forbid")

    registry: Name
    id: Annotated[str, Field(min_length=1, max_length=200)]
    values: Annotated[dict[Name, Any], Field(max_length=500)] = {}


class Completed(BaseModel):
    """A company that was picked, and which fields it may overwrite."""

    model_config = ConfigDict(extra="forbid")

    registry: Name
    id: Annotated[str, Field(min_length=1, max_length=200)]
    overwrite: Annotated[list[Name], Field(max_length=100)] = []


@ROUTES.get("/enrichment", openapi_extra=CONFIGURE)
async def usage(call: Asked) -> Response:
    """Say how often each register was asked in each month, and what that cost."""
    held = await call.policy()
    if not held.configures:
        raise NotAllowed
    async with call.reading() as tx:
        return answer({"items": await registry.usage(tx)})


@ROUTES.get("/enrichment/{object}")
async def search(
    object: str,  # noqa: A002 - the word of the API
    call: Asked,
    q: Annotated[str, Query(max_length=100)],
) -> Response:
    """
    Search the registers of an object for companies, while somebody types.

    A register that is down, or whose calls are used up, is named beside what the others found.
    """
    held = await call.policy()
    words = " ".join(unicodedata.normalize("NFKC", q).split())
    specs = _registries(held, object)
    if len(words) < LEAST:
        raise registry.TooLittleToSearch(at="q")
    items: list[Mapping[str, Any]] = []
    silent: list[Mapping[str, Any]] = []
    for spec in specs:
        try:
            found = await companies(call, spec, registry.searching(spec, words))
        except (RegistrySilent, CallsUsedUp) as fault:
            told = {"code": fault.word(), "detail": fault.says(call.language)}
            silent.append({**_named(spec, call), **told})
            continue
        items += [_item(spec, one, held, call) for one in found]
    return answer({"items": items, "unavailable": silent})


@ROUTES.post("/enrichment/{object}")
async def fill(object: str, given: Picked, call: Asked) -> Response:  # noqa: A002 - as above
    """
    Fill what is blank in a draft with what a register knows of a company; nothing is saved.

    `record` is the draft in standard form, `kept` what the register says of fields that were
    typed already.
    """
    held = await call.policy()
    spec = _registry(held, object, given.registry)
    offered = registry.values(spec, await _picked(call, spec, given.id))
    added = registry.filling(offered, given.values, writable=held.writable(object, "create"))
    entry = Entry(given={**given.values, **added.taken})
    batch = _batch(held, object, entry, spec)
    async with call.transaction() as tx:
        found = (await take_in(batch, tx, steps=call.system.checking)).entries[0]
    answered = {
        "record": {**unsaved(batch.object, found.values), **found.children},
        "filled": sorted(set(added.taken) & set(found.values)),
        "kept": added.kept,
        "errors": listed(found.problems, call.language),
        "duplicates": duplicates(found.matches),
    }
    return answer(answered)


@ROUTES.post("/enrichment/{object}/{id}")
async def complete(object: str, id: UUID, given: Completed, call: Asked) -> Response:  # noqa: A002
    """Fill what is blank in a record with what a register knows of a company, and save it."""
    held = await call.policy()
    spec = _registry(held, object, given.registry)
    async with call.reading() as tx:
        await _held(tx, held, object, id)
    offered = registry.values(spec, await _picked(call, spec, given.id))
    async with call.transaction() as tx:
        before = await _held(tx, held, object, id)
        writable = held.writable(object, "update") & before.keys()
        added = registry.filling(offered, before, writable=writable, overwrite=given.overwrite)
        entry = Entry(given=added.taken, record=id, version=before["version"])
        batch = _batch(held, object, entry, spec, action="update")
        done = (await take_in(batch, tx, steps=call.system.intake)).entries[0]
        if done.fate is Fate.REFUSED:
            raise refused(done)
        after = await _held(tx, held, object, id)
    return answer({"record": after, "filled": sorted(added.taken), "kept": added.kept})


async def _held(tx: Tx, held: Policy, object_: str, id_: UUID) -> Mapping[str, Any]:
    found = await read.one(tx, held, object_, id_)
    if found is None:
        raise NotFound
    record: Mapping[str, Any] = orjson.loads(found.json)
    return record


async def _picked(call: Call, spec: RegistrySpec, id_: str) -> Company:
    """Give a company by the register's own id: asked for, or as the last search told it."""
    question = registry.picking(spec, id_)
    if question is None:
        question = registry.searching(spec, id_)
    found = await companies(call, spec, question)
    if not found:
        raise NotInRegistry(name=spec.label.words(), id=id_)
    return found[0]


def _registries(held: Policy, object_: str) -> Sequence[RegistrySpec]:
    """Give the registers of an object, for whoever may make or change such records."""
    read.readable(held, object_)
    if not (held.may(object_, "create") or held.may(object_, "update")):
        raise NotAllowed
    known = held.snapshot.registries.values()
    return [one for one in known if one.object == object_ and one.active]


def _registry(held: Policy, object_: str, key: str) -> RegistrySpec:
    for one in _registries(held, object_):
        if one.key == key:
            return one
    raise NoSuchRegistry(at="registry", name=key)


def _batch(
    held: Policy, object_: str, entry: Entry, spec: RegistrySpec, *, action: str = "create"
) -> Batch:
    return Batch(
        policy=held,
        object=held.snapshot.objects[object_],
        action="update" if action == "update" else "create",
        entries=(entry,),
        on_duplicate="create",
        source=SOURCE,
        cause=spec.key,
    )


def _named(spec: RegistrySpec, call: Call) -> Mapping[str, str]:
    return {"registry": spec.key, "label": spec.label.words().said(call.language)}


def _item(spec: RegistrySpec, company: Company, held: Policy, call: Call) -> Mapping[str, Any]:
    """Give one company as a suggestion, without the fields that are not the viewer's to fill."""
    mine = held.writable(spec.object, "create") | held.writable(spec.object, "update")
    known = registry.values(spec, company)
    values = {field: value for field, value in known.items() if field in mine}
    return {**_named(spec, call), "id": registry.id_of(spec, company), "values": values}
