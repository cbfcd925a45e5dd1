"""Signing in by more than a password: second factors, passkeys, identity providers."""

from zhike.doors.http.sign_in import passkeys, second_factor, secrets

ROUTES = (second_factor.ROUTES, passkeys.ROUTES, secrets.ROUTES)

__all__ = ["ROUTES"]
