"""Options that depend on the value of another field: a city on its province."""

from zhike.meta.depending.check import dependence_problems
from zhike.meta.depending.judging import depending, unfit

__all__ = ["dependence_problems", "depending", "unfit"]
