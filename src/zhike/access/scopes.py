"""
Scopes → SQL: which records some scopes mean, as a predicate over one alias.

Nothing in a predicate belongs to one viewer: who asks is a hole, filled when the statement runs.
"""

from zhike import lang
from zhike.access.grants import NOBODY, Scopes
from zhike.kernel.faults import Fault
from zhike.kernel.sql import NOTHING, Sql, asker, either, ident, sql
from zhike.meta import Snapshot


def predicate(scopes: Scopes, snapshot: Snapshot, obj: str, alias: str) -> Sql:
    """
    Give the condition that a record lies in one of some scopes; `NOTHING` if every record does.
    """
    if scopes == NOBODY:
        return sql("false")
    if "all" in scopes:
        return NOTHING
    held = either(_one(scope, snapshot, obj, alias) for scope in sorted(scopes))
    # Closed in itself, so that no template it is put into can tear it apart.
    return sql("({held})", held=held) if len(scopes) > 1 else held


def _one(scope: str, snapshot: Snapshot, obj: str, alias: str) -> Sql:
    match scope:
        case "own":
            return sql("{one} = {me}", one=ident(alias, "owner"), me=asker("id", "uuid"))
        case "department":
            return _among(alias, "departments")
        case "departments":
            return _among(alias, "below")
        case _:
            return _condition(scope, snapshot, obj, alias)


def _among(alias: str, fact: str) -> Sql:
    return sql("{one} = ANY({those})", one=ident(alias, "department"), those=asker(fact, "uuid[]"))


def _condition(scope: str, snapshot: Snapshot, obj: str, alias: str) -> Sql:
    try:
        return lang.predicate(scope, snapshot, obj, alias, lang.FULL_SIGHT)
    except Fault:
        # A role is checked when it is saved. Should a later change of an object break it all the
        # same, the role shows less, never more.
        return sql("false")
