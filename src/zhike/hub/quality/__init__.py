"""How good the records are: judged anew every night, told per object as a viewer may see it."""

from zhike.hub.quality.daily import judge_all
from zhike.hub.quality.faults import NotJudged
from zhike.hub.quality.report import report

__all__ = ["NotJudged", "judge_all", "report"]
