"""The logs over HTTP: read, taken away and verified by those who audit; one's own sign-ins."""

from zhike.doors.http.trail import files, logs

ROUTES = (files.ROUTES, logs.ROUTES)

__all__ = ["ROUTES"]
