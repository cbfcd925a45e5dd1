"""Company registers: searched while typing, and filling what is blank."""

from zhike.doors.http.enrichment import routes

ROUTES = (routes.ROUTES,)

__all__ = ["ROUTES"]
