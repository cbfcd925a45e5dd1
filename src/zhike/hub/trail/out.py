"""A log as a file: csv or xlsx, page by page, under the policy of whoever asks."""

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from zhike.access import Policy
from zhike.hub.export.kinds import FORMATS as KINDS
from zhike.hub.export.kinds import Column, Mark, Shape, Writer
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language, Words
from zhike.store.read import changes
from zhike.store.trail import LogKey, Wanted, entries

PIECE = 1000
FORMATS: Mapping[str, type[Writer]] = {key: KINDS[key] for key in ("csv", "xlsx")}

WORDS: Mapping[str, Words] = {
    "seq": Words(zh="序号", en="No."),
    "at": Words(zh="时间", en="Time"),
    "actor": Words(zh="操作人 id", en="Actor id"),
    "user": Words(zh="用户 id", en="User id"),
    "name": Words(zh="姓名", en="Name"),
    "seen_by": Words(zh="实际查看人 id", en="Seen by"),
    "act": Words(zh="动作", en="Act"),
    "object": Words(zh="对象", en="Object"),
    "target": Words(zh="目标", en="Target"),
    "label": Words(zh="目标名称", en="Target name"),
    "old": Words(zh="变更前", en="Before"),
    "new": Words(zh="变更后", en="After"),
    "reason": Words(zh="理由", en="Reason"),
    "source": Words(zh="来源", en="Source"),
    "cause": Words(zh="起因", en="Cause"),
    "ip": Words(zh="IP 地址", en="IP address"),
    "agent": Words(zh="客户端", en="Client"),
    "request": Words(zh="请求编号", en="Request"),
    "login": Words(zh="登录名", en="Login"),
    "way": Words(zh="登录方式", en="Way"),
    "outcome": Words(zh="结果", en="Outcome"),
    "record": Words(zh="记录 id", en="Record id"),
    "title": Words(zh="记录名称", en="Record"),
    "kind": Words(zh="动作", en="Kind"),
    "changes": Words(zh="变更内容", en="Changes"),
}
COLUMNS: Mapping[LogKey, tuple[str, ...]] = {
    "operations": (
        "seq", "at", "name", "act", "object", "target", "label", "old", "new", "reason", "source",
        "ip", "agent", "request", "actor", "seen_by",
    ),
    "sign_ins": ("seq", "at", "name", "login", "way", "outcome", "ip", "agent", "user"),
    "changes": (
        "seq", "at", "name", "object", "record", "title", "kind", "changes", "source", "cause",
        "actor",
    ),
}  # fmt: skip
SHAPES: Mapping[str, Shape] = {"seq": "number", "at": "datetime"}


async def page(tx: Tx, policy: Policy, log: LogKey, wanted: Wanted) -> Sequence[Mapping[str, Any]]:
    """Give a page of a log, newest first."""
    if log == "changes":
        return await changes(tx, policy, wanted)
    return await entries(tx, log, wanted)


async def written(  # noqa: PLR0913 - what a file is made of
    tx: Tx,
    policy: Policy,
    log: LogKey,
    wanted: Wanted,
    *,
    path: Path,
    trace: str,
    language: Language,
) -> int:
    """Write what is wanted of a log into a file; its name says the format. Give the number."""
    heads = [
        Column(head=WORDS[one].said(language), shape=SHAPES.get(one, "text"))
        for one in COLUMNS[log]
    ]
    viewer = policy.viewer
    mark = Mark(trace=trace, who=viewer.name, at=datetime.now(UTC), language=language)
    kind = FORMATS[path.suffix.removeprefix(".")]
    writer = await to_thread(kind.opened, path, heads, zone=viewer.zone, mark=mark)
    count, more = 0, replace(wanted, limit=PIECE)
    try:
        while found := await page(tx, policy, log, more):
            await to_thread(writer.write, [_line(log, one) for one in found])
            count += len(found)
            more = replace(more, before=found[-1]["seq"])
    finally:
        await to_thread(writer.close)
    return count


def _line(log: LogKey, entry: Mapping[str, Any]) -> list[Any]:
    return [_cell(entry.get(one)) for one in COLUMNS[log]]


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, orjson.Fragment):
        return orjson.dumps(value).decode()
    return str(value)
