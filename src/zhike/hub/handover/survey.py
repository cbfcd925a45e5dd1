"""What there is to hand over of a person: numbers and names of people, nothing of a record."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from zhike.hub.handover.check import NAMES_PEOPLE
from zhike.hub.handover.people import QUERIES, Somebody, somebody
from zhike.hub.handover.plan import Lot, whose
from zhike.hub.handover.spec import OWNER
from zhike.kernel.sql import ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json, Snapshot

RUNNING = frozenset({"imports", "exports"})
BELONGINGS = ("teams", "shares", "views", "keys", "imports", "exports")


async def survey(
    tx: Tx,
    snapshot: Snapshot,
    id: UUID,  # noqa: A002 - what it is
    language: Language,
) -> Mapping[str, Json]:
    """Count what a person is in charge of, and list who and what hangs on them."""
    person = await somebody(tx, id)
    lots = every_lot(snapshot)
    counts = await counted(tx, lots, id)
    reports, heads, belongings = await tx.several(
        (QUERIES["reports_of"](id=id), QUERIES["heads"](id=id), QUERIES["counts_of"](id=id))
    )
    return {
        "person": described(person),
        "objects": [
            {**labelled(lot, language), "count": counts[lot.key]}
            for lot in lots
            if counts[lot.key] or lot.field.key == OWNER
        ],
        "reports": [{"id": str(row[0]), "name": row[1]} for row in reports],
        "departments": [{"id": str(row[0]), "name": row[1]} for row in heads],
        **dict(zip(BELONGINGS, belongings[0], strict=True)),
    }


async def running(tx: Tx, id: UUID) -> Mapping[str, int]:  # noqa: A002 - what it is
    """Count the imports and exports of a person that are not over."""
    row = await tx.row(QUERIES["counts_of"](id=id)) or ()
    return {name: n for name, n in zip(BELONGINGS, row, strict=True) if name in RUNNING}


def every_lot(snapshot: Snapshot) -> Sequence[Lot]:
    """Give every field that names people, without rules; the owner of each object first."""
    return [
        Lot(object=obj, field=field, rules=())
        for obj in snapshot.objects.values()
        if not obj.system
        for field in sorted(obj.fields.values(), key=lambda one: one.key != OWNER)
        if field.kind.name in NAMES_PEOPLE and field.column is not None
        if not field.system or field.key == OWNER
    ]


async def counted(tx: Tx, lots: Sequence[Lot], person: UUID) -> Mapping[str, int]:
    """Count the person's records in each lot."""
    if not lots:
        return {}
    counts = joined(
        (
            sql(
                "SELECT {key}, (SELECT count(*) FROM {table} AS t WHERE {whose})",
                key=param(one.key, "text"),
                table=ident(one.object.table),
                whose=whose(one, person),
            )
            for one in lots
        ),
        by=" UNION ALL ",
    )
    return dict(await tx.rows(counts))


def labelled(lot: Lot, language: Language) -> dict[str, Json]:
    """Name a lot as people know it."""
    return {
        "key": lot.key,
        "object": lot.object.key,
        "field": lot.field.key,
        "label": lot.object.label.said(language),
        "field_label": lot.field.label.said(language),
    }


def described(one: Somebody) -> dict[str, Json]:
    """Name somebody, and say whether they are here."""
    told: dict[str, Json] = {
        "id": str(one.id),
        "name": one.name,
        "active": one.active,
        "absent": one.absent,
    }
    if one.absent and one.deputy is not None:
        told["deputy"] = {"id": str(one.deputy), "name": one.deputy_name}
    return told
