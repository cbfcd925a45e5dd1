"""What has just been written, told to the planner."""

from collections.abc import Iterable

from zhike.kernel.sql import ident, joined, sql
from zhike.kernel.tx import Tx


async def counted(tx: Tx, tables: Iterable[str]) -> None:
    """Let the planner know at once what has come; it would learn of it a minute later."""
    await tx.run(sql("ANALYZE {tables}", tables=joined(ident(one) for one in tables)))
