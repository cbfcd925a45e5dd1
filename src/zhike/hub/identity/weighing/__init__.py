"""What speaks for two records being the same party, field by field, and how sure that makes it."""

from zhike.hub.identity.weighing.judge import Judge, Judges, Weighed, judge
from zhike.hub.identity.weighing.learned import Learnt, weights
from zhike.hub.identity.weighing.near import ALIKE, summed
from zhike.hub.identity.weighing.thresholds import Thresholds, thresholds

__all__ = [
    "ALIKE",
    "Judge",
    "Judges",
    "Learnt",
    "Thresholds",
    "Weighed",
    "judge",
    "summed",
    "thresholds",
    "weights",
]
