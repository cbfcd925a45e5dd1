"""
Understood tree → SQL: the one compiler, for filters, scopes, formulas, rules and measures alike.
"""

from zhike.lang.sql.conditions import RULES, is_alternative
from zhike.lang.sql.writer import Pen

__all__ = ["RULES", "Pen", "is_alternative"]
