"""Signing in by more than a password: second factors, passkeys, identity providers."""

from zhike.doors.http.sign_in import methods, passkeys, providers, second_factor, secrets

ROUTES = (
    methods.ROUTES,
    second_factor.ROUTES,
    passkeys.ROUTES,
    providers.BACK,
    providers.ROUTES,
    secrets.ROUTES,
)

__all__ = ["ROUTES"]
