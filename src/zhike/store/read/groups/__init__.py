"""Groups: the records that answer a question, counted and summed by the values of one field."""

from zhike.store.read.groups.asked import GROUPING, Grouping, read_grouping
from zhike.store.read.groups.groups import grouped, groups

__all__ = ["GROUPING", "Grouping", "grouped", "groups", "read_grouping"]
