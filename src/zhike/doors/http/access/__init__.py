"""Why: decisions explained, who may do what, roles side by side."""

from zhike.doors.http.access import comparing, explaining, view_as

ROUTES = (explaining.ROUTES, comparing.ROUTES, view_as.ROUTES)

__all__ = ["ROUTES"]
