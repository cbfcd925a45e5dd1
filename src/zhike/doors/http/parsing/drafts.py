"""Texts → drafts, each beside what the intake has to say to it. Nothing is written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.problems import listed
from zhike.doors.http.records.told import duplicates
from zhike.doors.http.routing import Asked, router
from zhike.hub.identity.cards import meet
from zhike.hub.intake import take_in
from zhike.hub.parse import Draft, Finding, parse, parts
from zhike.meta import Object
from zhike.store import read
from zhike.store.batch import Batch, Entry

ROUTES = router("records")


class Pasted(BaseModel):
    """A text, and what it is to become a record of."""

    model_config = ConfigDict(extra="forbid")

    text: str
    object: Annotated[str, Field(max_length=63)]


@ROUTES.post("/parse")
async def parse_text(given: Pasted, call: Asked) -> Response:
    """Say which records a text tells of: fields, where each stands in the text, duplicates."""
    rights = await call.policy()
    read.readable(rights, given.object)
    rights.demand(given.object, "create")
    obj = rights.snapshot.objects[given.object]
    today = datetime.now(ZoneInfo(rights.viewer.zone)).date()
    found = parse(given.text, rights, obj, as_of=today)
    batch = Batch(
        policy=rights,
        object=obj,
        action="create",
        entries=tuple(
            Entry(at=f"[{n}]", given={key: held.value for key, held in one.fields.items()})
            for n, one in enumerate(found)
        ),
        on_duplicate="create",
        source=rights.viewer.source,
    )
    async with call.transaction() as tx:
        done = (await take_in(batch, tx, steps=call.system.checking)).entries
        met = [one for entry in done for one in (*entry.matches, *entry.hints)]
        cards = await meet(tx, batch, met)
    items = [
        {
            **told(one, obj, entry, given.text),
            "errors": listed([each.under("") for each in entry.problems], call.language),
            "remarks": listed(entry.remarks, call.language),
            "duplicates": duplicates((*entry.matches, *entry.hints), cards),
        }
        for one, entry in zip(found, done, strict=True)
    ]
    return answer({"object": obj.key, "items": items})


def told(one: Draft, obj: Object, entry: Entry, text: str) -> Mapping[str, Any]:
    """Give a draft as the asker sees it: in standard form, with the places in the text."""
    fields = obj.fields
    return {
        "record": {
            key: fields[key].kind.told(entry.values.get(key, held.value), fields[key].settings)
            for key, held in one.fields.items()
        },
        "parts": {
            key: apart
            for key, held in one.fields.items()
            if (apart := parts(fields[key], entry.values.get(key, held.value))) is not None
        },
        "fields": {key: _place(held.finding, text) for key, held in one.fields.items()},
        "links": {key: _place(finding, text) for key, finding in one.links.items()},
        "left": _left(one.left, text),
    }


def _place(one: Finding, text: str) -> Mapping[str, Any]:
    return {
        "text": text[one.start : one.end],
        "start": one.start,
        "end": one.end,
        "confidence": round(one.confidence, 2),
    }


def _left(some: Sequence[Finding], text: str) -> list[Mapping[str, Any]]:
    return [{"text": text[one.start : one.end], "start": one.start, "end": one.end} for one in some]
