"""Runs over the whole base: who is the same, learnt from the records themselves, without labels."""

from zhike.hub.identity.runs.ledger import Run, found, last, listed
from zhike.hub.identity.runs.review import SURE, Wanted, clusters, decide, pairs
from zhike.hub.identity.runs.run import ask, run

__all__ = [
    "SURE",
    "Run",
    "Wanted",
    "ask",
    "clusters",
    "decide",
    "found",
    "last",
    "listed",
    "pairs",
    "run",
]
