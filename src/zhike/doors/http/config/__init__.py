"""The configuration over HTTP: documents read, written, planned, applied, taken back."""

from zhike.doors.http.config import (
    apps,
    changing,
    demo,
    documents,
    files,
    objects,
    proposing,
    removed,
    renewing,
)

ROUTES = (
    proposing.ROUTES,
    files.ROUTES,
    changing.ROUTES,
    documents.ROUTES,
    objects.ROUTES,
    removed.ROUTES,
    apps.ROUTES,
    demo.ROUTES,
    renewing.ROUTES,
)

__all__ = ["ROUTES"]
