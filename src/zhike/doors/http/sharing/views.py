"""Saved views over HTTP: one's own, those that others share, those of the configuration."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http import paging
from zhike.doors.http.answers import answer, created, nothing
from zhike.doors.http.config import faces
from zhike.doors.http.routing import Asked, router
from zhike.doors.http.sharing.records import wanted
from zhike.doors.http.sharing.words import Key, Shared, Words
from zhike.kernel.faults import Fault, NotAllowed
from zhike.kernel.words import Language
from zhike.meta import ViewSpec
from zhike.store import read, shares, views
from zhike.store.read import Grouping, read_grouping
from zhike.store.shares.faults import ViewNotYours
from zhike.store.views import Saved, View

ROUTES: APIRouter = router("views")

Label = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
Item = Annotated[str, Field(min_length=1, max_length=2000)]
Items = Annotated[tuple[Item, ...], Field(max_length=200)]
Where = Annotated[str, Field(max_length=20_000)] | dict[str, Any]


class Change(Words):
    """What may be said of a view; what is left out stays as it is."""

    label: Label = "-"
    select: Items = ()
    where: Where = ""
    order: Items = ()
    pinned: Items = ()
    group: Annotated[str, Field(max_length=200)] = ""
    group_order: Annotated[str, Field(max_length=200)] = ""
    measures: Annotated[tuple[Item, ...], Field(max_length=20)] | None = None


class New(Change):
    """A new view."""

    object: Key
    label: Label


@ROUTES.get("/views")
async def list_views(
    call: Asked,
    object: Annotated[str | None, Query(max_length=100)] = None,  # noqa: A002 - its name in the API
) -> Response:
    """List one's own views, those shared with oneself, and those of the configuration."""
    held = await call.policy()
    async with call.reading() as tx:
        found = await views.seen(tx, obj=object)
    own = [told(held, one) for one in found if held.may(one.object, "read")]
    configured = [
        _configured(held, one, call.language)
        for one in faces.offered(held, held.snapshot.views.values())
        if object in (None, one.object) and held.may(one.object, "read")
    ]
    return answer(paging.whole([*own, *configured]))


@ROUTES.post("/views", status_code=201)
async def add(given: New, call: Asked) -> Response:
    """Keep a view of one's own."""
    held = await call.policy()
    read.readable(held, given.object)
    _refuse_narrowed(held, given.object)
    saved = _judged(held, given.object, given)
    async with call.transaction() as tx:
        made = await views.add(tx, obj=given.object, label=given.label.strip(), saved=saved)
    return created(told(held, made), at=f"/api/v1/views/{made.id}")


