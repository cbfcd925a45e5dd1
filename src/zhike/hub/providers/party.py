"""
Sending people to a provider and taking them back: discovery, the code exchanged, the token judged.

What providers publish is remembered for a while per process. A token signed by an unknown key makes
us look for new keys, but not more often than every few seconds: anybody can invent a key.
"""

import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic, time
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from zhike.hub.providers.claims import Voucher, missing, refuse_other_domains, voucher
from zhike.hub.providers.faults import ProviderBroken, ProviderRefused, TokenRefused
from zhike.hub.providers.metadata import Metadata, fetched, json_from, parsed
from zhike.hub.providers.token import Expected, UnknownKey, verified
from zhike.meta import IdentityProviderSpec
from zhike.outbound import Http, HttpAnswer, PrivateHosts, client

HOUR = 3600.0
PAUSE = 10.0
"""Seconds between two looks for new keys."""
MOST = 200

Client = Callable[[PrivateHosts], AbstractAsyncContextManager[Http]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Somebody on the way to a provider, and what has to come back with them."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody on the way back."""

    code: str
    issuer: str | None
    nonce: str
    verifier: str
    back: str
    """The address they were told to come back to."""
    secret: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Something a provider published, and when we read it."""

    value: Any
    at: float


class Providers:
    """What this process knows of identity providers."""

    def __init__(self, *, lent: Client = client) -> None:
        self._lent = lent
        self._metadata: dict[tuple[str, PrivateHosts], Known] = {}
        self._keys: dict[tuple[str, PrivateHosts], Known] = {}

    async def departure(
        self, spec: IdentityProviderSpec, *, private: PrivateHosts, back: str
    ) -> Departure:
        """Say where to send somebody who wants to sign in."""
        async with self._lent(private) as http:
            about = await self._about(http, spec, private)
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        url = prepare_grant_uri(
            about.authorization,
            spec.client_id,
            "code",
            redirect_uri=back,
            scope=" ".join(dict.fromkeys(("openid", *spec.scopes))),
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return Departure(url=url, state=state, nonce=nonce, verifier=verifier)

    async def identified(
        self, spec: IdentityProviderSpec, arrival: Arrival, *, private: PrivateHosts
    ) -> Voucher:
        """Give whom the provider vouches for."""
        async with self._lent(private) as http:
            about = await self._about(http, spec, private)
            if arrival.issuer != about.issuer and (arrival.issuer or about.names_itself):
                raise TokenRefused(reason="iss")
            tokens = await _exchanged(http, about, spec, arrival)
            expected = Expected(
                issuer=about.issuer,
                client_id=spec.client_id,
                nonce=arrival.nonce,
                algorithms=spec.algorithms,
                access_token=tokens["access_token"],
                now=time(),
            )
            claims = await self._judged(
                http, about, token=tokens["id_token"], expected=expected, private=private
            )
            if about.userinfo and missing(claims, spec):
                claims = await _more(http, about, claims, access_token=tokens["access_token"])
        person = voucher(claims, spec)
        refuse_other_domains(person, spec)
        return person

    async def _about(
        self, http: Http, spec: IdentityProviderSpec, private: PrivateHosts
    ) -> Metadata:
        found = self._metadata.get((spec.issuer, private))
        if found is not None and monotonic() - found.at < HOUR:
            metadata: Metadata = found.value
            return metadata
        metadata = await fetched(http, spec.issuer, private=private)
        _remember(self._metadata, (spec.issuer, private), metadata)
        return metadata

    async def _judged(
        self,
        http: Http,
        about: Metadata,
        *,
        token: str,
        expected: Expected,
        private: PrivateHosts,
    ) -> Mapping[str, Any]:
        keys = await self._published(http, about, private, younger=HOUR)
        try:
            return verified(token, keys, expected)
        except UnknownKey:
            keys = await self._published(http, about, private, younger=PAUSE)
        try:
            return verified(token, keys, expected)
        except UnknownKey as error:
            raise TokenRefused(reason="kid") from error

    async def _published(
        self, http: Http, about: Metadata, private: PrivateHosts, *, younger: float
    ) -> KeySet:
        found = self._keys.get((about.keys, private))
        if found is not None and monotonic() - found.at < younger:
            known: KeySet = found.value
            return known
        said = await json_from(http, about.keys, issuer=about.issuer)
        try:
            keys: KeySet = KeySet.import_key_set(said)
        except (JoseError, ValueError, TypeError, LookupError, AttributeError) as error:
            raise ProviderBroken(issuer=about.issuer, reason="jwks_uri") from error
        _remember(self._keys, (about.keys, private), keys)
        return keys


def _remember(
    known: dict[tuple[str, PrivateHosts], Known], key: tuple[str, PrivateHosts], value: Any
) -> None:
    if len(known) >= MOST:
        known.clear()
    known[key] = Known(value=value, at=monotonic())


async def _exchanged(
    http: Http, about: Metadata, spec: IdentityProviderSpec, arrival: Arrival
) -> Mapping[str, str]:
    """Exchange the code for tokens."""
    form = {
        "grant_type": "authorization_code",
        "code": arrival.code,
        "redirect_uri": arrival.back,
        "code_verifier": arrival.verifier,
    }
    headers = {"accept": "application/json"}
    match arrival.secret, spec.shown_in:
        case None, _:
            form["client_id"] = spec.client_id
        case secret, "header":
            shown = f"{_encoded(spec.client_id)}:{_encoded(secret)}"
            headers["authorization"] = "Basic " + b64encode(shown.encode()).decode()
        case secret, "body":
            form |= {"client_id": spec.client_id, "client_secret": secret}
    answer = await http.post(about.token, data=form, headers=headers, follow_redirects=False)
    if answer.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED}:
        raise ProviderRefused(reason=_error(answer))
    said = parsed(answer, issuer=about.issuer)
    tokens = {name: said.get(name) for name in ("id_token", "access_token")}
    if not all(isinstance(one, str) for one in tokens.values()):
        raise ProviderBroken(issuer=about.issuer, reason="id_token")
    return {name: str(one) for name, one in tokens.items()}


def _encoded(text: str) -> str:
    """Write a name or secret as RFC 6749 (2.3.1) wants it inside Basic."""
    return urlencode({"": text})[1:]


def _error(answer: HttpAnswer) -> str:
    """Give the short word with which a provider refuses; what else it says is not passed on."""
    try:
        said = answer.json()["error"]
    except (ValueError, TypeError, LookupError):
        return f"HTTP {answer.status_code}"
    return "".join(one for one in str(said)[:60] if one.isalnum() or one == "_") or "-"


async def _more(
    http: Http, about: Metadata, claims: Mapping[str, Any], *, access_token: str
) -> Mapping[str, Any]:
    """Ask for what the token does not say. It has to be about the same person."""
    said = await json_from(
        http,
        about.userinfo or "",
        issuer=about.issuer,
        headers={"authorization": f"Bearer {access_token}"},
    )
    if said.get("sub") != claims["sub"]:
        raise TokenRefused(reason="userinfo")
    if "email" in claims and said.get("email") != claims["email"]:
        said.pop("email_verified", None)  # it is another address that was verified
    return {**said, **claims}
