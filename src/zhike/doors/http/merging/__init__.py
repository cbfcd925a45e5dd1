"""Records made one, merges looked at and taken back."""

from zhike.doors.http.merging.merges import ROUTES as MERGES

ROUTES = (MERGES,)

__all__ = ["ROUTES"]
