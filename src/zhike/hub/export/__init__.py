"""
Records going out as a file: xlsx, csv or parquet, under the policy of whoever asks.

Row, field and mask rules hold here as in a list; there is no other way to the data. Every file
carries a trace id, is approved where the workspace asks for it, and comes to an end.
"""

from zhike.hub.export.ask import ask
from zhike.hub.export.decide import Verdict, cancel, decide, mine, own, to_decide, traced
from zhike.hub.export.expire import expire
from zhike.hub.export.fetch import Ready, fetched
from zhike.hub.export.kinds import FORMATS
from zhike.hub.export.ledger import Export, State, described, evidence, outline
from zhike.hub.export.run import run
from zhike.hub.export.shelf import path

__all__ = [
    "FORMATS",
    "Export",
    "Ready",
    "State",
    "Verdict",
    "ask",
    "cancel",
    "decide",
    "described",
    "evidence",
    "expire",
    "fetched",
    "mine",
    "outline",
    "own",
    "path",
    "run",
    "to_decide",
    "traced",
]
