"""
Reading records: the only way out.

Every function takes the policy of whoever asks; there is none without. PostgreSQL makes the JSON
and its bytes are passed on.
"""

from zhike.store.read.changes import changes
from zhike.store.read.groups import GROUPING, Grouping, grouped, groups, read_grouping
from zhike.store.read.history import history, typed_in
from zhike.store.read.one import Found, is_noted, one, parts, some, titles
from zhike.store.read.page import (
    columns,
    condition,
    confirmed,
    count,
    identities,
    page,
    readable,
    related,
    stream,
)
from zhike.store.read.past import then
from zhike.store.read.plan.select import Item
from zhike.store.read.query import MEMBERS, MOST, Query, read_query
from zhike.store.read.reveal import reveal
from zhike.store.read.timeline import timeline
from zhike.store.read.views import judged, trimmed, unfolded, usable

__all__ = [
    "GROUPING",
    "MEMBERS",
    "MOST",
    "Found",
    "Grouping",
    "Item",
    "Query",
    "changes",
    "columns",
    "condition",
    "confirmed",
    "count",
    "grouped",
    "groups",
    "history",
    "identities",
    "is_noted",
    "judged",
    "one",
    "page",
    "parts",
    "read_grouping",
    "read_query",
    "readable",
    "related",
    "reveal",
    "some",
    "stream",
    "then",
    "timeline",
    "titles",
    "trimmed",
    "typed_in",
    "unfolded",
    "usable",
]
