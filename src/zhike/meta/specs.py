"""
Written words → typed models, with every complaint put into our own sentences and at its address.

It looks at one document at a time; what documents say about each other is for `check`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta.documents import MODELS, Document, FieldSpec, ObjectSpec
from zhike.meta.faults import (
    BadKey,
    BadSetting,
    MissingWord,
    NotOneOf,
    UnknownDocumentKind,
    UnknownFieldKind,
    UnknownWord,
    WrongShape,
    nearest,
)
from zhike.meta.kinds import KINDS
from zhike.meta.located import Located, Path

SHOWN = 60
"""Characters of a wrong value that are repeated."""

SHAPES: Mapping[str, Words] = {
    "string_type": Words(zh="文本", en="a text"),
    "bool_type": Words(zh="true 或 false", en="true or false"),
    "bool_parsing": Words(zh="true 或 false", en="true or false"),
    "int_type": Words(zh="整数", en="a whole number"),
    "int_parsing": Words(zh="整数", en="a whole number"),
    "int_from_float": Words(zh="整数", en="a whole number"),
    "float_type": Words(zh="数字", en="a number"),
    "decimal_type": Words(zh="数字", en="a number"),
    "decimal_parsing": Words(zh="数字", en="a number"),
    "tuple_type": Words(zh="列表", en="a list"),
    "list_type": Words(zh="列表", en="a list"),
    "dict_type": Words(zh="键值对", en="a mapping"),
    "mapping_type": Words(zh="键值对", en="a mapping"),
    "model_type": Words(zh="键值对", en="a mapping"),
    "scopes": Words(zh="一个数据范围或其列表", en="a scope or a list of scopes"),
    "model_attributes_type": Words(zh="键值对", en="a mapping"),
}


def spec(document: Located) -> tuple[Document | None, list[Problem]]:
    """Give the typed document, or everything that is wrong with its words."""
    model = MODELS.get(document.kind)
    if model is None:
        return None, [_no_kind(document)]
    try:
        read = model.model_validate(dict(document.body))
    except ValidationError as error:
        return None, list(_complaints(error, document=document, model=model, below=()))
    return read, list(_field_complaints(document, read)) if isinstance(read, ObjectSpec) else []


def _no_kind(document: Located) -> Problem:
    if not document.kind:
        return problem(MissingWord, at=document.at(), name="kind")
    return problem(
        UnknownDocumentKind,
        at=document.at("kind"),
        name=document.kind,
        near=nearest(document.kind, MODELS),
    )


def _field_complaints(document: Located, read: ObjectSpec) -> Iterator[Problem]:
    for number, field in enumerate(read.fields):
        below = ("fields", number)
        if field.kind not in KINDS:
            yield problem(
                UnknownFieldKind,
                at=document.at(*below, "kind"),
                name=field.kind,
                near=nearest(field.kind, KINDS),
            )
            continue
        model = KINDS[field.kind].settings
        try:
            model.model_validate(field.model_extra or {})
        except ValidationError as error:
            yield from _complaints(error, document=document, model=model, below=below)


def _complaints(
    error: ValidationError, *, document: Located, model: type[BaseModel], below: Path
) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        path = (*below, *_as_written(document, (*below, *detail["loc"]))[len(below) :])
        yield _complaint(detail, at=document.at(*path), names=_names(model, detail, below))


def _as_written(document: Located, path: Path) -> Path:
    """Leave out what pydantic adds to a path (the tag of a union, a function's name)."""
    out: list[str | int] = []
    here: Any = document.body
    for step in path:
        if isinstance(here, Mapping) and (step in here or step == path[-1]):
            out.append(step)
            here = here.get(step)
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
            out.append(step)
            here = here[step]
    return tuple(out)


def _names(model: type[BaseModel], detail: ErrorDetails, below: Path) -> Sequence[str]:
    """Give the words that would have been right where a wrong one stands."""
    here: list[type[BaseModel]] = [model]
    if below and len(detail["loc"]) == 1:
        here.append(FieldSpec)
    for step in detail["loc"][:-1]:
        fields = [one.model_fields[step] for one in here if step in one.model_fields]
        if fields:
            here = [inner for one in fields for inner in _inner(one.annotation)]
    return [info.alias or name for one in here for name, info in one.model_fields.items()]


def _inner(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for one in getattr(annotation, "__args__", ()) for model in _inner(one)]


def _complaint(detail: ErrorDetails, *, at: str, names: Sequence[str]) -> Problem:
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    match detail["type"]:
        case "extra_forbidden":
            return problem(UnknownWord, at=at, name=name, near=nearest(name, names))
        case "missing":
            return problem(MissingWord, at=at, name=name)
        case "literal_error":
            return _not_one_of(detail, at=at)
        case "string_pattern_mismatch":
            return problem(BadKey, at=at, name=_short(detail["input"]))
        case kind if kind in SHAPES:
            return problem(WrongShape, at=at, name=name, shape=SHAPES[kind])
        case _:
            return problem(BadSetting, at=at, name=name, reason=_reason(detail))


def _not_one_of(detail: ErrorDetails, *, at: str) -> Problem:
    choices = str(detail.get("ctx", {}).get("expected", ""))
    names = [one.strip("' ") for one in choices.replace(" or ", ", ").split(",")]
    value = _short(detail["input"])
    near = nearest(value, names)
    return problem(NotOneOf, at=at, value=value, choices=", ".join(names), near=near)


def _reason(detail: ErrorDetails) -> str:
    return detail["msg"].removeprefix("Value error, ")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
