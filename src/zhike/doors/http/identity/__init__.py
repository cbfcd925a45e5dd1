"""Who is who over HTTP: runs over the whole base, what they found, and what people say to it."""

from zhike.doors.http.identity import cards, runs

ROUTES = (cards.ROUTES, runs.ROUTES)

__all__ = ["ROUTES"]
