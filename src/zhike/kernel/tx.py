"""
What the floors above `db` may ask of a connection: a protocol, so that they need not know the
driver.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, LiteralString, Protocol

from zhike.kernel.sql import Sql, sql
from zhike.kernel.viewer import Origin, Viewer

Row = tuple[Any, ...]


class Mistaken(Exception):
    """Something was presumed that is not so: the transaction is void, and its door begins again."""


PRESUMED: LiteralString = (
    "SELECT coalesce('presumed free, but there is ' || q.id, 'presumed')::uuid"
)


def unanswered(question: Sql) -> Sql:
    """
    Give a question, whose answers have an `id`, as a statement that fails if anything answers it.

    Where nothing does, nothing is read that cannot be. The server keeps a line in its log of one
    that failed, as of every error.
    """
    return sql(PRESUMED + " FROM ({question} LIMIT 1) AS q", question=question)


class Tx(Protocol):
    """
    A conversation with PostgreSQL in one workspace on behalf of one viewer.

    Inside `Database.transaction` it is one transaction, opened and closed by a door. Inside
    `Database.reading` each statement stands alone.
    """

    @property
    def viewer(self) -> Viewer:
        """Whose facts fill the `Asker` holes."""
        ...

    @property
    def workspace(self) -> str:
        """The slug of the workspace; its schema is first in the search path."""
        ...

    @property
    def origin(self) -> Origin:
        """From where and why it is held, for the logs."""
        ...

    @property
    def presuming(self) -> bool:
        """Whether the door is ready to begin again, should something be other than presumed."""
        ...

    async def run(self, statement: Sql) -> int:
        """Run a statement for its effect; give the number of rows touched."""
        ...

    async def rows(self, statement: Sql) -> Sequence[Row]:
        """Run a statement and give all its rows."""
        ...

    async def row(self, statement: Sql) -> Row | None:
        """Run a statement and give its first row."""
        ...

    async def value(self, statement: Sql) -> Any:
        """Run a statement and give the first column of its first row, or None."""
        ...

    async def several(self, statements: Sequence[Sql]) -> Sequence[Sequence[Row]]:
        """Run statements in one round trip, in order, and give the rows of each."""
        ...

    def soon(self, statement: Sql) -> None:
        """
        Run a statement for its effect in one round trip with the next one, or with the commit.

        What goes wrong with it is told there.
        """
        ...

    def presume(self, statement: Sql) -> None:
        """
        Go on as if nothing answered what is `unanswered`; it travels as `soon` does.

        If something answers, nothing that follows is run, and `Mistaken` is raised there. Only to
        be used while `presuming`.
        """
        ...

    async def script(self, text: str) -> None:
        """Run statements without parameters, as migrations do."""
        ...

    async def copy_in(
        self, table: Sql, columns: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> int:
        """Send many rows by COPY (text values; None is NULL) and give their number."""
        ...

    async def pour(self, table: Sql, columns: Sequence[str], lines: bytes) -> int:
        """Send rows by COPY, written as its text format reads them; give their number."""
        ...

    def stream(self, statement: Sql, *, size: int = 1000) -> AsyncIterator[Sequence[Row]]:
        """Read a large result in pieces through a cursor of the server."""
        ...

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what happens inside if it raises, without losing what came before."""
        ...
