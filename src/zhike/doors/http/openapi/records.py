"""The operations on the records of one object, as far as the viewer may do them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhike.access import Action, Policy
from zhike.doors.http.openapi.schemas import Schema, ref
from zhike.kernel.words import Language, Words
from zhike.meta import Object

Operation = dict[str, Any]
Made = tuple[str, str, Operation]
"""Path, method, operation."""

ID: Schema = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}
ON_DUPLICATE: Schema = {"enum": ["error", "skip", "update", "create"]}


SUMMARIES: Mapping[str, Words] = {
    "list": Words(zh="查询{object}", en="List records of {object}"),
    "query": Words(zh="用请求体查询{object}", en="List records of {object} by a body"),
    "groups": Words(zh="按字段把{object}分组", en="Group records of {object} by a field"),
    "get": Words(zh="查看一条{object}，可指定时点", en="Give one {object}, as it is or was"),
    "history": Words(zh="一条{object}的变更历史", en="What happened to one {object}"),
    "timeline": Words(
        zh="一条{object}及其相关记录的时间线", en="One {object} and what belongs to it, by time"
    ),
    "related": Words(zh="属于一条{object}的记录", en="What belongs to one {object}"),
    "create": Words(zh="新建一条或多条{object}", en="Make one {object}, or many"),
    "check": Words(zh="检查并查重，不保存{object}", en="Look at a {object} without saving it"),
    "change": Words(zh="修改一条{object}", en="Change one {object}"),
    "delete": Words(zh="删除一条{object}到回收站", en="Throw one {object} away"),
    "restore": Words(zh="从回收站恢复一条{object}", en="Take one {object} out of the recycle bin"),
    "reveal": Words(
        zh="查看一条{object}的脱敏字段明文", en="Look at masked fields of one {object} in full"
    ),
    "change_many": Words(zh="批量修改{object}", en="Change many records of {object}"),
    "delete_many": Words(zh="批量删除{object}", en="Throw many records of {object} away"),
    "restore_many": Words(
        zh="从回收站恢复多条{object}", en="Take many records of {object} out of the recycle bin"
    ),
    "upsert": Words(zh="按唯一键写入多条{object}", en="Make or change {object} by a unique key"),
}
"""What each operation is for, by the word its id begins with."""


def parameter(name: str, schema: Schema) -> Schema:
    """Describe a query parameter."""
    return {"name": name, "in": "query", "required": False, "schema": schema}


PAGE: Sequence[Schema] = (
    parameter("select", {"type": "string"}),
    parameter("where", {"type": "string"}),
    parameter("order", {"type": "string"}),
    parameter("limit", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 50}),
    parameter("offset", {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0}),
    parameter("cursor", {"type": "string"}),
    parameter("count", {"enum": ["none", "capped", "exact"]}),
    parameter("search", {"type": "string"}),
    parameter("deleted", {"type": "boolean"}),
    parameter("view", {"type": "string"}),
)


def operations(rights: Policy, one: Object, language: Language) -> Iterator[Made]:
    """Give every operation that the viewer may do on an object's records."""
    needs: Mapping[str, Sequence[Action]] = {
        "read": ("read",),
        "create": ("create",),
        "update": ("update",),
        "delete": ("delete",),
        "upsert": ("create", "update"),
    }
    for need, path, method, operation in _all(one):
        if all(rights.may(one.key, action) for action in needs[need]):
            yield f"/records/{one.key}{path}", method, _tagged(operation, one, language)
    if masked := [key for key in one.fields if rights.reveals(one.key, key)]:
        path = f"/records/{one.key}/{{id}}/reveal"
        yield path, "post", _tagged(_revealing(one.key, masked), one, language)


def _tagged(operation: Operation, one: Object, language: Language) -> Operation:
    label = one.label.said(language)
    word = operation["operationId"].removesuffix(f"_{one.key}")
    summary = SUMMARIES[word].said(language, {"object": label})
    return {"tags": [label], "summary": summary, **operation}


def _revealing(key: str, masked: Sequence[str]) -> Operation:
    body = {
        "type": "object",
        "required": ["fields"],
        "properties": {
            "fields": {"type": "array", "minItems": 1, "maxItems": 50, "items": {"enum": masked}},
            "reason": {"type": "string", "minLength": 2, "maxLength": 500},
        },
    }
    return _operation(f"reveal_{key}", {"type": "object"}, parameters=[ID], body=body)


def _all(one: Object) -> Iterator[tuple[str, str, str, Operation]]:
    yield from _reading(one)
    yield from _writing(one)
    yield from _on_many(one)


