"""Sweeps over HTTP: how far a bulk act is, whom it left out, breaking it off, the way back."""

from zhike.doors.http.sweeps import sweeps

ROUTES = (sweeps.ROUTES,)

__all__ = ["ROUTES"]
