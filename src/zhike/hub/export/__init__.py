"""
Records going out as a file: xlsx, csv or parquet, under the policy of whoever asks.

Row, field and mask rules hold here as in a list; there is no other way to the data.
"""

from zhike.hub.export.kinds import FORMATS
from zhike.hub.export.ledger import Export, found
from zhike.hub.export.run import ask, run

__all__ = ["FORMATS", "Export", "ask", "found", "run"]
