"""
Groups of records → what each becomes: who survives, which values it takes, what changes by that.

Pure, but for the ids that new merges get.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from zhike.hub.merge.looking import Seen
from zhike.hub.merge.survive import FOLLOWING, Part, Rules, Taken, chosen, is_blank, same
from zhike.meta import Json
from zhike.store.identifiers import identifiers


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Records that shall become one, and what was chosen by hand; the survivor is named or not."""

    records: tuple[UUID, ...]
    survivor: UUID | None = None
    choose: Mapping[str, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one group becomes."""

    number: int
    id: UUID
    survivor: Seen
    others: Sequence[Seen]
    taken: Mapping[str, Taken]
    changed: Mapping[str, Json]

    @property
    def parts(self) -> tuple[UUID, ...]:
        """The records that go."""
        return tuple(one.part.id for one in self.others)


def named(known: Rules, group: Group, seen: Mapping[UUID, Seen]) -> Group:
    """Name the survivor of a group by the rule, where nobody did and all records are seen."""
    if group.survivor is not None or not all(one in seen for one in group.records):
        return group
    parts = [seen[one].part for one in group.records]
    return replace(group, survivor=known.survivor_of(parts).id)


def planned(known: Rules, groups: Mapping[int, Group], seen: Mapping[UUID, Seen]) -> Sequence[Plan]:
    """Say what becomes of groups of records, each under its number; each gets an id."""
    sorted_ = {n: _survivor_first(one, seen) for n, one in groups.items()}
    into = {other.part.id: first.part.id for first, *others in sorted_.values() for other in others}
    ids = identifiers(len(groups))
    return [
        _plan(known, n, id_=id_, seen=sorted_[n], into=into, choose=groups[n].choose)
        for id_, n in zip(ids, groups, strict=True)
    ]


def _survivor_first(group: Group, seen: Mapping[UUID, Seen]) -> list[Seen]:
    some = [seen[one] for one in group.records]
    return sorted(some, key=lambda one: one.part.id != group.survivor)


def _plan(
    known: Rules,
    number: int,
    *,
    id_: UUID,
    seen: Sequence[Seen],
    into: Mapping[UUID, UUID],
    choose: Mapping[str, UUID],
) -> Plan:
    survivor, *others = seen
    own = {str(one.part.id) for one in seen}
    led = {str(one): str(to) for one, to in into.items() if str(one) not in own}
    parts = [_led(known, one.part, led, own=own) for one in seen]
    taken = chosen(known, parts, choose)
    held = survivor.part.values
    changed = {
        key: taken[key].value if key in taken else None
        for key in known.fields
        if (key in taken or not is_blank(held.get(key)))
        and not same(held.get(key), taken[key].value if key in taken else None)
    }
    if FOLLOWING in changed and FOLLOWING not in taken:
        del changed[FOLLOWING]
    return Plan(
        number=number, id=id_, survivor=survivor, others=others, taken=taken, changed=changed
    )


def _led(known: Rules, part: Part, led: Mapping[str, str], *, own: set[str]) -> Part:
    """Have a record's own pointers lead where they will; none leads to what it is merged with."""
    values = dict(part.values)
    for key, target in known.pointers.items():
        if target != known.object:
            continue
        held = values.get(key)
        if isinstance(held, list):
            moved = (led.get(one, one) for one in held)
            values[key] = list(dict.fromkeys(one for one in moved if one not in own))
        elif held is not None:
            values[key] = None if held in own else led.get(held, held)
    return replace(part, values=values)
