"""
Rules → who gets which record, as statements over the records themselves. Pure.

A condition holds on the records that whoever hands over may see; what they cannot see falls through
to the rules without one, so that no number tells them what they may not know.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhike import lang
from zhike.access import Policy
from zhike.hub.handover.check import parent, placed
from zhike.hub.handover.faults import ParentCycle
from zhike.hub.handover.people import Cast
from zhike.hub.handover.spec import OWNER, HandoverSpec, Rule
from zhike.kernel.sql import NOTHING, Sql, every, ident, joined, param, sql, vetted
from zhike.meta import Field, Object, Snapshot

ALIAS = "t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """One rule with its condition as SQL and its people looked up."""

    condition: Sql
    targets: tuple[UUID, ...]
    pool: UUID | None
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """The records of one object in which one field names the person, and the rules for them."""

    object: Object
    field: Field
    rules: tuple[Ready, ...]

    @property
    def key(self) -> str:
        """The lot as people write it: `customer`, `task.assignee`."""
        name = self.object.key
        return name if self.field.key == OWNER else f"{name}.{self.field.key}"


def lots(spec: HandoverSpec, policy: Policy, cast: Cast) -> tuple[Lot, ...]:
    """
    Give what is handed over, in an order in which records come after those they follow.

    Every object has a lot, if only to see what would be left in it; of other fields those named.
    """
    snapshot = policy.snapshot
    keys = [one.key for one in snapshot.objects.values() if not one.system]
    named = [*dict.fromkeys([*keys, *spec.objects])]
    found = [_lot(key, spec, policy, cast) for key in named]
    return _ordered([one for one in found if one is not None], snapshot)


def _lot(key: str, spec: HandoverSpec, policy: Policy, cast: Cast) -> Lot | None:
    place = placed(policy.snapshot, key)
    if place is None:
        return None
    rules = spec.objects.get(key)
    if rules is None:
        rules = (Rule(to=spec.others),) if spec.others is not None else ()
    obj, field = place
    return Lot(
        object=obj, field=field, rules=tuple(_ready(one, obj, policy, cast) for one in rules)
    )


def _ready(rule: Rule, obj: Object, policy: Policy, cast: Cast) -> Ready:
    targets = rule.to.people
    if rule.to.manager and cast.person.manager is not None:
        targets = (cast.person.manager,)
    return Ready(
        condition=_condition(rule, obj, policy),
        targets=targets,
        pool=rule.to.pool,
        parent=rule.to.parent,
    )


def _condition(rule: Rule, obj: Object, policy: Policy) -> Sql:
    if not rule.where:
        return NOTHING
    checked = lang.checked(rule.where, policy.snapshot, obj.key, wants="boolean", sight=policy)
    held = lang.compiled(checked, alias=ALIAS, sight=policy)
    return every(one for one in (held, policy.rows(obj.key, ALIAS)) if one)


def _ordered(found: Sequence[Lot], snapshot: Snapshot) -> tuple[Lot, ...]:
    """Put lots after those they follow; raises ParentCycle if there is no such order."""
    owners = {one.object.key: one for one in found if one.field.key == OWNER}
    done: dict[str, Lot] = {}

    def visit(lot: Lot, chain: tuple[str, ...]) -> None:
        if lot.key in done:
            return
        if lot.object.key in chain:
            raise ParentCycle(at=f"objects.{lot.key}", chain=" → ".join((*chain, lot.object.key)))
        for above in _followed(lot, snapshot):
            if above in owners and above != lot.object.key:
                visit(owners[above], (*chain, lot.object.key))
        done[lot.key] = lot

    for one in found:
        visit(one, ())
    return tuple(done.values())


def _followed(lot: Lot, snapshot: Snapshot) -> Iterator[str]:
    for rule in lot.rules:
        target = parent(snapshot, lot.object, rule.parent) if rule.parent else None
        if target is not None:
            yield target.key


def whose(lot: Lot, person: UUID) -> Sql:
    """Give the condition that a record is one of the person's."""
    held = {
        "column": ident(ALIAS, lot.field.key),
        "person": param(person, "uuid"),
        "gone": ident(ALIAS, "deleted_at"),
    }
    if lot.field.kind.name == "users":
        return sql("{column} @> ARRAY[{person}] AND {gone} IS NULL", **held)
    return sql("{column} = {person} AND {gone} IS NULL", **held)


def assigned(lot: Lot, snapshot: Snapshot, *, handover: UUID, person: UUID) -> Sql:
    """
    Give the statement that settles who gets which record of a lot.

    Those who take turns do so in the order in which the records were made, also if records are
    added later.
    """
    return sql(
        "INSERT INTO zk_handover_item"
        " (handover, position, object, field, record, rule, target, department, was)"
        " SELECT {handover}, (SELECT coalesce(max(i.position), 0) FROM zk_handover_item AS i"
        " WHERE i.handover = {handover}) + row_number() OVER (ORDER BY s.rule, s.id),"
        " {object}, {field}, s.id, s.rule, s.target, {department}, s.was"
        " FROM (SELECT r.id, r.rule, r.was, coalesce(g.pool, r.their_pool) AS pool,"
        " CASE WHEN g.targets IS NULL THEN r.their_owner ELSE g.targets[1 + ((g.given - 1"
        " + row_number() OVER (PARTITION BY r.rule ORDER BY r.id))"
        " % cardinality(g.targets))::integer] END AS target"
        " FROM ({fitting}) AS r JOIN (VALUES {rules}) AS g(rule, targets, pool, given)"
        " ON g.rule = r.rule) AS s LEFT JOIN zk_user AS u ON u.id = s.target",
        handover=param(handover, "uuid"),
        object=param(lot.object.key, "text"),
        field=param(lot.field.key, "text"),
        department=sql("coalesce(s.pool, u.department)" if lot.field.key == OWNER else "NULL"),
        fitting=_fitting(lot, snapshot, handover=handover, person=person),
        rules=joined(_rules(lot, handover)),
    )


