"""
The objects of this workspace as the one who asks may know them: what the pages are made of.

Told are words and shapes (labels, kinds, options, relations), never what a formula is made of: that
may name fields the asker does not see.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import orjson
from starlette.responses import Response

from zhike.access import ACTIONS, Policy
from zhike.doors.http.answers import Bytes
from zhike.doors.http.config import faces
from zhike.doors.http.routing import Asked, router
from zhike.kernel.words import Language
from zhike.meta import Field, Object, Relation

ROUTES = router("objects")

TOLD = ("decimals", "min", "max", "currency", "max_length", "accept", "field", "mentions")
"""The settings of a field that a page needs; its options and its object are told apart."""


@ROUTES.get("/objects")
async def list_objects(call: Asked) -> Response:
    """
    List the objects one may read or make: labels, fields with kind, level and settings, relations.

    A field's `level` is `write`, `read` or `masked`; `create` and `update` say when it may be
    given. Hidden fields are absent, from the forms and pages of the object too.
    """
    held = await call.policy()
    language = call.language

    def made() -> bytes:
        items = [_object(held, one, language) for one in _seen(held)]
        return orjson.dumps({"items": items, "next": None})

    return Bytes(held.rights.kept(("objects", language), made))


def _seen(held: Policy) -> Iterator[Object]:
    for key in held.described():
        yield held.seen.objects[key]


def _object(held: Policy, one: Object, language: Language) -> Mapping[str, Any]:
    levels = held.described()[one.key]["fields"]
    allowed = {act: held.writable(one.key, act) for act in ("create", "update")}
    return {
        "key": one.key,
        "label": one.label.said(language),
        "plural": one.plural.said(language),
        "icon": one.icon,
        "title": one.title,
        "order": one.order,
        "may": {act: held.may(one.key, act) for act in ACTIONS},
        "fields": [
            _field(one_, language)
            | {"level": levels[one_.key]}
            | {act: one_.key in fields for act, fields in allowed.items()}
            for one_ in one.fields.values()
            if one_.key in levels
        ],
        "relations": [
            _relation(each, language)
            for each in one.relations.values()
            if held.may(each.object, "read")
        ],
        "forms": faces.forms(held, one.key, language),
        "pages": faces.pages(held, one.key, language),
    }


def cut(
    held: Policy, one: Object, fields: Collection[str], language: Language
) -> Mapping[str, Any]:
    """Tell of an object what somebody needs who fills in some fields of new records."""
    return {
        "key": one.key,
        "label": one.label.said(language),
        "plural": one.plural.said(language),
        "icon": one.icon,
        "title": one.title,
        "order": (),
        "may": {act: act == "create" for act in ACTIONS},
        "fields": [
            _field(each, language) | {"level": "write", "create": True, "update": False}
            for each in one.fields.values()
            if each.key in fields and each.key in held.writable(one.key, "create")
        ],
        "relations": [],
    }


def _field(field: Field, language: Language) -> dict[str, Any]:
    settings = field.settings
    told = {
        name: getattr(settings, name)
        for name in TOLD
        if getattr(settings, name, None) not in (None, "", ())
    }
    options = getattr(settings, "options", ())
    return {
        "key": field.key,
        "kind": field.kind.name,
        "type": field.type,
        "label": field.label.said(language),
        "help": field.help.said(language),
        "required": field.required,
        "unique": field.unique,
        "system": field.system,
        "ordered": field.kind.ordered,
        "searched": field.searched,
        "indexed": field.indexed,
        "operators": sorted(field.kind.operators),
        "object": field.target,
        "settings": {name: _plain(value) for name, value in told.items()},
        "options": [
            {
                "key": one.key,
                "label": one.label.words().said(language),
                "color": one.color,
                "stopped": one.stopped,
                **({"when": dict(one.when)} if one.when else {}),
            }
            for one in options
        ],
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str | list | tuple) else str(value)


def _relation(one: Relation, language: Language) -> Mapping[str, Any]:
    return {
        "key": one.key,
        "object": one.object,
        "field": one.field,
        "label": one.label.said(language),
    }
