"""Ten-second entry over HTTP: a pasted text in, drafts with their duplicates out."""

from zhike.doors.http.parsing import drafts

ROUTES = (drafts.ROUTES,)

__all__ = ["ROUTES"]
