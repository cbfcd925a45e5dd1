"""
Reaches → SQL: which records some conditions mean, as a predicate over one alias.

Nothing in a predicate belongs to one viewer: who asks is a hole, filled when the statement runs.
What cannot be told any more (a department that is gone, an expression that a later change broke)
holds for no record, and neither does its opposite: a role then shows less, never more.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zhike import lang
from zhike.access.reach import PLACES, SHARED, SHARED_TO_WRITE, Alternative, Condition, Reach
from zhike.kernel.faults import Fault
from zhike.kernel.sql import NOTHING, Sql, asker, either, every, ident, joined, param, sql
from zhike.kernel.viewer import Sharing
from zhike.meta import Snapshot

WIDTHS = {
    (False, True): "one",
    (True, True): "below",
    (False, False): "each_one",
    (True, False): "each_below",
}
"""How zk_department_place calls what is meant: with all below or not, by a condition that holds."""


class Asked(NamedTuple):
    """What a predicate is wanted for: the records of an object under an alias, and for whom."""

    snapshot: Snapshot
    obj: str
    alias: str
    sharing: Sharing


def predicate(
    reach: Reach, snapshot: Snapshot, obj: str, alias: str, *, sharing: Sharing = "few"
) -> Sql:
    """
    Give the condition that a record lies in a reach; `NOTHING` if every record does.

    What all alternatives ask for stands outside of them, where an index or the planner can use it.
    """
    asked = Asked(snapshot, obj, alias, sharing)
    if reach.whole:
        return NOTHING
    if sharing == "none":
        reach = _unshared(reach)
    if not reach:
        return sql("false")
    common: Alternative = frozenset.intersection(*reach.alternatives)
    ways = _ways([one - common for one in reach.alternatives if one - common], asked)
    held = [_condition(it, asked) for it in _sorted(common)]
    if ways:
        held.append(either(ways) if len(ways) > 1 else ways[0])
    # Closed in itself, so that no template it is put into can tear it apart.
    return sql("({held})", held=_all(held))


def parted(
    reach: Reach, snapshot: Snapshot, obj: str, alias: str, *, sharing: Sharing = "few"
) -> tuple[Sql, ...]:
    """
    Give conditions that share the records of a reach out among them, each in one of them only.

    Each asks for what one index knows: the department, the owner, the id of what is shared; the
    last one for all the rest. Nothing if there is only one way to a record.
    """
    asked = Asked(snapshot, obj, alias, sharing)
    if reach.whole:
        return ()
    kinds: dict[str, list[Alternative]] = {"department": [], "owner": [], "id": [], "": []}
    for one in (_unshared(reach) if sharing == "none" else reach).alternatives:
        kinds[_known_by(one)].append(one)
    ways = [_closed(_ways(some, asked)) for some in kinds.values() if some]
    if len(ways) == 1:
        return ()
    return tuple(
        every((one, *(sql("{other} IS NOT TRUE", other=other) for other in ways[:number])))
        for number, one in enumerate(ways)
    )


def _known_by(one: Alternative) -> str:
    """Name the column that alone tells whether an alternative holds; none if several do."""
    if len(one) > 1:
        return ""
    (it,) = one
    if _is_place(it):
        return "department"
    if it.holds and it.name in ("own", "subordinates"):
        return "owner"
    return "id" if it.holds and it.name in (SHARED, SHARED_TO_WRITE) else ""


def _is_place(it: Condition) -> bool:
    return it.holds and (it.name in ("department", "departments") or it.name.startswith(PLACES))


def _ways(alternatives: Iterable[Alternative], asked: Asked) -> list[Sql]:
    """Give the alternatives as conditions; several departments are asked about in one go."""
    rest = sorted((_sorted(one) for one in alternatives), key=_last)
    places = [it for one in rest for it in one if len(one) == 1 and _is_place(it)]
    if len(places) <= 1:
        return [_all([_condition(it, asked) for it in one]) for one in rest]
    others = [one for one in rest if len(one) > 1 or one[0] not in places]
    return [
        _among(asked.alias, _together(places)),
        *(_all([_condition(it, asked) for it in one]) for one in others),
    ]


def _closed(ways: Sequence[Sql]) -> Sql:
    return sql("({held})", held=either(ways) if len(ways) > 1 else ways[0])


def _sorted(one: Alternative) -> list[Condition]:
    return sorted(one, key=lambda it: _last([it]))


def _last(one: Sequence[Condition]) -> tuple[bool, Sequence[Condition]]:
    """Let what is shared be asked last: for most records the rest has decided."""
    return any(it.name in (SHARED, SHARED_TO_WRITE) for it in one), one


def _all(conditions: Sequence[Sql]) -> Sql:
    return every(conditions) if len(conditions) > 1 else conditions[0]


def _condition(condition: Condition, asked: Asked) -> Sql:
    try:
        held = _named(condition, asked)
    except Fault:
        # A role is checked when it is saved; this is for what a later change of an object broke.
        return sql("false")
    return held if condition.holds else sql("({held}) IS NOT TRUE", held=held)


def _named(condition: Condition, asked: Asked) -> Sql:
    snapshot, obj, alias, sharing = asked
    match condition.name:
        case "own":
            return sql("{one} = {me}", one=ident(alias, "owner"), me=asker("id", "uuid"))
        case "subordinates":
            return sql(
                "{one} = ANY(array_append({those}, {me}))",
                one=ident(alias, "owner"),
                those=asker("subordinates", "uuid[]"),
                me=asker("id", "uuid"),
            )
        case "department":
            return _among(alias, asker("departments", "uuid[]"))
        case "departments":
            return _among(alias, asker("below", "uuid[]"))
        case str() as name if name in (SHARED, SHARED_TO_WRITE):
            return _shared(obj, alias, writing=name == SHARED_TO_WRITE, many=sharing == "many")
        case str() as name if name.startswith(PLACES):
            return _among(alias, _departments(condition))
        case expression:
            return lang.predicate(expression, snapshot, obj, alias, lang.FULL_SIGHT)


def _among(alias: str, those: Sql) -> Sql:
    return sql("{one} = ANY({those})", one=ident(alias, "department"), those=those)


def _unshared(reach: Reach) -> Reach:
    """Leave out what is shared: nothing is."""
    return Reach(
        frozenset(
            one
            for one in reach.alternatives
            if not any(it.holds and it.name in (SHARED, SHARED_TO_WRITE) for it in one)
        )
    )


def _shared(obj: str, alias: str, *, writing: bool, many: bool) -> Sql:
    """
    Ask whether a record is shared with the asker, or with a department or role of theirs.

    The shares are read once for the statement. Few are an array, by which records are found in an
    index; many are hashed, for looking through a long array at each record takes too long.
    """
    those = sql(
        "SELECT s.record FROM zk_share AS s WHERE s.object = {object}"
        " AND s.grantee = ANY({grantees}) AND (s.until IS NULL OR s.until > now()){level}",
        object=param(obj, "text"),
        grantees=asker("grantees", "text[]"),
        level=sql(" AND s.level = 'write'") if writing else NOTHING,
    )
    if many:
        return sql("{id} IN ({those})", id=ident(alias, "id"), those=those)
    return sql("{id} = ANY(ARRAY({those}))", id=ident(alias, "id"), those=those)


def _departments(condition: Condition) -> Sql:
    """
    Give the departments that a name, path or id means, looked up once for the statement.

    A name that several departments bear means none of them; whoever is kept away from a department
    of that name is kept away from all.
    """
    word, _, meant = condition.name.partition(":")
    return sql(
        "COALESCE((SELECT p.{those} FROM zk_department_place AS p WHERE p.meant = {meant}),"
        " '{}'::uuid[])",
        those=ident(WIDTHS[word == "departments", condition.holds]),
        meant=param(meant.strip(), "text"),
    )


def _together(places: Sequence[Condition]) -> Sql:
    """Give the departments that several conditions mean, gathered once for the statement."""
    named: dict[str, list[str]] = {}
    facts: list[Sql] = []
    for one in places:
        word, named_one, meant = one.name.partition(":")
        if named_one:
            width = WIDTHS[word == "departments", True]
            named.setdefault(width, []).append(meant.strip())
        else:
            fact = "below" if word == "departments" else "departments"
            facts.append(sql("SELECT unnest({those})", those=asker(fact, "uuid[]")))
    found = [
        sql(
            "SELECT unnest(p.{those}) FROM zk_department_place AS p WHERE p.meant IN ({meant})",
            those=ident(width),
            meant=joined(param(one, "text") for one in some),
        )
        for width, some in named.items()
    ]
    return sql("ARRAY({found})", found=joined((*facts, *found), by=" UNION "))
