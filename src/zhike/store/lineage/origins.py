"""Where a change came from: a person, an application, a file and its line, a merge, a job."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from zhike.kernel.sql import param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json

KEY = "key:"
"""How the cause of what was done with an API key begins."""
PEOPLE = frozenset({"ui", "cli", "api"})
KINDS: Mapping[str, str] = {"import": "import", "merge": "merge", "form": "form"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge decided about one field."""

    id: UUID
    batch: UUID | None
    survivor: UUID
    at: datetime
    undone_at: datetime | None
    part: UUID | None
    rule: str | None
    score: float | None
    """How sure the identity run was that both are one, if a run brought it about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the books say of the causes of some changes."""

    seen: frozenset[UUID]
    """The records that may be named."""
    imports: Mapping[str, str]
    keys: Mapping[str, str]
    merges: Sequence[Merged]


async def known(  # noqa: PLR0917 - of which changes
    tx: Tx, obj: str, field: str, seen: frozenset[UUID], items: Iterable[Mapping[str, Any]]
) -> Known:
    """Look the causes of some changes up, and all merges of some records."""
    causes = {(one["source"], one["cause"]) for one in items if one["cause"]}
    imports = [id_ for source, cause in causes if source == "import" and (id_ := _id(cause))]
    keys = [id_ for _, cause in causes if (id_ := _id(cause.removeprefix(KEY)))]
    answers = await tx.several(
        [
            sql(
                "SELECT id::text, name FROM zk_import WHERE id = ANY({ids})",
                ids=param(imports, "uuid[]"),
            ),
            sql(
                "SELECT id::text, name FROM zhike.api_key WHERE id = ANY({ids})",
                ids=param(keys, "uuid[]"),
            ),
            sql(
                "SELECT m.id, m.batch, m.survivor, m.at, m.undone_at, m.taken->{field},"
                " (SELECT max(p.score) FROM zk_identity_pair AS p WHERE p.run = b.run"
                " AND p.a = least(m.survivor, f.part) AND p.b = greatest(m.survivor, f.part))"
                " FROM zk_merge AS m LEFT JOIN zk_merge_batch AS b ON b.id = m.batch"
                " CROSS JOIN LATERAL (SELECT (m.taken->{field}->>'from')::uuid AS part) AS f"
                " WHERE m.object = {object} AND m.survivor = ANY({seen}) ORDER BY m.seq DESC",
                field=param(field, "text"),
                object=param(obj, "text"),
                seen=param(sorted(seen), "uuid[]"),
            ),
        ]
    )
    return Known(
        seen=seen,
        imports=dict(answers[0]),
        keys=dict(answers[1]),
        merges=[_merged(row) for row in answers[2]],
    )


def origin(facts: Known, item: Mapping[str, Any], line: int | None) -> Mapping[str, Json]:
    """Say what kind of source a change has, and which one; `confidence` where somebody measured."""
    source, cause = item["source"], item["cause"] or ""
    if source == "import":
        file = {"id": cause, "name": facts.imports.get(cause), "line": line}
        return {"kind": "import", "import": file if cause in facts.imports else None}
    if source == "merge":
        return _by_merge(facts, item)
    if cause.startswith(KEY):
        id_ = cause.removeprefix(KEY)
        return {"kind": "application", "key": {"id": id_, "name": facts.keys.get(id_)}}
    if source == "registry":
        return {"kind": "registry", "registry": cause or None}
    if source in PEOPLE:
        return {"kind": "user"}
    return {"kind": KINDS.get(source, "job"), "job": cause or None}


def _by_merge(facts: Known, item: Mapping[str, Any]) -> Mapping[str, Json]:
    record = UUID(str(item["record"]))
    at = datetime.fromisoformat(str(item["at"]))
    one = next(
        (
            one
            for one in facts.merges
            if item["cause"] in (str(one.id), str(one.batch)) and one.survivor == record
        ),
        None,
    )
    if one is None:
        return {"kind": "merge", "merge": item["cause"]}
    if one.undone_at is not None and at >= one.undone_at:
        return {"kind": "unmerge", "merge": one.id}
    return {
        "kind": "merge",
        "merge": one.id,
        "from": one.part if one.part in facts.seen else None,
        "rule": one.rule,
        "confidence": one.score,
        "undone": one.undone_at is not None,
    }


def _merged(row: Sequence[Any]) -> Merged:
    id_, batch, survivor, at, undone, taken, score = row
    told = orjson.loads(taken) if isinstance(taken, bytes | str) else taken
    told = told or {}
    return Merged(
        id=id_,
        batch=batch,
        survivor=survivor,
        at=at,
        undone_at=undone,
        part=UUID(told["from"]) if told.get("from") else None,
        rule=told.get("rule"),
        score=score,
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
