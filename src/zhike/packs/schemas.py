"""What may be written in each kind of document, as JSON Schema; field kinds are variants."""

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from zhike.meta import KINDS, MODELS, FieldSpec, Json

Schema = dict[str, Json]

INTERNAL = frozenset({"id"})
"""Field kinds that only the platform gives."""


@cache
def schemas() -> Mapping[str, Schema]:
    """Give the schema of every document kind."""
    return {kind: _document(kind) for kind in MODELS}


def _document(kind: str) -> Schema:
    schema: Schema = MODELS[kind].model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["required"] = ["kind", *(one for one in schema.get("required", ()) if one != "kind")]
    if "FieldSpec" in schema.get("$defs", {}):
        variants, definitions = _fields()
        schema["$defs"] = {**schema["$defs"], **definitions, "FieldSpec": {"oneOf": variants}}
    return schema


def _fields() -> tuple[list[Schema], Schema]:
    """One variant per field kind: what every field has, and what this kind is told beyond it."""
    offered = {name: kind for name, kind in KINDS.items() if name not in INTERNAL}
    settings = dict.fromkeys(kind.settings for kind in offered.values())
    models: list[type[BaseModel]] = [FieldSpec, *settings]
    refs, top = models_json_schema([(one, "validation") for one in models], by_alias=True)
    definitions: Schema = top.get("$defs", {})
    written = {
        model: definitions[str(refs[model, "validation"]["$ref"]).rpartition("/")[2]]
        for model in models
    }
    common = written[FieldSpec]
    variants = [
        {
            "title": name,
            "description": f"{kind.label.zh} / {kind.label.en}",
            "type": "object",
            "properties": {
                **common["properties"],
                **written[kind.settings].get("properties", {}),
                "kind": {"const": name},
            },
            "required": [*common["required"], *written[kind.settings].get("required", ())],
            "additionalProperties": False,
        }
        for name, kind in offered.items()
    ]
    return variants, definitions
