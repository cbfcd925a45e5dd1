"""The table `zhike.region`: the administrative divisions where SQL can join them."""

from pathlib import Path

from zhike.kernel.queries import load
from zhike.kernel.sql import ident
from zhike.kernel.tx import Tx
from zhike.meta.regions import VERSION, rows

QUERIES = load(Path(__file__).with_name("regions.sql"))


async def load_regions(tx: Tx) -> bool:
    """Fill the table if it holds another edition; tell whether it did."""
    if await tx.value(QUERIES["edition"]()) == VERSION:
        return False
    await tx.run(QUERIES["lock_regions"]())
    await tx.run(QUERIES["empty_regions"]())
    await tx.copy_in(ident("zhike", "region"), ("code", "name", "path"), rows())
    await tx.run(QUERIES["note_edition"](version=VERSION))
    return True
