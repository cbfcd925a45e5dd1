"""A hand-over before it runs: checked, settled record by record, told in numbers, begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhike.access import Policy
from zhike.hub.handover import ledger
from zhike.hub.handover.beside import Access, rehearse
from zhike.hub.handover.check import check
from zhike.hub.handover.faults import HandoverUnderWay, LeftWithoutOwner, NotUndoable
from zhike.hub.handover.people import QUERIES, Cast, cast, somebody
from zhike.hub.handover.plan import Lot, assigned, lots
from zhike.hub.handover.spec import OWNER, HandoverSpec
from zhike.hub.handover.survey import counted, described, labelled, running
from zhike.kernel.faults import Invalid, problem
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json
from zhike.store import trail


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Who gets what, in numbers."""

    cast: Cast
    lots: Sequence[Lot]
    totals: Mapping[str, int]
    """By lot: how many records name the person."""
    shares: Sequence[Mapping[str, Any]]
    """By lot, rule and target: how many records go there."""
    running: Mapping[str, int]
    """What of the person's is running just now and ends with their access."""

    def left(self) -> Mapping[str, int]:
        """Give how many records of each lot no rule takes."""
        taken: dict[str, int] = {}
        for one in self.shares:
            taken[one["key"]] = taken.get(one["key"], 0) + one["count"]
        return {key: total - taken.get(key, 0) for key, total in self.totals.items()}

    def ownerless(self) -> list[Lot]:
        """Give the lots in which records would stay with the person as their owner."""
        left = self.left()
        return [one for one in self.lots if one.field.key == OWNER and left[one.key]]

    def described(self, language: Language) -> Mapping[str, Json]:
        """Give the numbers as the API shows them."""
        left = self.left()
        away = [one for one in self.cast.known.values() if one.absent]
        return {
            "person": described(self.cast.person),
            "objects": [
                {
                    **labelled(lot, language),
                    "total": self.totals[lot.key],
                    "rules": self._rules(lot),
                    "left": left[lot.key],
                }
                for lot in self.lots
                if self.totals[lot.key] or lot.rules
            ],
            "left": sum(left[one.key] for one in self.ownerless()),
            "warnings": [{"code": "absent", **described(one)} for one in away],
            "running": self.running,
        }

    def _rules(self, lot: Lot) -> list[Json]:
        return [
            {
                "rule": number,
                "targets": [
                    {name: one[name] for name in ("user", "name", "pool", "count")}
                    for one in self.shares
                    if (one["key"], one["rule"]) == (lot.key, number)
                ],
            }
            for number, _ in enumerate(lot.rules)
        ]


class _Looked(Exception):
    """Ends a look at what would be settled; nothing of it stays."""


async def preview(tx: Tx, held: Policy, person: UUID, spec: HandoverSpec) -> Settled:
    """Say who would get what. It is settled as the run would do it, and forgotten again."""
    found: list[Settled] = []
    try:
        async with tx.savepoint():
            await somebody(tx, person)
            id_ = await ledger.add(tx, person, spec)
            found.append(await settle(tx, held, id_, spec, person=person))
            raise _Looked  # noqa: TRY301 - nothing else undoes it
    except _Looked:
        return found[0]


async def start(tx: Tx, held: Policy, access: Access, *, person: UUID, spec: HandoverSpec) -> UUID:
    """
    Settle who gets what and keep it; a job does the rest.

    Refused if a record would be left with the person as its owner, or if whoever asks may not
    disable the person at the end.
    """
    await tx.run(QUERIES["lock_handovers"](workspace=tx.workspace))
    await somebody(tx, person)
    id_ = await ledger.add(tx, person, spec)
    settled = await settle(tx, held, id_, spec, person=person)
    left = settled.left()
    if ownerless := settled.ownerless():
        language = held.viewer.language
        raise Invalid(
            problem(
                LeftWithoutOwner,
                at=f"objects.{one.key}",
                label=one.object.label.said(language),
                count=left[one.key],
            )
            for one in ownerless
        )
    if spec.disable and settled.cast.person.active:
        await rehearse(tx, access, person)
    trail.note(
        tx, "handover.started", object="user", target=person, label=settled.cast.person.name,
        new=spec.model_dump(mode="json", exclude_defaults=True),
    )  # fmt: skip
    return id_


async def settle(
    tx: Tx, held: Policy, handover: UUID, spec: HandoverSpec, *, person: UUID
) -> Settled:
    """Check, and write down who gets which record; what was settled before stays as it is."""
    known = await cast(tx, person, spec)
    if problems := check(spec, held, known):
        raise Invalid(problems)
    return await settle_more(tx, held, handover, spec, known=known)


async def settle_more(
    tx: Tx, held: Policy, handover: UUID, spec: HandoverSpec, *, known: Cast
) -> Settled:
    """Settle what came since, by rules that were right when they were checked."""
    person = known.person.id
    found = lots(spec, held, known)
    statements = [
        assigned(one, held.snapshot, handover=handover, person=person) for one in found if one.rules
    ]
    if statements:
        await tx.several(statements)
    return Settled(
        cast=known,
        lots=found,
        totals=await counted(tx, found, person),
        shares=await _shares(tx, handover),
        running=await running(tx, person),
    )


async def _shares(tx: Tx, handover: UUID) -> Sequence[Mapping[str, Any]]:
    rows = await tx.rows(QUERIES["settled"](id=handover))
    return [
        {
            "key": obj if field == OWNER else f"{obj}.{field}",
            "rule": rule,
            "user": str(target) if target else None,
            "name": name,
            "pool": str(pool) if pool else None,
            "count": count,
        }
        for obj, field, rule, target, name, pool, count in rows
    ]


async def undo(tx: Tx, id: UUID) -> None:  # noqa: A002 - what it is
    """Begin to take a hand-over back; a job does it."""
    await tx.run(QUERIES["lock_handovers"](workspace=tx.workspace))
    task = await ledger.found(tx, id)
    if task.state not in ("done", "failed"):
        raise NotUndoable(state=task.state)
    if not await ledger.begin(tx, id, "undoing", since=("done", "failed")):
        raise HandoverUnderWay
    trail.note(tx, "handover.undone", object="user", target=task.person, label=task.name)
