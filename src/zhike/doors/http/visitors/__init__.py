"""Public forms over HTTP: their addresses, kept by who configures, and what strangers do there."""

from zhike.doors.http.visitors import addresses, filling

ROUTES = (addresses.ROUTES, filling.ROUTES)

__all__ = ["ROUTES"]
