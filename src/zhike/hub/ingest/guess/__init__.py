"""What a sheet seems to mean for an object: where its head is and where its columns go. Pure."""

from zhike.hub.ingest.guess.header import Found, at, found
from zhike.hub.ingest.guess.kin import Kin, called, with_kin
from zhike.hub.ingest.guess.mapping import Column, Names, mapped, names, times
from zhike.hub.ingest.guess.names import fold
from zhike.hub.ingest.guess.proposal import Proposal, proposal

__all__ = [
    "Column",
    "Found",
    "Kin",
    "Names",
    "Proposal",
    "at",
    "called",
    "fold",
    "found",
    "mapped",
    "names",
    "proposal",
    "times",
    "with_kin",
]
