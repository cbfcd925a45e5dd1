"""The configuration over HTTP: documents read, written, planned, applied, taken back."""

from zhike.doors.http.config import changing, documents

ROUTES = (changing.ROUTES, documents.ROUTES)

__all__ = ["ROUTES"]
