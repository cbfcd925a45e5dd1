"""Understood tree → SQL: the one compiler, for filters, scopes, formulas, rules and measures alike."""

from zhike.lang.sql.conditions import RULES
from zhike.lang.sql.writer import Pen

__all__ = ["RULES", "Pen"]
