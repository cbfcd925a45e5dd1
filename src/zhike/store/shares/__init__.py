"""
Sharing: a record or a saved view opened to people, departments and roles, as far as whoever shares
it may go; and the team that works on a record together.

A share opens one record: no field that the role hides, and nothing that belongs to the record.
"""

from zhike.store.shares.grantees import Grantee
from zhike.store.shares.lapse import clean, follow
from zhike.store.shares.merging import Held, held, member, put
from zhike.store.shares.shared import Wanted, listed, share, share_many, unshare
from zhike.store.shares.views import share_view, unshare_view, view_shares

__all__ = [
    "Grantee",
    "Held",
    "Wanted",
    "clean",
    "follow",
    "held",
    "listed",
    "member",
    "put",
    "share",
    "share_many",
    "share_view",
    "unshare",
    "unshare_view",
    "view_shares",
]
