"""
The company's directory keeps people here over SCIM 2.0: users are people, groups are roles.

Everything it writes goes through `accounts.People`, under the rights of whoever made its key.
"""

from starlette.types import ASGIApp

from zhike.doors.http.scim import discovery, groups, users
from zhike.doors.http.validation import speaking

__all__ = ["create"]


def create() -> ASGIApp:
    """Make the application of SCIM, for the place `SCIM`."""
    app = speaking()
    for routes in (discovery.ROUTES, users.ROUTES, groups.ROUTES, discovery.NOWHERE):
        app.include_router(routes)
    return app
