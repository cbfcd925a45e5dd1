"""
A conversation with PostgreSQL: `kernel.tx.Tx` on one connection, with as few round trips as can be.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from psycopg import pq

from zhike.db.exchange import Answer, Statement, exchange, ordered
from zhike.db.faults import BrokenStatement, translated
from zhike.db.wire import Row, Wire
from zhike.kernel.sql import Sql, ident, joined, sql
from zhike.kernel.tx import Mistaken
from zhike.kernel.viewer import NOWHERE, Origin, Viewer


class Conversation:
    """
    What the floors above get to see of a connection.

    Statements that have to come first (choose the workspace, BEGIN, SAVEPOINT) wait and travel
    together with the next real one.
    """

    def __init__(
        self,
        wire: Wire,
        *,
        viewer: Viewer,
        workspace: str,
        choose: Statement | None,
        first: Iterable[Statement],
    ) -> None:
        self.viewer = viewer
        self.workspace = workspace
        self.origin: Origin = NOWHERE
        self._wire = wire
        self._choose = choose
        self._first = list(first)
        self._owing = False
        self._last = False
        self._over = False
        self._savepoints = 0
        self.presuming = False
        self.presumed = False
        """Whether something was presumed of which the server has not heard yet."""

    @property
    def unchosen(self) -> bool:
        """Whether the server has yet to hear which workspace this connection serves."""
        return self._choose is not None

    @property
    def over(self) -> bool:
        """Whether the commit was sent; if the connection was lost then, nobody knows what of it."""
        return self._over

    def ending(self) -> None:
        """
        Say that the next statement is the last: the commit travels with it.

        If the statement fails, nothing is committed. Only a door may say so.
        """
        self._last = True

    async def commit(self) -> None:
        """Commit, with what was still to be said, unless that is done or nothing was said."""
        untouched = BEGIN in self._first and not self._owing
        if not (self._over or untouched):
            self._last = True
            await self._exchanged([])

    async def run(self, statement: Sql) -> int:
        """Run a statement for its effect; give the number of rows touched."""
        return (await self._executed(statement)).touched

    async def rows(self, statement: Sql) -> Sequence[Row]:
        """Run a statement and give all its rows."""
        return (await self._executed(statement)).rows

    async def row(self, statement: Sql) -> Row | None:
        """Run a statement and give its first row."""
        rows = (await self._executed(statement)).rows
        return rows[0] if rows else None

    async def value(self, statement: Sql) -> Any:
        """Run a statement and give the first column of its first row, or None."""
        row = await self.row(statement)
        return row[0] if row else None

    async def several(self, statements: Sequence[Sql]) -> Sequence[Sequence[Row]]:
        """Run statements in one round trip, in order, and give the rows of each."""
        return [one.rows for one in await self._exchanged([self._bound(one) for one in statements])]

    def soon(self, statement: Sql) -> None:
        """Run a statement for its effect together with the next one, or with the commit."""
        self._demand_open()
        self._first.append(self._bound(statement))
        self._owing = True

    def presume(self, statement: Sql) -> None:
        """Go on as if nothing answered a question; if something does, `Mistaken` is raised."""
        if not self.presuming:
            raise BrokenStatement(reason="nobody is ready to begin again")
        self.soon(statement)
        self.presumed = True

    async def script(self, text: str) -> None:
        """Run statements without parameters, as migrations do."""
        await self.settle()
        with translated():
            await self._wire.cursor().execute(text, prepare=False)

    async def copy_in(
        self, table: Sql, columns: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> int:
        """Send many rows by COPY (text values; None is NULL) and give their number."""
        await self.settle()
        cursor = self._wire.cursor()
        with translated():
            async with cursor.copy(_copying(table, columns)) as copy:
                for row in rows:
                    await copy.write_row(row)
        return cursor.rowcount

    async def pour(self, table: Sql, columns: Sequence[str], lines: bytes) -> int:
        """Send rows by COPY, written as its text format reads them; give their number."""
        await self.settle()
        cursor = self._wire.cursor()
        with translated():
            async with cursor.copy(_copying(table, columns)) as copy:
                await copy.write(lines)
        return cursor.rowcount

    async def stream(self, statement: Sql, *, size: int = 1000) -> AsyncIterator[Sequence[Row]]:
        """Read a large result in pieces through a cursor of the server."""
        alone = self._wire.pgconn.transaction_status == IDLE and BEGIN not in self._first
        if alone:
            self._first.append(BEGIN)
        await self.settle()
        self._savepoints += 1
        text, values, _ = self._bound(statement)
        cursor = self._wire.cursor(f"stream_{self._savepoints}")
        try:
            with translated():
                await cursor.execute(text, values)
                while rows := await cursor.fetchmany(size):
                    yield rows
        finally:
            if not self._wire.closed:
                await cursor.close()
            if alone and not self._wire.closed:
                await self._wire.execute("ROLLBACK")

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what happens inside if it raises, without losing what came before."""
        self._savepoints += 1
        name = f"s{self._savepoints}"
        begin = Statement(f"SAVEPOINT {name}")
        self._first.append(begin)
        try:
            yield
        except Mistaken:
            raise
        except Exception:
            if begin in self._first:
                self._first = self._first[: self._first.index(begin)]
            else:
                self._first = [one for one in self._first if one == BEGIN]
                self._choose = None
                back = (f"ROLLBACK TO {name}", f"RELEASE {name}")
                await self._exchanged([Statement(text) for text in back])
            raise
        if begin in self._first:
            self._first.remove(begin)
        else:
            self._first.append(Statement(f"RELEASE {name}"))

    async def settle(self) -> None:
        """Say what had to come first now, because what follows cannot travel with it."""
        if self._last:
            raise BrokenStatement(reason="the commit cannot travel with this statement")
        if self._first or self._choose:
            await self._exchanged([])

    def _bound(self, statement: Sql) -> Statement:
        values = statement.bound(self.viewer.facts) or None
        return Statement(statement.text, values, statement.custom)

    async def _executed(self, statement: Sql) -> Answer:
        return (await self._exchanged([self._bound(statement)]))[0]

    async def _exchanged(self, statements: Sequence[Statement]) -> list[Answer]:
        """Say what has to come first and then the rest, all at once; give what came of the rest."""
        self._demand_open()
        choose = self._choose
        first = [choose, *self._first] if choose else self._first
        last = [COMMIT] if self._last else []
        with translated():
            orders = ordered(self._wire, [*first, *statements, *last])
            self._first, self._over, self.presumed = [], self._last, False
            answers = await exchange(self._wire, orders)
        # Not before: what fails outside of a transaction takes back the choice sent along with it.
        self._choose = None
        if last and answers.pop().word != "COMMIT":
            raise BrokenStatement(reason="a failed transaction cannot be committed")
        return answers[len(first) :]

    def _demand_open(self) -> None:
        if self._over:
            raise BrokenStatement(reason="the transaction has ended")


def _copying(table: Sql, columns: Sequence[str]) -> str:
    return sql(
        "COPY {table} ({columns}) FROM STDIN",
        table=table,
        columns=joined(ident(name) for name in columns),
    ).text


BEGIN, COMMIT = Statement("BEGIN"), Statement("COMMIT")
IDLE = pq.TransactionStatus.IDLE
