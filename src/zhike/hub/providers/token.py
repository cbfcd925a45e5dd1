"""Is what a provider says about somebody its word, about this sign-in, for us, and of now?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from zhike.hub.providers.faults import TokenRefused

LEEWAY = 60
"""Seconds by which clocks may differ."""
LONGEST = 100_000


class UnknownKey(Exception):
    """The token is signed by a key that was not published when we last looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token has to say to be for us and of this sign-in."""

    issuer: str
    client_id: str
    nonce: str
    algorithms: Sequence[str]
    access_token: str
    now: float


def verified(token: str, keys: KeySet, expected: Expected) -> Mapping[str, Any]:
    """Give the claims of an id token, or refuse it."""
    if len(token) > LONGEST:
        raise TokenRefused(reason="size")
    try:
        read = jwt.decode(token, keys, algorithms=list(expected.algorithms))
        claims = CodeIDToken(
            read.claims,
            read.header,
            options={
                "iss": {"essential": True, "value": expected.issuer},
                "aud": {"essential": True, "value": expected.client_id},
                "sub": {"essential": True},
                "exp": {"essential": True},
                "iat": {"essential": True},
            },
            params={
                "client_id": expected.client_id,
                "nonce": expected.nonce,
                "access_token": expected.access_token,
            },
        )
        claims.validate(now=int(expected.now), leeway=LEEWAY)
    except InvalidKeyIdError as error:
        raise UnknownKey from error
    except (JoseError, AuthlibBaseError) as error:
        raise TokenRefused(reason=getattr(error, "error", "") or type(error).__name__) from error
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise TokenRefused(reason=type(error).__name__) from error
    return dict(claims)
