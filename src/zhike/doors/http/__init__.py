"""The HTTP door: API.md, and nothing that API.md does not say."""

from zhike.doors.http.app import create

__all__ = ["create"]
