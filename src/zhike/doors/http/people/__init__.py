"""Signing in, and the nouns about people: users, departments, roles, keys."""

from zhike.doors.http.people.auth import ROUTES as AUTH

__all__ = ["AUTH"]
