"""
The OpenAPI document of the actual workspace, as one set of roles sees it: objects, fields,
operations.
"""

from zhike.doors.http.openapi.document import document
from zhike.doors.http.openapi.routes import ROUTES

__all__ = ["ROUTES", "document"]
