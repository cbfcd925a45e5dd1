"""Signing in, and the nouns about people: users, departments, roles, keys."""

from zhike.doors.http.people import auth, departments, grants, keys, me, roster, users

ROUTES = (
    auth.ROUTES,
    me.ROUTES,
    roster.ROUTES,
    users.ROUTES,
    grants.ROUTES,
    departments.ROUTES,
    keys.ROUTES,
)

__all__ = ["ROUTES"]
