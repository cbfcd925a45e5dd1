"""
The company's directory keeps people here over SCIM 2.0: users are people, groups are roles.

Everything it writes goes through `accounts.People`, under the rights of whoever made its key.
"""

from zhike.doors.http.scim import discovery, groups, users
from zhike.doors.http.scim.answers import BASE

ROUTES = (discovery.ROUTES, users.ROUTES, groups.ROUTES, discovery.NOWHERE)

__all__ = ["BASE", "ROUTES"]
