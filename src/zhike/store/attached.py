"""
Who may fetch a file: whoever brought it, and whoever sees a record that holds it.

Only such a file may be put into a record: otherwise its mere id would open it.
"""

from collections.abc import Iterator

from zhike.access import Policy
from zhike.kernel.sql import Sql, asker, blank, either, every, ident, sql
from zhike.kernel.tx import Tx
from zhike.meta import Field, Object
from zhike.store.files import File

HOLDING = frozenset({"attachment", "image", "signature"})
RECORD = "t"


async def may_fetch(tx: Tx, policy: Policy, file: File) -> bool:
    """Tell whether this viewer may have a file."""
    if policy.viewer.trusted or (file.created_by and file.created_by == policy.viewer.id):
        return True
    wanted = blank("file", "uuid")
    held = policy.rights.kept(("attached",), lambda: either(_holders(policy, wanted)))
    asked = sql("SELECT {held}", held=held)
    return bool(await tx.value(asked.filled(file=file.id)))


def attachable(policy: Policy, ids: Sql) -> Sql:
    """Give the statement of those files out of some that this viewer may put into a record."""
    own = sql("f.created_by = {viewer}", viewer=asker("id", "uuid"))
    reached = policy.rights.kept(
        ("attachable",), lambda: either((own, *_holders(policy, sql("f.id"))))
    )
    return sql(
        "SELECT f.id, NULL::json AS facts FROM zk_file AS f WHERE {where}",
        where=every(
            (
                sql("f.id = ANY({ids})", ids=ids),
                sql("true") if policy.viewer.trusted else reached,
            )
        ),
    )


def _holders(policy: Policy, file: Sql) -> Iterator[Sql]:
    for one in policy.seen.objects.values():
        fields = [field for field in one.fields.values() if field.kind.name in HOLDING]
        if fields and not one.system and policy.may(one.key, "read"):
            yield _exists(policy, one, fields, file)


def _exists(policy: Policy, one: Object, fields: list[Field], file: Sql) -> Sql:
    holds = [
        every((_holds(field, file), policy.rights.plain(one.key, field.key, RECORD)))
        for field in fields
        if policy.level(one.key, field.key) in {"read", "write"}
    ]
    return sql(
        "EXISTS (SELECT FROM {table} AS {record} WHERE {where})",
        table=ident(one.table),
        record=ident(RECORD),
        where=every(
            (
                either(holds),
                sql("{gone} IS NULL", gone=ident(RECORD, "deleted_at")),
                policy.rows(one.key, RECORD),
            )
        ),
    )


def _holds(field: Field, file: Sql) -> Sql:
    value = ident(RECORD, field.key)
    if field.column == "uuid":
        return sql("{value} = {file}", value=value, file=file)
    return sql("{value} @> ARRAY[{file}]", value=value, file=file)
