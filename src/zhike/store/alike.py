"""
Records that may be the same party: those that share a key by which like records are looked for, of
the batch's object or of another, with what they are compared by.

So many of one key are looked at and no more: what hundreds share tells nobody from anybody.
"""

from collections.abc import Iterable, Mapping, Sequence

import orjson

from zhike import lang
from zhike.access import Policy
from zhike.kernel.sql import Sql, blank, every, ident, joined, param, sql, vetted
from zhike.lang import FULL_SIGHT, Checked
from zhike.meta import Field, Json, MatchSpec, Object, Snapshot
from zhike.store.batch import Batch

PER_KEY = 30
"""Records looked at for one key."""

COMPARED = frozenset({
    "company_name", "person_name", "phone", "email", "credit_code", "id_number", "bank_account",
    "address", "text", "url", "region", "number", "date", "auto_number",
})  # fmt: skip
"""Kinds of fields whose values say who somebody is."""


def looked_for(spec: MatchSpec | None, of: Object) -> Sequence[tuple[str, ...]]:
    """
    Give the fields by which records that are alike are looked for.

    Where nobody says so: companies by their names, people by name and company or telephone.
    """
    if spec is None:
        return ()
    if spec.near is not None:
        return spec.near
    by_kind: dict[str, list[str]] = {}
    for one in of.own:
        if one.column is not None:
            by_kind.setdefault(one.kind.name, []).append(one.key)
    if of.title in by_kind.get("company_name", ()):
        return ((of.title,),)
    if of.title in by_kind.get("person_name", ()):
        beside = (*by_kind.get("company_name", ()), *by_kind.get("phone", ())[:1])
        return tuple((of.title, one) for one in beside)
    return ()


def comparable(known: Object) -> list[Field]:
    """Give the fields of an object that records are compared by."""
    return [one for one in known.own if one.column is not None and one.kind.name in COMPARED]


def alike(batch: Batch, name: tuple[str, ...], value: str) -> Sql:
    """
    Ask for the records of an object that share one of some keys.

    Only the index of keys is read: of a table that was just filled PostgreSQL knows nothing yet,
    and would read another index from end to end for those that are not in the recycle bin.
    """
    known = batch.policy.snapshot.objects[name[0]]
    return sql(
        "SELECT t.id, json_build_object('object', {object}, 'keys', t.zk_match, {about},"
        " {compared}) AS facts"
        " FROM (SELECT DISTINCT f.id FROM json_array_elements_text({keys}) AS k(key)"
        " CROSS JOIN LATERAL (SELECT m.id FROM (SELECT c.id, c.deleted_at FROM {table} AS c"
        " WHERE c.zk_match @> ARRAY[k.key] OFFSET 0) AS m WHERE m.deleted_at IS NULL"
        " LIMIT {most}) AS f) AS f"
        " CROSS JOIN LATERAL (SELECT * FROM {table} AS c WHERE c.id = f.id OFFSET 0) AS t",
        object=param(known.key, "text"),
        about=about(batch.policy, known),
        compared=compared(batch.policy, known),
        keys=blank(value, "json"),
        table=ident(known.table),
        most=vetted(str(PER_KEY)),
    )


def about(policy: Policy, known: Object) -> Sql:
    """
    Give what may be told of a record that is there: its title only to those who see it; of others
    the title stands apart, to be told in part.
    """
    seen = policy.rows(known.key, "t") or sql("true")
    return sql(
        "'seen', ({seen}) IS TRUE, 'title', CASE WHEN {seen} THEN {title}::text END,"
        " 'card', CASE WHEN ({seen}) IS NOT TRUE THEN {title}::text END,"
        " 'owner', (SELECT u.name FROM zk_user AS u WHERE u.id = t.owner)",
        seen=seen,
        title=policy.shown(known.key, known.title, "t") or sql("NULL"),
    )


def compared(policy: Policy, known: Object) -> Sql:
    """Give what a record is compared by, and which of it does not show plainly to the viewer."""
    fields = comparable(known)
    said = expressions(policy.snapshot, known)
    closed = [
        *(_closed(policy, known, one.key, (one.key,)) for one in fields),
        *(_closed(policy, known, key, _parts(one)) for key, one in said.items()),
    ]
    until = _until(policy, known)
    return sql(
        "'values', json_build_object({values}), 'closed', ARRAY[{closed}]::text[],"
        " 'until', {until}",
        values=joined(
            (
                *(_pair(one.key, ident("t", one.key)) for one in fields),
                *(
                    _pair(key, lang.told(one, alias="t", sight=FULL_SIGHT))
                    for key, one in said.items()
                ),
            )
        ),
        closed=joined(one for one in closed if one is not None),
        until=until,
    )


def expressions(snapshot: Snapshot, known: Object) -> Mapping[str, Checked]:
    """Give the expressions that records of an object are compared by, each by its key."""
    match = snapshot.matches.get(known.key)
    return {
        one.name: lang.checked(one.expression, snapshot, known.key)
        for one in (match.compare if match else ())
        if one.expression
    }


def expressed(snapshot: Snapshot, known: Object, rows: Sequence[Mapping[str, Json]]) -> Sql | None:
    """Ask what the expressions give for records that are not written yet, in their order."""
    said = expressions(snapshot, known)
    if not said:
        return None
    return sql(
        "SELECT json_build_object({values})::text FROM json_array_elements({rows})"
        " WITH ORDINALITY AS x(value, n)"
        " CROSS JOIN LATERAL json_populate_record(NULL::{table}, x.value) AS t ORDER BY x.n",
        values=joined(
            _pair(key, lang.told(one, alias="t", sight=FULL_SIGHT)) for key, one in said.items()
        ),
        rows=param(orjson.dumps(rows).decode(), "json"),
        table=ident(known.table),
    )


def _pair(key: str, value: Sql) -> Sql:
    return sql("{key}, {value}", key=param(key, "text"), value=value)


def _parts(one: Checked) -> Sequence[str]:
    return sorted(field for _, field in one.parts)


def _closed(policy: Policy, known: Object, key: str, read: Iterable[str]) -> Sql | None:
    """Give a name if what it is read from does not show to the viewer; None if it always does."""
    plain: list[Sql] = []
    for field in read:
        if policy.level(known.key, field) not in ("read", "write"):
            return param(key, "text")
        if shows := policy.plain(known.key, field, "t"):
            plain.append(shows)
    if not plain:
        return None
    name, shown = param(key, "text"), every(plain)
    return sql("CASE WHEN ({plain}) IS TRUE THEN NULL ELSE {name} END", plain=shown, name=name)


def _until(policy: Policy, known: Object) -> Sql:
    match = policy.snapshot.matches.get(known.key)
    if match is None or match.protected_until is None:
        return sql("NULL::text")
    return sql("{column}::text", column=ident("t", match.protected_until))
