"""Who may fetch a file: whoever brought it, and whoever sees a record that holds it."""

from collections.abc import Iterator

from zhike.access import Policy
from zhike.kernel.sql import Sql, blank, either, every, ident, sql
from zhike.kernel.tx import Tx
from zhike.meta import Field, Object
from zhike.store.files import File

HOLDING = frozenset({"attachment", "image", "signature"})
RECORD = "t"


async def may_fetch(tx: Tx, policy: Policy, file: File) -> bool:
    """Tell whether this viewer may have a file."""
    if policy.viewer.trusted or (file.created_by and file.created_by == policy.viewer.id):
        return True
    held = policy.rights.kept(("attached",), lambda: either(_holders(policy)))
    asked = sql("SELECT {held}", held=held)
    return bool(await tx.value(asked.filled(file=file.id)))


def _holders(policy: Policy) -> Iterator[Sql]:
    for one in policy.seen.objects.values():
        fields = [field for field in one.fields.values() if field.kind.name in HOLDING]
        if fields and not one.system and policy.may(one.key, "read"):
            yield _exists(policy, one, fields)


def _exists(policy: Policy, one: Object, fields: list[Field]) -> Sql:
    holds = [
        every((_holds(field), policy.rights.plain(one.key, field.key, RECORD)))
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


def _holds(field: Field) -> Sql:
    value, file = ident(RECORD, field.key), blank("file", "uuid")
    if field.column == "uuid":
        return sql("{value} = {file}", value=value, file=file)
    return sql("{value} @> ARRAY[{file}]", value=value, file=file)
