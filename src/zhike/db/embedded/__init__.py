"""
The database server that comes along: PostgreSQL 18 from a wheel, run inside the home.

All `zhike` processes of a home share one server. It starts with the first of them and stops with
the last, however that one ends. It answers on a socket that only its owner can reach, never over
TCP.
"""

from zhike.db.embedded.join import Membership, join

__all__ = ["Membership", "join"]
