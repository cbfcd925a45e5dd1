"""Why: decisions explained, who may do what, roles side by side."""

from zhike.doors.http.access import comparing, explaining

ROUTES = (explaining.ROUTES, comparing.ROUTES)

__all__ = ["ROUTES"]
