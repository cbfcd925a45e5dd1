"""
What the asker may see, as far as this floor must know: a protocol that `access` fulfils.

`FULL_SIGHT` is the platform's own view: formulas, roll-ups and scopes are computed under it.
"""

from typing import Protocol

from zhike.kernel.sql import NOTHING, Sql, ident


class Sight(Protocol):
    """Which records and fields there are for somebody."""

    def rows(self, object: str, alias: str) -> Sql:  # noqa: A002 - the word for it here
        """Give the condition that a record is there; `NOTHING` if every one is."""
        ...

    def column(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - as above
        """
        Give a field's value as it may be asked about.

        Raises `UnknownField` if it is hidden and another fault if it may be seen but not asked
        about.
        """
        ...

    def plain(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - as above
        """
        Give the condition that a record shows a field as it is; `NOTHING` if every one does.

        For what has no column to leave empty: the links of a many-to-many lookup.
        """
        ...


class FullSight:
    """Sees everything. Without an alias a column stands alone, as in a generated column."""

    def rows(self, object: str, alias: str) -> Sql:  # noqa: A002 - the protocol's word
        """Leave nothing out."""
        return NOTHING

    def column(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - as above
        """Give the column itself."""
        return ident(alias, field) if alias else ident(field)

    def plain(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - as above
        """Leave nothing out."""
        return NOTHING


FULL_SIGHT: Sight = FullSight()