def _rules(lot: Lot, handover: UUID) -> Iterator[Sql]:
    for number, rule in enumerate(lot.rules):
        yield sql(
            "({number}, {targets}, {pool}, (SELECT count(*) FROM zk_handover_item AS i"
            " WHERE i.handover = {handover} AND i.object = {object} AND i.field = {field}"
            " AND i.rule = {number}))",
            number=vetted(str(number)),
            targets=param(list(rule.targets) or None, "uuid[]"),
            pool=param(rule.pool, "uuid"),
            handover=param(handover, "uuid"),
            object=param(lot.object.key, "text"),
            field=param(lot.field.key, "text"),
        )


def _fitting(lot: Lot, snapshot: Snapshot, *, handover: UUID, person: UUID) -> Sql:
    """Find the person's records that nothing was settled about, each with the rule it fits."""
    following = {n: one.parent for n, one in enumerate(lot.rules) if one.parent}
    return sql(
        "SELECT {t}.id, {t}.department AS was, {rule} AS rule, {owner} AS their_owner,"
        " {pool} AS their_pool FROM {table} AS {t}{followed} WHERE {whose} AND NOT EXISTS"
        " (SELECT FROM zk_handover_item AS i WHERE i.handover = {handover} AND i.record = {t}.id"
        " AND i.object = {object} AND i.field = {field})",
        t=ident(ALIAS),
        rule=_chosen(lot),
        owner=_theirs(lot, following, "owner"),
        pool=_theirs(lot, following, "pool"),
        table=ident(lot.object.table),
        followed=joined(
            (
                _followed_record(lot, snapshot, (number, key), handover=handover, person=person)
                for number, key in following.items()
            ),
            by="",
        ),
        whose=whose(lot, person),
        handover=param(handover, "uuid"),
        object=param(lot.object.key, "text"),
        field=param(lot.field.key, "text"),
    )


def _chosen(lot: Lot) -> Sql:
    """Give the number of the first rule that a record fits."""
    cases = joined(
        (
            sql(
                "WHEN {held} THEN {number} ",
                held=every(_held(rule, number)),
                number=vetted(str(number)),
            )
            for number, rule in enumerate(lot.rules)
        ),
        by="",
    )
    return sql("CASE {cases}END", cases=cases) if cases else sql("NULL::integer")


def _held(rule: Ready, number: int) -> Iterable[Sql]:
    if rule.condition:
        yield rule.condition
    if rule.parent:
        yield sql("{there} IS NOT NULL", there=ident(f"f{number}", "there"))


def _theirs(lot: Lot, following: Mapping[int, str], what: str) -> Sql:
    if not following:
        return sql("NULL::uuid")
    cases = joined(
        (
            sql(
                "WHEN {held} THEN {it} ",
                held=every(_held(rule, number)),
                it=ident(f"f{number}", what) if number in following else sql("NULL"),
            )
            for number, rule in enumerate(lot.rules)
        ),
        by="",
    )
    return sql("CASE {cases}END", cases=cases)


def _followed_record(
    lot: Lot, snapshot: Snapshot, rule: tuple[int, str], *, handover: UUID, person: UUID
) -> Sql:
    """
    Join the record that one follows: who gets it, or else who has it and works here.

    A record that goes to a pool takes those that follow it there.
    """
    number, key = rule
    above = parent(snapshot, lot.object, key)
    if above is None:
        raise KeyError(key)
    return sql(
        " LEFT JOIN LATERAL (SELECT true AS there, o.owner, o.pool FROM (SELECT"
        " CASE WHEN i.record IS NULL THEN p.owner ELSE i.target END AS owner,"
        " CASE WHEN i.record IS NOT NULL AND i.target IS NULL THEN i.department END AS pool"
        " FROM {above} AS p LEFT JOIN zk_handover_item AS i ON i.handover = {handover}"
        " AND i.object = {object} AND i.field = 'owner' AND i.record = p.id"
        " WHERE p.id = {lookup} AND p.deleted_at IS NULL) AS o"
        " LEFT JOIN zk_user AS u ON u.id = o.owner AND u.active AND u.deleted_at IS NULL"
        " WHERE o.pool IS NOT NULL OR (u.id IS NOT NULL AND u.id <> {person})) AS {alias} ON true",
        above=ident(above.table),
        handover=param(handover, "uuid"),
        object=param(above.key, "text"),
        lookup=ident(ALIAS, key),
        person=param(person, "uuid"),
        alias=ident(f"f{number}"),
    )
