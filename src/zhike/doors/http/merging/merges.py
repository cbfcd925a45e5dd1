"""
Records made one, looked at before and after, and parted again.

The body of a preview is that of the merge, and the answer is, too: it is done and forgotten.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.merging import batches
from zhike.doors.http.routing import Asked, router
from zhike.hub import merge
from zhike.hub.merge import Merging, UnknownMerge, Wanted
from zhike.kernel.faults import Invalid, NotFound
from zhike.kernel.tx import Tx
from zhike.meta import Object
from zhike.store import read
from zhike.store.merged import survivors

ROUTES: APIRouter = router("merges")

AT_ONCE = 100
Key = Annotated[str, Field(min_length=1, max_length=100)]


class Words(BaseModel):
    """Which records become part of the one that the path names, and what is chosen by hand."""

    model_config = ConfigDict(extra="forbid")

    duplicates: Annotated[list[UUID], Field(min_length=1, max_length=AT_ONCE)]
    choose: Annotated[dict[Key, UUID], Field(max_length=500)] = {}
    """By field: the record whose value it gets."""


class _Looked(Exception):
    """Ends a look at what a merge would do; nothing of it stays."""


@ROUTES.post("/records/{object}/{id}/merge")
async def merge_records(object: str, id: UUID, given: Words, call: Asked) -> Response:  # noqa: A002
    """Make other records part of one: what is empty is filled, what led to them leads to it."""
    held = await call.policy()
    async with call.transaction() as tx:
        told = await _merged(call, tx, held, place=(object, id), given=given)
    call.system.viewers.forget(call.workspace)
    at = f"/api/v1/merges/{told['merge_id']}".encode()
    return answer(told, 200, [(b"location", at)])


@ROUTES.post("/records/{object}/{id}/merge/preview")
async def preview(object: str, id: UUID, given: Words, call: Asked) -> Response:  # noqa: A002
    """Say what a merge would do: every value with where it is from, and what would be moved."""
    held = await call.policy()
    found: list[Mapping[str, Any]] = []
    async with call.transaction() as tx:
        try:
            async with tx.savepoint():
                found.append(await _merged(call, tx, held, place=(object, id), given=given))
                raise _Looked  # noqa: TRY301 - nothing else undoes it
        except _Looked:
            pass
    return answer({**found[0], "merge_id": None})


@ROUTES.get("/records/{object}/{id}/merges")
async def list_merges(  # noqa: PLR0917 - one for each query parameter
    object: str,  # noqa: A002
    id: UUID,  # noqa: A002
    call: Asked,
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """List what a record was merged with, newest first, also what its parts were merged with."""
    held = await call.policy()
    read.readable(held, object)
    after = paging.read_as(cursor, (int,))
    async with call.reading() as tx:
        record = (await survivors(tx, object, [id])).get(id, id)
        if record not in await read.titles(tx, held, object, [record]):
            raise NotFound
        wanted = Wanted(record=record, limit=limit + 1, **({"before": after[0]} if after else {}))
        found = await merge.listed(tx, held, object, wanted)
    return answer(paging.page_by("seq", found, limit))


@ROUTES.get("/merges/{id}")
async def get_merge(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Say what a merge, or many at once, did: values taken and kept, links moved."""
    held = await call.policy()
    async with call.reading() as tx:
        if await merge.is_batch(tx, id):
            return answer(await batches.described(tx, await batches.open_to(tx, held, id)))
        obj = await _object(tx, held, id)
        found = await merge.listed(tx, held, obj.key, Wanted(id=id))
    if not found:
        raise UnknownMerge
    return answer(found[0])


class Parting(BaseModel):
    """How far a merge is taken back."""

    model_config = ConfigDict(extra="forbid")

    later: bool = False
    """Whether the merges that its survivor went through since are taken back before it."""


@ROUTES.post("/merges/{id}/undo")
async def undo(
    id: UUID,  # noqa: A002
    call: Asked,
    given: Annotated[Parting | None, Body()] = None,
) -> Response:
    """Part the records of a merge: all is as before, but for what was changed since."""
    held = await call.policy()
    async with call.transaction() as tx:
        if await merge.is_batch(tx, id):
            batch = await batches.open_to(tx, held, id)
            return answer(await batches.undone(call, tx, batch), 202)
        obj = await _object(tx, held, id)
        merging = _merging(call, tx, held, obj)
        if given is not None and given.later:
            *later, undone = await merge.part_with_later(merging, id)
        else:
            later, undone = [], await merge.part(merging, id)
        against = [each for one in (*later, undone) for each in one.conflicts]
        told = await merge.conflicts(tx, held, against, call.language)
    call.system.viewers.forget(call.workspace)
    return answer(
        {
            "id": id,
            "state": "undone",
            "object": obj.key,
            "survivor": undone.merge.survivor,
            "restored": undone.merge.parts,
            "later": [one.merge.id for one in later],
            "conflicts": told,
        }
    )


async def _object(tx: Tx, held: Policy, id_: UUID) -> Object:
    """Give the object of a merge to those who may read records of it."""
    key = await merge.place(tx, id_)
    if key not in held.snapshot.objects or not held.may(key, "read"):
        raise UnknownMerge
    return held.snapshot.objects[key]


def _merging(call: Call, tx: Tx, held: Policy, obj: Object) -> Merging:
    return Merging(tx=tx, held=held, object=obj, take_in=call.system.hands.take_in)


async def _merged(
    call: Call, tx: Tx, held: Policy, *, place: tuple[str, UUID], given: Words
) -> Mapping[str, Any]:
    """Merge, and give what is told of it: the survivor as it is then, and how it came to that."""
    key, survivor = place
    read.readable(held, key)
    obj = held.snapshot.objects[key]
    if wrong := merge.choosable(held, obj, {survivor, *given.duplicates}, given.choose):
        raise Invalid(wrong)
    made = await merge.merge_one(
        _merging(call, tx, held, obj), survivor, given.duplicates, given.choose
    )
    found = await read.one(tx, held, key, made.survivor, floats=call.numbers == "float")
    (told,) = await merge.listed(tx, held, key, Wanted(id=made.id))
    record = orjson.loads(found.json) if found else {"id": made.survivor}
    return {
        "id": made.survivor,
        "merge_id": made.id,
        "record": record,
        "values": told["values"],
        "changes": told["changes"],
        "parts": told["parts"],
        "moved": told["moved"],
        "left": told["left"],
        "conflicts": _differing(record, told["parts"]),
    }


OWN = frozenset(
    {"id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at"}
)


def _differing(
    record: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Name the values that the others hold and the survivor does not."""
    return [
        {"field": key, "record": part["id"], "value": value}
        for part in parts
        for key, value in (part["record"] or {}).items()
        if key not in OWN and value not in (None, "", []) and value != record.get(key)
    ]
