"""待确认: lines that seem to be there already, kept for a person to decide about."""

from zhike.hub.ingest.review.decide import Decided, Decision, decide
from zhike.hub.ingest.review.waiting import keep, waiting

__all__ = ["Decided", "Decision", "decide", "keep", "waiting"]
