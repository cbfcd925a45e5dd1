"""The standardizing kit over HTTP: values tried out, and the base brought to today's standard."""

from zhike.doors.http.standardizing import runs

ROUTES = (runs.ROUTES,)

__all__ = ["ROUTES"]
