"""
The base brought to the standard of today: looked at first, changed as a job, taken back as a whole.
"""

from zhike.hub.standardize.again.faults import NotReady, RunUnderWay, UnknownStandardRun
from zhike.hub.standardize.again.ledger import StandardRun, found, some
from zhike.hub.standardize.again.run import run
from zhike.hub.standardize.again.samples import sampled
from zhike.hub.standardize.again.spec import AgainSpec
from zhike.hub.standardize.again.start import begin, look, undo

__all__ = [
    "AgainSpec",
    "NotReady",
    "RunUnderWay",
    "StandardRun",
    "UnknownStandardRun",
    "begin",
    "found",
    "look",
    "run",
    "sampled",
    "some",
    "undo",
]
