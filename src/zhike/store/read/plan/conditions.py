"""
Which records a query speaks of: sight, recycle bin, the caller's condition, and what is searched.

The viewer's sight is always one of the conditions; no statement is built here without it.
"""

import json
from collections.abc import Iterator

from zhike import lang
from zhike.access import Rights
from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.sql import Sql, either, every, ident, sql
from zhike.store.read.plan.select import RECORD
from zhike.store.read.query import Query
from zhike.store.search import Searching, searching
from zhike.store.views import ViewBeyondSight


def sight(rights: Rights, obj: str, *, deleted: bool, exporting: bool) -> Sql:
    """
    Give the condition that stands before every other one.

    The recycle bin shows what one may take out of it: the records one may delete.
    """
    key = ("sight", obj, deleted, exporting)
    return rights.kept(key, lambda: _sight(rights, obj, deleted=deleted, exporting=exporting))


def _sight(rights: Rights, obj: str, *, deleted: bool, exporting: bool) -> Sql:
    gone = ident(RECORD, "deleted_at")
    held = [sql("{gone} IS NOT NULL" if deleted else "{gone} IS NULL", gone=gone)]
    held.append(rights.rows(obj, RECORD, "delete" if deleted else "read"))
    if exporting:
        held.append(rights.rows(obj, RECORD, "export"))
    return every(dict.fromkeys(held))


def asked(rights: Rights, obj: str, query: Query) -> tuple[Sql, list[Problem]]:
    """Give the condition that the caller wrote and searches by, and what is wrong with it."""
    wrong: list[Problem] = []
    held: list[Sql] = []
    for at, condition in _written(query):
        try:
            checked = lang.checked(condition, rights.snapshot, obj, wants="boolean", sight=rights)
            held.append(lang.compiled(checked, alias=RECORD, sight=rights))
        except Fault as fault:
            hidden = at == "view"
            told = (problem(ViewBeyondSight),) if hidden else fault.problems
            wrong.extend(one.under(at) for one in told)
    if query.search:
        held.extend(_searched(rights, obj, query.search))
    return (every(held) if any(held) else Sql()), wrong


def _written(query: Query) -> Iterator[tuple[str, lang.Expression]]:
    if query.where:
        yield "where", query.where
    if query.tree:
        yield "where", json.loads(query.tree)
    if query.within:
        yield "view", query.within


def _searched(rights: Rights, obj: str, text: str) -> Iterator[Sql]:
    """
    Ask for every word, each in one of the fields that a record shows plainly.

    A field seen on some records only is asked on those.
    """
    how = searching(rights.snapshot, rights.snapshot.objects[obj])
    always, sometimes = _searchable(rights, obj, how)
    if not sometimes:
        yield from _matches(how.asked(text, always))
        return
    for word in text.split():
        ways = list(_matches(how.asked(word, always)))
        for field, where in sometimes.items():
            ways.extend(
                sql("{where} AND {match}", where=where, match=match)
                for match in _matches(how.asked(word, (field,)))
            )
        if ways:
            yield either(ways)


def _searchable(rights: Rights, obj: str, how: Searching) -> tuple[list[str], dict[str, Sql]]:
    always: list[str] = []
    sometimes: dict[str, Sql] = {}
    for key in how.fields:
        if rights.level(obj, key) not in ("read", "write"):
            continue
        if where := rights.plain(obj, key, RECORD):
            sometimes[key] = where
        else:
            always.append(key)
    return always, sometimes


def _matches(question: Sql | None) -> Iterator[Sql]:
    if question is not None:
        yield sql("{tokens} @@ {question}", tokens=ident(RECORD, "zk_search"), question=question)
