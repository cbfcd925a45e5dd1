"""How good the records are, over HTTP: scores, worst fields and owners, day by day."""

from zhike.doors.http.quality import scores

ROUTES = (scores.ROUTES,)

__all__ = ["ROUTES"]
