"""
Renewals: what programs derive from all records derived anew, by the rules of today.

A start notes what is stale and goes on; a job does it in chunks, from where it stands.
"""

from zhike.packs.renewal.chunk import stale, whole
from zhike.packs.renewal.columns import VERSIONS, columns
from zhike.packs.renewal.ledger import Renewal, latest
from zhike.packs.renewal.run import AT_START, begin, run

__all__ = ["AT_START", "VERSIONS", "Renewal", "begin", "columns", "latest", "run", "stale", "whole"]
