"""
试导入: what a draft would do, cell by cell, before anything is written.

The same steps as a run, without those that write; the findings lie in tables of their own.
"""

from collections.abc import Mapping, Sequence

from zhike.access import Policy
from zhike.hub.ingest.rehearsal.findings import BITS, Kind
from zhike.hub.ingest.rehearsal.ledger import Rehearsal, described, forget_old, latest, page
from zhike.hub.ingest.rehearsal.run import ask, rehearse
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json

Line = Mapping[str, Json]
"""One line with its findings, as the API shows it."""

__all__ = [
    "BITS",
    "Kind",
    "Line",
    "Rehearsal",
    "ask",
    "forget_old",
    "latest",
    "lines",
    "rehearse",
]


async def lines(  # noqa: PLR0913 - a page of a list
    tx: Tx,
    policy: Policy,
    one: Rehearsal,
    *,
    kinds: Sequence[Kind],
    after: int,
    limit: int,
    language: Language,
) -> list[Line]:
    """Give a page of findings, those of any of the kinds or all of them."""
    rows = await page(tx, one, kinds=kinds, after=after, limit=limit)
    return described(one, policy.snapshot.objects[one.object], rows, language)
