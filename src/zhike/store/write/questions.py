"""
The questions asked around a batch, each a part of one statement: what shares its keys, who has its
unique values, what it points at, which numbers it draws.

A statement is made once for each set of questions and kept; only its values change. It asks through
the index, key by key (`LATERAL … OFFSET 0`) unless they are few: while an import fills a table,
PostgreSQL knows too little of it to plan a join well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from zhike.kernel.sql import Sql, blank, every, ident, joined, sql, vetted
from zhike.kernel.tx import unanswered
from zhike.store import numbers
from zhike.store.alike import about, alike, compared
from zhike.store.attached import attachable
from zhike.store.batch import Batch
from zhike.store.merged import merged
from zhike.store.write.shape import FILE, Shape

Fields = tuple[str, ...]
Kind = Literal["match", "near", "taken", "target", "number", "computed"]
SHARING = frozenset({"match", "near", "taken"})
"""Questions that nothing answers for nearly every record: who shares what it brings."""
FEW = 12
"""Up to so many identity keys the index looks up all at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    One question: its kind, the fields or the object it is about, and the value it is asked with.

    `sql` is set where the question is not the same for everybody who writes to the object.
    """

    kind: Kind
    name: Fields = ()
    value: object = None
    asked: Sql | None = None
    few: bool = False
    """Whether it is asked with few values."""


def statement(batch: Batch, known: Shape, questions: Sequence[Question]) -> Sql:
    """
    Give the statement that asks all questions.

    It answers with rows of the question's number, a record, and JSON.
    """
    template = batch.policy.rights.kept(
        _key(known, questions), lambda: _template(batch, known, questions)
    )
    return _filled(template, questions)


def presumption(batch: Batch, known: Shape, questions: Sequence[Question]) -> Sql:
    """Give the statement that presumes that nothing answers any of the questions."""
    template = batch.policy.rights.kept(
        ("presumed", *_key(known, questions)),
        lambda: unanswered(_template(batch, known, questions)),
    )
    return _filled(template, questions)


def _key(known: Shape, questions: Sequence[Question]) -> tuple[object, ...]:
    return ("around", known.object.key, *((one.kind, one.name, one.few) for one in questions))


def _filled(template: Sql, questions: Sequence[Question]) -> Sql:
    return template.filled(**{f"v{n}": one.value for n, one in enumerate(questions)})


def _template(batch: Batch, known: Shape, questions: Sequence[Question]) -> Sql:
    return joined(
        (
            sql(
                "SELECT {number}::integer AS number, q.id, q.facts FROM ({one}) AS q",
                number=vetted(str(number)),
                one=_part(batch, known, question, f"v{number}"),
            )
            for number, question in enumerate(questions)
        ),
        by=" UNION ALL ",
    )


def _part(batch: Batch, known: Shape, question: Question, value: str) -> Sql:
    match question.kind:
        case "match":
            return _matches(batch, value, few=question.few)
        case "near":
            return alike(batch, question.name, value)
        case "taken":
            return _taken(batch, known, question.name, rows=blank(value, "json"))
        case "target":
            return _targets(batch, question.name[0], blank(value, "uuid[]"))
        case "number":
            field = batch.object.fields[question.name[0]]
            return _alone(numbers.draw(batch.object, field, blank(value, "integer")))
        case "computed":
            asked = question.asked or sql("NULL")
            return _alone(sql("json_build_object('value', {asked})", asked=asked))


def _alone(facts: Sql) -> Sql:
    return sql("SELECT NULL::uuid AS id, {facts} AS facts", facts=facts)


AT_ONCE = "(SELECT * FROM {table} AS c WHERE c.zk_match && {keys} OFFSET 0) AS f"
ONE_BY_ONE = (
    "json_array_elements_text({keys}) AS k(key) CROSS JOIN LATERAL"
    " (SELECT * FROM {table} AS c WHERE c.zk_match @> ARRAY[k.key] OFFSET 0) AS f"
)


def _matches(batch: Batch, value: str, *, few: bool) -> Sql:
    differing = batch.policy.snapshot.matches[batch.object.key].unless_differs
    return sql(
        "SELECT t.id, json_build_object('keys', f.zk_match,"
        " 'differing', ARRAY[{differing}]::text[], {about}, {compared}) AS facts"
        " FROM {found} CROSS JOIN LATERAL (SELECT * FROM {table} AS c WHERE c.id ="
        " CASE WHEN f.deleted_at IS NULL THEN f.id ELSE"
        " (SELECT m.survivor FROM ({merged}) AS m WHERE m.record = f.id) END OFFSET 0) AS t"
        " WHERE t.deleted_at IS NULL",
        table=ident(batch.object.table),
        merged=merged(batch.object.key),
        differing=joined(sql("{one}::text", one=ident("t", key)) for key in differing),
        about=about(batch.policy, batch.object),
        compared=compared(batch.policy, batch.object),
        found=sql(
            AT_ONCE if few else ONE_BY_ONE,
            table=ident(batch.object.table),
            keys=blank(value, "text[]" if few else "json"),
        ),
    )


def _taken(batch: Batch, known: Shape, fields: Fields, *, rows: Sql) -> Sql:
    return sql(
        "SELECT t.id, json_build_object('entry', x.n, {about}) AS facts"
        " FROM json_to_recordset({rows}) AS x(n integer, {columns}) CROSS JOIN LATERAL"
        " (SELECT * FROM {table} AS c WHERE {same} AND c.deleted_at IS NULL OFFSET 0) AS t",
        about=about(batch.policy, batch.object),
        rows=rows,
        columns=known.definition(fields),
        table=ident(batch.object.table),
        same=every(sql("{c} = {x}", c=ident("c", one), x=ident("x", one)) for one in fields),
    )


FACTS: Mapping[str, Sql] = {
    "user": sql("json_build_object('active', t.active, 'department', t.department)"),
    "department": sql("json_build_object('active', t.active)"),
}


def _targets(batch: Batch, object_: str, ids: Sql) -> Sql:
    if object_ == FILE:
        return attachable(batch.policy, ids)
    known = batch.policy.snapshot.objects[object_]
    there = [sql("t.deleted_at IS NULL"), batch.policy.rows(object_, "t")]
    found = sql(
        "SELECT t.id, {facts} AS facts FROM {table} AS t WHERE {where}",
        facts=FACTS.get(object_, sql("NULL::json")),
        table=ident(known.table),
        where=every((sql("t.id = ANY({ids})", ids=ids), *there)),
    )
    if known.system:
        return found
    return sql(
        "SELECT f.id, f.facts FROM ({found} FOR KEY SHARE OF t) AS f"
        " UNION ALL SELECT m.record, json_build_object('into', m.survivor)"
        " FROM ({merged}) AS m CROSS JOIN LATERAL"
        " (SELECT * FROM {table} AS c WHERE c.id = m.survivor OFFSET 0) AS t WHERE {where}",
        found=found,
        merged=merged(object_),
        table=ident(known.table),
        where=every((sql("m.record = ANY({ids})", ids=ids), *there)),
    )
