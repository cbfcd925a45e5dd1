"""
Views in questions: what a saved view fills in where a query leaves it open, for one viewer.

A view gives sight of nothing. What it shows or orders by and the viewer may not see is left out; a
condition that names such things cannot be used at all, and is told in no word that would say what
they are: a hidden name and one that does not exist are the same here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from zhike import lang
from zhike.access import Policy
from zhike.kernel.faults import Fault, Invalid, Problem, problem
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store import views
from zhike.store.read.faults import UnknownView
from zhike.store.read.plan import order
from zhike.store.read.plan.select import selected
from zhike.store.read.query import Query, read_query
from zhike.store.views import Saved, ViewBeyondSight


async def opened(tx: Tx, policy: Policy, obj: str, query: Query) -> Query:
    """
    Fill in what a query leaves open from the view it names: one of the configuration, one's own,
    or one that is shared with the viewer.
    """
    identity = _identity(query.view)
    if identity is None:
        return configured(policy, obj, query)
    found = {one.id: one for one in await views.seen(tx, obj=obj)}.get(identity)
    if found is None:
        raise _unknown(query.view)
    return filled(policy, obj, query, found.saved)


async def unfolded(
    tx: Tx, policy: Policy, obj: str, given: Mapping[str, Json]
) -> Mapping[str, Json]:
    """
    Give the members of a question that says itself what the person's view it names says.

    For a job that asks later: by then the view may say something else, or be shared no more.
    """
    query = read_query(given)
    if _identity(query.view) is None:
        return given
    seen = await opened(tx, policy, obj, query)
    if not usable(policy, obj, Saved(where=seen.within)):
        raise ViewBeyondSight(at="view")
    asked = json.loads(query.tree) if query.tree else query.where
    node = lang.from_json(asked) if query.tree else lang.parse(asked) if asked else None
    both = [f"({one})" for one in (node and lang.written(node), seen.within) if one]
    rest = {name: one for name, one in given.items() if name not in ("view", "where")}
    where = {"where": " and ".join(both)} if both else {}
    return {**rest, **where, "select": list(seen.select), "order": list(seen.order)}


def configured(policy: Policy, obj: str, query: Query) -> Query:
    """Do the same for a view of the configuration, which needs no look at the database."""
    if not query.view or query.opened:
        return query
    view = policy.snapshot.views.get(query.view)
    if view is None or view.object != obj:
        raise _unknown(query.view)
    saved = Saved(select=view.select, where=view.where, order=view.order)
    return filled(policy, obj, query, saved)


def filled(policy: Policy, obj: str, query: Query, saved: Saved) -> Query:
    """Fill in what a query leaves open from what a view says."""
    kept = trimmed(policy, obj, saved)
    return replace(
        query,
        select=query.select or kept.select,
        order=query.order or kept.order,
        within=saved.where,
        opened=True,
    )


def trimmed(policy: Policy, obj: str, saved: Saved) -> Saved:
    """Give a view without what it shows and orders by and the viewer may not see."""
    select = tuple(one for one in saved.select if _selects(policy, obj, one))
    return replace(
        saved,
        select=select,
        order=tuple(one for one in saved.order if _orders(policy, obj, one, select)),
    )


def usable(policy: Policy, obj: str, saved: Saved) -> bool:
    """Say whether the condition of a view may be asked by the viewer."""
    try:
        _condition(policy, obj, saved.where)
    except Fault:
        return False
    return True


def judged(policy: Policy, obj: str, saved: Saved, tree: lang.Expression = "") -> Saved:
    """
    Give a view as it is to be kept, its names as they are stored.

    Raises Invalid with everything in it that the viewer could not ask either.
    """
    _, wrong = selected(policy.rights, obj, saved.select, floats=False)
    asked = Query(select=saved.select, order=saved.order)
    wrong = [*wrong, *order.keys(policy.rights, obj, asked)[1]]
    where = ""
    try:
        where = _condition(policy, obj, tree or saved.where)
    except Fault as fault:
        wrong.extend(one.under("where") for one in fault.problems)
    if wrong:
        raise Invalid(wrong)
    return replace(saved, where=where)


def _condition(policy: Policy, obj: str, where: lang.Expression) -> str:
    if not where:
        return ""
    rights = policy.rights
    known = lang.checked(where, rights.snapshot, obj, wants="boolean", sight=rights)
    lang.compiled(known, alias="t", sight=rights)
    return lang.written(known.node)


def _selects(policy: Policy, obj: str, text: str) -> bool:
    def found() -> Sequence[Problem]:
        return selected(policy.rights, obj, (text,), floats=False)[1]

    return not policy.rights.recent(("view selects", obj, text), found)


def _orders(policy: Policy, obj: str, text: str, select: tuple[str, ...]) -> bool:
    asked = Query(select=select, order=(text,))

    def found() -> Sequence[Problem]:
        return order.keys(policy.rights, obj, asked)[1]

    return not policy.rights.recent(("view orders", obj, asked), found)


def _identity(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _unknown(name: str) -> Invalid:
    return Invalid([problem(UnknownView, at="view", name=name)])
