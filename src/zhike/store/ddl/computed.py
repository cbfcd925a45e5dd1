"""
What a stored formula is in PostgreSQL: a generated column, with everything it reads written out.

A generated column may not read another one, so a formula that reads a formula holds it whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from zhike.kernel.sql import NOTHING, Sql, ident, sql
from zhike.lang import told
from zhike.meta import Field, Object, Snapshot
from zhike.store.catalog import Settled
from zhike.store.ddl.columns import generated
from zhike.store.ddl.literal import inlined


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOut:
    """A sight for definitions: it sees every column, and through every formula to what it reads."""

    settled: Settled

    def rows(self, object: str, alias: str) -> Sql:  # noqa: A002 - the protocol's words
        """See every record."""
        return NOTHING

    def column(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - the protocol's word
        """Give a column, or what a formula is made of."""
        known = self.settled.snapshot.objects[object].fields[field]
        if known.kind.name != "formula":
            return ident(alias, field) if alias else ident(field)
        value = told(self.settled.checked[object, field], alias=alias, sight=self)
        return sql("({value})", value=value)

    def plain(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - the protocol's word
        """See everything as it is."""
        return NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two configurations a plan lies between."""

    settled: Settled

    @property
    def snapshot(self) -> Snapshot:
        """What there is on this side."""
        return self.settled.snapshot

    def value(self, object_: Object, field: Field) -> Sql:
        """Give what a stored formula is made of, as text without parameters."""
        checked = self.settled.checked[object_.key, field.key]
        sight = WrittenOut(settled=self.settled)
        return inlined(told(checked, alias="", sight=sight))

    def formulas(self, object_: Object) -> Iterator[Field]:
        """Give the fields of an object that are generated columns."""
        return (one for one in object_.fields.values() if generated(one))

    def readers(self, object_: Object, key: str) -> Iterator[Field]:
        """Give the generated columns that read a column, be it through other formulas."""
        for formula in self.formulas(object_):
            if key in self._read(object_, formula.key, frozenset()):
                yield formula

    def _read(self, object_: Object, key: str, seen: frozenset[str]) -> frozenset[str]:
        checked = self.settled.checked.get((object_.key, key))
        if checked is None or key in seen:
            return frozenset()
        own = {name for of, name in checked.reads if of == object_.key}
        deeper = (self._read(object_, name, seen | {key}) for name in own)
        return frozenset(own).union(*deeper)
