"""
Roll-ups kept right: when a record changes, the values computed from it in other records follow, in
the same transaction.

None of this gives a record a new version, and it is no news: nobody has changed the record.
"""

from zhike.store.rollups.follow import follow
from zhike.store.rollups.initial import initial
from zhike.store.rollups.web import Dependency, Web, web

__all__ = ["Dependency", "Web", "follow", "initial", "web"]
