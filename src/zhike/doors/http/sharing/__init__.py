"""Sharing over HTTP: shares and teams of records, saved views, and records given to others."""

from zhike.doors.http.sharing import giving, records, views

ROUTES = (records.ROUTES, giving.ROUTES, views.ROUTES)

__all__ = ["ROUTES"]