def _reading(one: Object) -> Iterator[tuple[str, str, str, Operation]]:
    key, page = one.key, ref(f"{one.key}_page")
    yield "read", "", "get", _operation(f"list_{key}", page, parameters=PAGE)
    yield "read", "/query", "post", _operation(f"query_{key}", page, body=ref("Query"))
    grouped = _operation(f"groups_{key}", {"type": "object"}, body=_grouping(one))
    yield "read", "/groups", "post", grouped
    as_of = parameter("as_of", {"type": "string", "format": "date-time"})
    raw = parameter("raw", {"type": "boolean"})
    asked = [ID, as_of, raw]
    yield "read", "/{id}", "get", _operation(f"get_{key}", ref(key), parameters=asked)
    events = {"type": "object"}
    paged = [ID, *(one for one in PAGE if one["name"] in {"limit", "cursor"})]
    past = _operation(f"history_{key}", events, parameters=[*paged, raw])
    yield "read", "/{id}/history", "get", past
    kinds = [*paged, parameter("kinds", {"type": "string"})]
    yield "read", "/{id}/timeline", "get", _operation(f"timeline_{key}", events, parameters=kinds)
    if one.relations:
        relation = {
            "name": "relation",
            "in": "path",
            "required": True,
            "schema": {"enum": sorted(one.relations)},
        }
        given = [ID, relation, *PAGE]
        related = _operation(f"related_{key}", events, parameters=given)
        yield "read", "/{id}/related/{relation}", "get", related


def _grouping(one: Object) -> Schema:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["by"],
        "additionalProperties": False,
        "properties": {
            "by": {**text, "examples": [f"{key} by month" for key in one.fields][-4:-3]},
            "measures": {"type": "array", "items": text, "maxItems": 20},
            "order": text,
            "where": QUERY_WHERE,
            **{each["name"]: each["schema"] for each in PAGE if each["name"] in NARROWING},
        },
    }


def _writing(one: Object) -> Iterator[tuple[str, str, str, Operation]]:
    key = one.key
    new, change = ref(f"{key}_new"), ref(f"{key}_change")
    many = {"oneOf": [new, {"type": "array", "items": new, "maxItems": 10000}]}
    choices = [
        parameter("on_duplicate", ON_DUPLICATE),
        parameter("atomic", {"type": "boolean"}),
    ]
    creating = _operation(f"create_{key}", ref(key), parameters=choices, body=many, status="201")
    yield "create", "", "post", creating
    yield "create", "/check", "post", _operation(f"check_{key}", {"type": "object"}, body=new)
    changing = _operation(f"change_{key}", ref(key), parameters=[ID], body=change)
    yield "update", "/{id}", "patch", changing
    yield "delete", "/{id}", "delete", _operation(f"delete_{key}", None, parameters=[ID])
    restoring = _operation(f"restore_{key}", ref(key), parameters=[ID])
    yield "delete", "/{id}/restore", "post", restoring


def _on_many(one: Object) -> Iterator[tuple[str, str, str, Operation]]:
    key = one.key
    ids = {"type": "array", "items": {"type": "string", "format": "uuid"}}
    chosen: dict[str, Schema] = {
        "where": QUERY_WHERE,
        "search": {"type": "string"},
        "view": {"type": "string"},
        "ids": ids,
        "expected": {"type": "integer", "minimum": 0},
        "undo": {"type": "boolean"},
    }
    lists = {"type": "object", "additionalProperties": {"type": "array"}}
    bulk = {
        "type": "object",
        "properties": {**chosen, "set": ref(f"{key}_change"), "add": lists},
    }
    counts = {"type": "object"}
    yield "update", "", "patch", _sweeping(_operation(f"change_many_{key}", counts, body=bulk))
    away = {"type": "object", "properties": chosen}
    deleting = _operation(f"delete_many_{key}", counts, body=away)
    yield "delete", "/delete", "post", _sweeping(deleting)
    restoring = _operation(f"restore_many_{key}", counts, body=away)
    yield "delete", "/restore", "post", _sweeping(restoring)
    rows = {
        "type": "object",
        "required": ["key", "rows"],
        "properties": {
            "key": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": ref(f"{key}_new"), "maxItems": 10000},
        },
    }
    yield "upsert", "/upsert", "post", _operation(f"upsert_{key}", counts, body=rows)


def _sweeping(made: Operation) -> Operation:
    """Add how it answers where the records are too many for one request."""
    begun = {"type": "object"}
    job = {
        "description": "a sweep: see /sweeps/{id}",
        "content": {"application/json": {"schema": begun}},
    }
    return {**made, "responses": {**made["responses"], "202": job}}


NARROWING = frozenset({"search", "view", "deleted", "limit", "cursor"})
"""The members that groups share with pages."""

QUERY_WHERE: Schema = {"oneOf": [{"type": "string"}, {"type": "object"}]}


def _operation(
    name: str,
    answer: Schema | None,
    *,
    parameters: Sequence[Schema] = (),
    body: Schema | None = None,
    status: str = "200",
) -> Operation:
    told = {"description": "problem", "content": {"application/problem+json": PROBLEM}}
    good: Operation = {"description": "ok"}
    if answer is not None:
        good["content"] = {"application/json": {"schema": answer}}
    made: Operation = {
        "operationId": name,
        "parameters": list(parameters),
        "responses": {"204" if answer is None else status: good, "default": told},
    }
    if body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return made


PROBLEM = {"schema": ref("Problem")}