@ROUTES.get("/views/{id}")
async def get(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Give one view."""
    held = await call.policy()
    async with call.reading() as tx:
        found = await views.found(tx, id)
    read.readable(held, found.object)
    return answer(told(held, found))


@ROUTES.patch("/views/{id}")
async def change(id: UUID, given: Change, call: Asked) -> Response:  # noqa: A002
    """Change some of a view, if it is one's own or shared to be changed."""
    held = await call.policy()
    async with call.transaction() as tx:
        found = await views.found(tx, id)
        read.readable(held, found.object)
        _refuse_narrowed(held, found.object)
        if found.level == "read":
            raise ViewNotYours
        said = given.model_dump(exclude_unset=True)
        label = str(said.pop("label", found.label)).strip()
        judged = _judged(held, found.object, given) if said else found.saved
        kept = Saved(
            **{
                name: getattr(judged if name in said else found.saved, name)
                for name in Saved.__slots__
            }
        )
        changed = await views.change(tx, found, label=label, saved=kept)
    return answer(told(held, changed))


@ROUTES.delete("/views/{id}", status_code=204)
async def drop(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Forget a view of one's own; with whom it was shared, they lose it too."""
    held = await call.policy()
    async with call.transaction() as tx:
        found = await views.found(tx, id)
        _refuse_narrowed(held, found.object)
        if found.level != "own":
            raise ViewNotYours
        await views.drop(tx, found)
    return nothing()


@ROUTES.get("/views/{id}/shares")
async def list_shares(id: UUID, call: Asked) -> Response:  # noqa: A002
    """List with whom a view of one's own is shared."""
    held = await call.policy()
    async with call.reading() as tx:
        found = await shares.view_shares(tx, held, id, language=call.language)
    return answer(paging.whole(found))


@ROUTES.post("/views/{id}/shares", status_code=201)
async def share(id: UUID, given: Shared, call: Asked) -> Response:  # noqa: A002
    """Share a view of one's own; it shows nobody a record or a field they do not see without it."""
    held = await call.policy()
    async with call.transaction() as tx:
        _refuse_narrowed(held, (await views.found(tx, id)).object)
        made = await shares.share_view(tx, held, id, wanted(given), language=call.language)
    return answer(made, 201)


@ROUTES.delete("/views/{id}/shares/{share}", status_code=204)
async def unshare(id: UUID, share: UUID, call: Asked) -> Response:  # noqa: A002
    """Stop sharing a view with somebody."""
    held = await call.policy()
    async with call.transaction() as tx:
        _refuse_narrowed(held, (await views.found(tx, id)).object)
        await shares.unshare_view(tx, id, share)
    return nothing()


def _refuse_narrowed(held: Policy, obj: str) -> None:
    """A key that may do less than its owner changes their views only if it may share."""
    if not held.rights.granted.leaves(obj, "share"):
        raise NotAllowed


def told(held: Policy, view: View) -> Mapping[str, Any]:
    """
    Give a view as its reader may know it.

    What its columns and its order name and the reader does not see is left out. The condition is
    told only to those who may change it, and only if they could have written it themselves.
    """
    usable = read.usable(held, view.object, view.saved)
    shown = view.saved if view.level == "own" else read.trimmed(held, view.object, view.saved)
    knows = view.level == "own" or (view.level == "write" and usable)
    return {
        "id": str(view.id),
        "key": None,
        "object": view.object,
        "label": view.label,
        "select": shown.select,
        "where": shown.where if knows else None,
        "order": shown.order,
        "pinned": [one for one in shown.pinned if one in shown.select],
        **_grouping(held, view.object, shown),
        "layout": "table",
        "usable": usable,
        "owner": {"id": str(view.owner), "name": view.owner_name},
        "level": view.level,
        "created_at": view.created_at,
        "updated_at": view.updated_at,
        "version": view.version,
    }


def _configured(held: Policy, view: ViewSpec, language: Language) -> Mapping[str, Any]:
    """Give a view of the configuration; its condition is for those who configure."""
    seen = held.seen.objects[view.object].fields
    measures = None
    if view.measures is not None:
        measures = tuple(one for one in view.measures if one[one.index("(") + 1 : -1] in seen)
    order = view.group_order or ""
    lost = "(" in order and order.removeprefix("-") not in (measures or ())
    saved = Saved(
        select=view.select, where=view.where, order=view.order, group=view.group or "",
        group_order="" if lost else order, measures=measures,
    )  # fmt: skip
    shown = read.trimmed(held, view.object, saved)
    return {
        "id": None,
        "key": view.key,
        "object": view.object,
        "label": view.label.words().said(language),
        "select": shown.select,
        "where": view.where if held.configures else None,
        "order": shown.order,
        "pinned": [one for one in view.pinned if one in shown.select],
        **(
            _grouping(held, view.object, shown)
            if view.layout == "table"
            else {**UNGROUPED, "group": view.group_field if view.group_field in seen else None}
        ),
        "layout": view.layout,
        "usable": read.usable(held, view.object, saved),
        "owner": None,
        "level": "read",
    }


UNGROUPED: Mapping[str, Any] = {"group": None, "group_order": None, "measures": None}


def _grouping(held: Policy, obj: str, saved: Saved) -> Mapping[str, Any]:
    """Give how a view groups, as far as its reader could ask for it."""
    try:
        if saved.group:
            read.grouped(held, obj, _asked(saved))
    except Fault:
        return UNGROUPED
    told = (saved.group or None, saved.group_order or None, saved.measures)
    return dict(zip(("group", "group_order", "measures"), told, strict=True))


def _asked(saved: Saved) -> Grouping:
    measures = list(saved.measures or ())
    return read_grouping({"by": saved.group, "order": saved.group_order, "measures": measures})


def _judged(held: Policy, obj: str, given: Change) -> Saved:
    where = given.where
    tree = where if isinstance(where, dict) else ""
    saved = Saved(
        select=tuple(one.strip() for one in given.select),
        where=where if isinstance(where, str) else "",
        order=tuple(one.strip() for one in given.order),
        pinned=tuple(one.strip() for one in given.pinned),
        group=given.group.strip(),
        group_order=given.group_order.strip(),
        measures=given.measures,
    )
    if saved.group:
        read.grouped(held, obj, _asked(saved))
    return read.judged(held, obj, saved, tree)
