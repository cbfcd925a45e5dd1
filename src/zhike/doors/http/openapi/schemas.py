"""
The records of one object as JSON Schemas: as they are read, as they are made, as they are
changed.
"""

from collections.abc import Mapping
from typing import Any

from zhike.access import Policy
from zhike.kernel.words import Language
from zhike.meta import Field, Object

Schema = Mapping[str, Any]

MASKED: Schema = {"type": ["string", "null"]}


def ref(name: str) -> Schema:
    """Give a reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def record_schemas(rights: Policy, one: Object, language: Language) -> dict[str, Schema]:
    """Give the schemas of one object, as far as the viewer may see and write it."""
    visible = [field for field in one.fields.values() if field.kind.name != "children"]
    return {
        one.key: {
            "type": "object",
            "title": one.label.said(language),
            "properties": {field.key: _read(rights, one, field, language) for field in visible},
        },
        f"{one.key}_new": _written(rights, one, language, action="create"),
        f"{one.key}_change": _written(rights, one, language, action="update"),
        f"{one.key}_page": {
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": {"type": "array", "items": ref(one.key)},
                "next": {"type": ["string", "null"]},
                "count": ref("Count"),
            },
        },
    }


def _read(rights: Policy, one: Object, field: Field, language: Language) -> Schema:
    if rights.level(one.key, field.key) == "masked":
        return {**MASKED, "title": field.label.said(language), "readOnly": True}
    return _described(field, language)


def _written(rights: Policy, one: Object, language: Language, *, action: Any) -> Schema:
    allowed = rights.writable(one.key, action)
    fields = [field for field in one.fields.values() if field.key in allowed]
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.key: _described(field, language) for field in fields},
    }
    needed = [field.key for field in fields if field.required and field.default is None]
    if action == "create" and needed:
        schema["required"] = needed
    return schema


def _described(field: Field, language: Language) -> Schema:
    schema = {**field.kind.json_schema(field.settings), "title": field.label.said(language)}
    if target := field.target:
        schema["x-object"] = target
    if said := field.help.said(language):
        schema["description"] = said
    return schema


COUNT: Schema = {
    "type": "object",
    "properties": {"value": {"type": "integer"}, "exact": {"type": "boolean"}},
}

PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "code", "message"],
                "properties": {
                    "path": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                    "hint": {"type": "string"},
                },
            },
        },
    },
}

QUERY: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "select": {"type": "array", "items": {"type": "string"}},
        "where": {"oneOf": [{"type": "string"}, {"type": "object"}, {"type": "null"}]},
        "order": {"type": "array", "items": {"type": "string"}},
        "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 50},
        "offset": {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0},
        "cursor": {"type": ["string", "null"]},
        "count": {"enum": ["none", "capped", "exact"], "default": "none"},
        "search": {"type": ["string", "null"]},
        "deleted": {"type": "boolean", "default": False},
        "view": {"type": ["string", "null"]},
    },
}

SHARED: Mapping[str, Schema] = {"Problem": PROBLEM, "Count": COUNT, "Query": QUERY}
"""The schemas that every workspace has."""
