"""
Which fields of an object matter to a write, worked out once per snapshot.

Pure: it reads the snapshot and gives names and SQL, never a value of a record.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from zhike.kernel.sql import Sql, ident, joined, sql, vetted
from zhike.meta import Field, Object, Snapshot, depending
from zhike.store.alike import looked_for
from zhike.store.attached import HOLDING
from zhike.store.search import Searching, searching
from zhike.store.titles import Titling, titling

FILE = "file"
"""What attachments point at; it is no object of the configuration."""
PEOPLE = {"user": "user", "users": "user", "department": "department"}
ROOM = 512
"""How many statements are kept for one object."""
INCOMPARABLE = frozenset({"point", "json"})
"""Column types that have no equality; they are compared as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What writing to one object has to know about it."""

    object: Object
    searching: Searching
    titling: Titling | None
    match: frozenset[str]
    """The fields that identity looks at."""
    links: Mapping[str, str]
    """The link table of each many-to-many lookup."""
    pointers: Mapping[str, str]
    """The object each field points at: lookups, users, departments, files."""
    depending: Mapping[str, frozenset[str]]
    """The fields whose options depend on others, each with those others."""
    looked_at: frozenset[str]
    """The fields whose old value a change has to know."""
    statements: dict[Hashable, Sql]
    """What was made for this shape and is used again."""

    def kept(self, key: Hashable, make: Callable[[], Sql]) -> Sql:
        """Give the statement under a key, made the first time."""
        found = self.statements.get(key)
        if found is None:
            if len(self.statements) >= ROOM:
                self.statements.clear()
            found = self.statements[key] = make()
        return found

    def definition(self, keys: Iterable[str]) -> Sql:
        """Give the columns of a recordset that holds these fields."""
        return joined(
            sql("{name} {type}", name=ident(key), type=vetted(self.column(key))) for key in keys
        )

    def column(self, key: str) -> str:
        """Give the SQL type of a column, the platform's own included."""
        return OWN_COLUMNS.get(key) or self.object.fields[key].column or "text"

    def comparable(self, key: str, value: Sql) -> Sql:
        """Give a value in a form that has equality."""
        return sql("{value}::text", value=value) if self.column(key) in INCOMPARABLE else value

    def stored(self, keys: Iterable[str]) -> list[str]:
        """Keep the fields that have a column a write can set, in the object's order."""
        wanted = set(keys)
        return [one.key for one in self.object.stored if one.key in wanted]


OWN_COLUMNS = {"zk_search": "tsvector", "zk_match": "text[]", "zk_title": "text"}


def shape(snapshot: Snapshot, key: str) -> Shape:
    """Give what writing to an object has to know, worked out once per snapshot."""
    known: Shape | None = snapshot.memo.get(("shape", key))
    if known is None:
        known = snapshot.memo["shape", key] = _shape(snapshot, snapshot.objects[key])
    return known


def _shape(snapshot: Snapshot, of: Object) -> Shape:
    match = snapshot.matches.get(of.key)
    compared = {key for one in match.keys for key in one.fields} if match else set()
    compared |= set(match.unless_differs) if match else set()
    compared |= {key for some in looked_for(match, of) for key in some}
    search = searching(snapshot, of)
    pointers = {one.key: one.target for one in of.fields.values() if one.target and _holds_ids(one)}
    pointers |= {one.key: FILE for one in of.fields.values() if one.kind.name in HOLDING}
    unique = {key for keys in of.unique for key in keys}
    looked_at = {*search.fields, *compared, *unique, *pointers, "owner", "department"}
    dependent = depending(of)
    looked_at |= {key for pair in dependent.items() for key in (pair[0], *pair[1])}
    return Shape(
        object=of,
        searching=search,
        titling=titling(of),
        match=frozenset(compared),
        links={
            one.key: f"{of.table}__{one.key}"
            for one in of.fields.values()
            if one.kind.name == "lookups"
        },
        pointers=pointers,
        depending=dependent,
        looked_at=frozenset(looked_at),
        statements={},
    )


def _holds_ids(field: Field) -> bool:
    return field.kind.name in {"lookup", "lookups", *PEOPLE} and (
        not field.system or field.key in {"owner", "department", "created_by"}
    )
