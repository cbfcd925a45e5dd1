"""
Expressions as they are being written: their problems, each with its place, their type, and what
they give on a sample record.

Whoever may change the configuration writes about every field; everybody else about what they see.
The sample is read through `store/read` like any record.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, get_args
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, field_validator
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.routing import Asked, router
from zhike.kernel.faults import Fault, NotAllowed, Problem
from zhike.kernel.words import Language
from zhike.lang import FULL_SIGHT, GROUPS, Checked, checked, storable, to_json, written
from zhike.meta import Snapshot, Type
from zhike.packs import Wish, located, plan
from zhike.store import read

ROUTES = router("expressions")
TYPES = frozenset(get_args(Type))
LONGEST = 20_000


class Asking(BaseModel):
    """An expression on an object, and on which record it is to be tried."""

    model_config = ConfigDict(extra="forbid")

    object: Annotated[str, Field(max_length=63)]
    text: Annotated[str, Field(max_length=LONGEST)]
    wants: str | None = None
    """The type its value must have."""
    event: bool = False
    """Whether it may speak of a change, as rules do."""
    record: UUID | None = None
    """The record it is tried on; the first there is, if none is named."""
    documents: Annotated[list[dict[str, Any]], Field(max_length=50)] = []
    """Documents that are being written, as if they were there."""

    @field_validator("wants")
    @classmethod
    def _known(cls, said: str | None) -> str | None:
        if said is not None and said not in TYPES:
            raise ValueError(f"not one of {', '.join(sorted(TYPES))}")
        return said


@ROUTES.get("/expressions/functions")
async def list_functions(call: Asked) -> Response:
    """List what an expression can call: how it is written, what it does, examples."""
    _ = call.viewer
    items = [
        {
            "name": one.name,
            "group": group,
            "usage": one.usage,
            "doc": one.doc.said(call.language),
            "event": one.event,
            "examples": [{"text": each.text, "gives": each.gives} for each in one.examples],
        }
        for group, entries in GROUPS.items()
        for one in entries
    ]
    return answer(paging.whole(items))


@ROUTES.post("/expressions/check")
async def check_expression(given: Asking, call: Asked) -> Response:
    """
    Say what is wrong with an expression, or its type, its canonical form and what it gives.

    `problems` have `start` and `end`, counted in characters. `sample` is null where there is no
    record to try it on, or none that the one who asks may see.
    """
    held = await call.policy()
    if given.documents and not held.configures:
        raise NotAllowed
    if not held.configures:
        read.readable(held, given.object)
    snapshot = await _drafted(given, call) or held.snapshot
    wants: Any = given.wants
    sight = FULL_SIGHT if held.configures else held.rights
    try:
        known = checked(
            given.text, snapshot, given.object, wants=wants, event=given.event, sight=sight
        )
    except Fault as fault:
        return answer({"problems": _listed(fault.problems, call.language)})
    return answer({**_told(known), "problems": [], "sample": await _sample(given, held, call)})


async def _drafted(given: Asking, call: Call) -> Snapshot | None:
    """Give the configuration as it would be, or None if what is being written is not sound yet."""
    if not given.documents:
        return None
    async with call.reading() as tx:
        made = await plan(tx, Wish(documents=located(given.documents)))
    return made.settled.snapshot if made.settled else None


def _told(known: Checked) -> Mapping[str, Any]:
    return {
        "type": known.type,
        "text": written(known.node),
        "tree": to_json(known.node),
        "storable": not storable(known),
        "same_record": known.same_row,
        "reads": sorted(f"{obj}.{field}" for obj, field in known.parts),
    }


def _listed(found: Iterable[Problem], language: Language) -> list[Mapping[str, Any]]:
    return [
        {
            "start": one.facts.get("start"),
            "end": one.facts.get("end"),
            "code": one.word,
            "message": one.says(language),
            "hint": one.hint(language),
        }
        for one in found
    ]


async def _sample(given: Asking, held: Policy, call: Call) -> Mapping[str, Any] | None:
    """Try it on a record. What the asker may not read, or is not there yet, gives no sample."""
    known = held.seen.objects.get(given.object)
    if known is None or given.event:
        return None
    title = [known.title] if known.title in known.fields else []
    query = read.Query(
        select=("id", *(f'{one} AS "title"' for one in title), f'({given.text}) AS "value"'),
        where=f'id = "{given.record}"' if given.record else "",
        limit=1,
    )
    try:
        async with call.reading() as tx:
            items = orjson.loads(await read.page(tx, held, given.object, query))["items"]
    except Fault:
        return None
    return {"title": None, **items[0]} if items else None
