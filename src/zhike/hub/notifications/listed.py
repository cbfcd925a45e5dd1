"""
Somebody's notifications as they are shown: what a record is called is read now, under the rights of
now, so that a notification never tells more than the record itself would.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.notifications.place import QUERIES
from zhike.hub.notifications.words import ALONG, MANY, TITLED, UNSEEN, UNTITLED, said
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language, Words
from zhike.meta import Json
from zhike.store import read

VIEW = "view"
OBJECTS = "view.object"
"""Where it stands of which object a view is."""
SAVED = Words(zh="视图", en="view")
RECORD = Words(zh="记录", en="record")
OF_RECORDS = frozenset({"given", "team", "shared", "mentioned", "request", "answer", "due"})
"""The kinds that speak of records, or of saved views."""

Titles = Mapping[str, Mapping[UUID, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One line of somebody's notifications, as it is kept."""

    id: UUID
    kind: str
    at: datetime
    read: bool
    actor: UUID | None
    name: str | None
    object: str
    records: Sequence[UUID]
    facts: Mapping[str, Json]


async def listed(
    tx: Tx, user: UUID, *, after: UUID | None, limit: int, unread: bool
) -> Sequence[Notification]:
    """Give a page of somebody's notifications, the newest first."""
    rows = await tx.rows(QUERIES["page"](user=user, after=after, limit=limit, unread=unread))
    return [
        Notification(
            **dict(zip(Notification.__slots__, row[:-1], strict=False)),
            facts=orjson.loads(row[-1]),
        )
        for row in rows
    ]


async def unread(tx: Tx, user: UUID) -> int:
    """Count what somebody has not read."""
    count: int = await tx.value(QUERIES["unread"](user=user))
    return count


async def titles(tx: Tx, held: Policy, some: Sequence[Notification]) -> Titles:
    """Give what those records are called that the reader may see, a question for each object."""
    asked: dict[str, set[UUID]] = {}
    for one in some:
        if one.kind in OF_RECORDS:
            asked.setdefault(one.object, set()).update(one.records)
    known = {key: await read.titles(tx, held, key, ids) for key, ids in asked.items()}
    if VIEW in asked:
        grantees = held.viewer.facts["grantees"]
        shown = QUERIES["views_shown"](
            ids=list(asked[VIEW]), user=held.viewer.id, grantees=grantees
        )
        views = await tx.rows(shown)
        known[VIEW] = {id_: label for id_, label, _ in views}
        known[OBJECTS] = {id_: key for id_, _, key in views}
    return known


def described(
    one: Notification, held: Policy, known: Titles, language: Language
) -> Mapping[str, Json]:
    """Give a notification as the API shows it; a record that is not seen has no id."""
    seen = known.get(one.object, {}) if one.kind in OF_RECORDS else {}
    of = known.get(OBJECTS, {}) if one.object == VIEW else {}
    shown = [
        {"id": str(id_), "title": seen[id_], "object": of.get(id_, one.object)}
        for id_ in one.records
        if id_ in seen
    ]
    own = [{"id": str(id_), "title": None, "object": one.object} for id_ in one.records]
    facts = {"label": _label(held, one.object, language), **one.facts}
    return {
        "id": str(one.id),
        "kind": one.kind,
        "at": one.at.isoformat(),
        "read": one.read,
        "says": said(
            one.kind, facts, language, who=one.name, what=_what(one, held, seen, language)
        ),
        "actor": {"id": str(one.actor), "name": one.name} if one.actor else None,
        "object": one.object,
        "count": _count(one),
        "records": shown if one.kind in OF_RECORDS else own,
        "job": one.facts.get("job"),
        "state": one.facts.get("state"),
    }


def _what(
    one: Notification, held: Policy, seen: Mapping[UUID, str | None], language: Language
) -> str:
    count, label = _count(one), _label(held, one.object, language)
    along = "".join(
        ALONG.said(language, {"count": number, "label": _label(held, key, language)})
        for key, number in _counts(one).items()
        if key != one.object and held.may(key, "read")
    )
    if count > 1:
        return MANY.said(language, {"count": count, "label": label}) + along
    titled = [seen[id_] for id_ in one.records if id_ in seen]
    if not titled:
        return UNSEEN.said(language) + along
    if not titled[0]:
        return UNTITLED.said(language, {"label": label}) + along
    return TITLED.said(language, {"label": label, "title": titled[0]}) + along


def _count(one: Notification) -> int:
    return _counts(one).get(one.object, 1)


def _counts(one: Notification) -> Mapping[str, int]:
    counts = one.facts.get("counts")
    return {key: int(number) for key, number in counts.items()} if isinstance(counts, dict) else {}


def _label(held: Policy, key: str, language: Language) -> str:
    if key == VIEW:
        return SAVED.said(language)
    obj = held.snapshot.objects.get(key)
    if obj is None or not held.may(key, "read"):
        return RECORD.said(language)
    return obj.label.said(language)
