"""Records made one, merges looked at and taken back; one by one, or the clusters of a run."""

from zhike.doors.http.merging import batches, merges

ROUTES = (merges.ROUTES, batches.ROUTES)

__all__ = ["ROUTES"]
