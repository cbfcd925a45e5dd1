"""What speaks for two records being the same party, field by field, and how sure that makes it."""

from zhike.hub.identity.weighing.judge import Judge, Weighed, judge
from zhike.hub.identity.weighing.learned import Learnt, learned
from zhike.hub.identity.weighing.near import ALIKE, summed
from zhike.hub.identity.weighing.thresholds import Thresholds, thresholds

__all__ = [
    "ALIKE",
    "Judge",
    "Learnt",
    "Thresholds",
    "Weighed",
    "judge",
    "learned",
    "summed",
    "thresholds",
]
