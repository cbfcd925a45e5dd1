"""Hand-overs over HTTP: what a person is in charge of, who would get it, the run, the way back."""

from zhike.doors.http.handover import handovers

ROUTES = (handovers.ROUTES,)

__all__ = ["ROUTES"]
