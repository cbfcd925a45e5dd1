"""
The records of every object over HTTP: plain Starlette routes that pass PostgreSQL's bytes on.

One record or one page is what this product is asked for all day, so nothing stands between the gate
and these functions.
"""

from zhike.doors.http.records.routes import ROUTES

__all__ = ["ROUTES"]
