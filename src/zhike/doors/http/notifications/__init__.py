"""What somebody is told of, over HTTP: listed, read, switched off, and live."""

from fastapi import APIRouter

from zhike.doors.http.notifications import bell, live

ROUTES: tuple[APIRouter, ...] = (live.ROUTES, bell.ROUTES)

__all__ = ["ROUTES"]
