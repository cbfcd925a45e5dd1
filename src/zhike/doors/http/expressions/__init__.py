"""Expressions over HTTP: what is wrong with one, what it gives, and what it can be made of."""

from zhike.doors.http.expressions import checking

ROUTES = (checking.ROUTES,)

__all__ = ["ROUTES"]
