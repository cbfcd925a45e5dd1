"""Views as they are kept: whose they are, with whom they are shared, what they say."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import orjson

from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.store.views.faults import TooManyViews, UnknownView

QUERIES = load(Path(__file__).with_name("queries.sql"))
VIEW = "view"
"""What a share says it is of, if it is of a view."""
MOST = 500
"""Views one person may keep."""

Level = Literal["own", "read", "write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a view says: the members of a query, with names as they are stored."""

    select: tuple[str, ...] = ()
    where: str = ""
    order: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    """The columns that stay in sight when the table is moved sideways."""
    group: str = ""
    """What records are grouped by: `created_at by month`."""
    group_order: str = ""
    measures: tuple[str, ...] | None = None
    """What is summed of each group; None for what is usual."""

    def json(self) -> str:
        """Give the view as it is kept."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(said, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One view, as one person has it."""

    id: UUID
    owner: UUID
    owner_name: str
    object: str
    label: str
    saved: Saved
    created_at: datetime
    updated_at: datetime
    version: int
    level: Level
    """Whether it is their own, shared to be used, or shared to be changed."""


async def seen(tx: Tx, *, obj: str | None = None) -> Sequence[View]:
    """Give the views the viewer owns or is shown."""
    return await _views(tx, obj=obj)


async def found(tx: Tx, id: UUID) -> View:  # noqa: A002 - what it is
    """Give one view that the viewer owns or is shown."""
    rows = await _views(tx, id_=id)
    if not rows:
        raise UnknownView
    return rows[0]


async def add(tx: Tx, *, obj: str, label: str, saved: Saved) -> View:
    """Keep a view of the viewer's own."""
    made: UUID | None = await tx.value(
        QUERIES["add_view"](
            owner=tx.viewer.id, object=obj, label=label, body=saved.json(), most=MOST
        )
    )
    if made is None:
        raise TooManyViews(most=MOST)
    return await found(tx, made)


async def change(tx: Tx, view: View, *, label: str, saved: Saved) -> View:
    """Write a view anew; who may, was judged before."""
    await tx.run(QUERIES["set_view"](id=view.id, label=label, body=saved.json()))
    return replace(await found(tx, view.id), level=view.level)


async def drop(tx: Tx, view: View) -> None:
    """Forget a view and its shares."""
    await tx.run(QUERIES["drop_view"](id=view.id))


async def _views(tx: Tx, *, id_: UUID | None = None, obj: str | None = None) -> Sequence[View]:
    facts = tx.viewer.facts
    asked = QUERIES["views"](me=tx.viewer.id, grantees=facts["grantees"], id=id_, object=obj)
    return [_view(row) for row in await tx.rows(asked)]


def _view(row: Sequence[Any]) -> View:
    names = View.__slots__
    known = dict(zip(names, row, strict=True))
    body = orjson.loads(known["saved"])
    measures = body.get("measures")
    saved = Saved(
        select=tuple(body["select"]),
        where=body["where"],
        order=tuple(body["order"]),
        pinned=tuple(body.get("pinned", ())),
        group=body.get("group", ""),
        group_order=body.get("group_order", ""),
        measures=None if measures is None else tuple(measures),
    )
    return View(**{**known, "saved": saved})
