"""What a provider tells about itself: where to send people, where to fetch, how it signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from zhike.hub.providers.faults import InsecureProvider, ProviderBroken
from zhike.kernel.words import Words
from zhike.outbound import Http, HttpAnswer, PrivateHosts

WELL_KNOWN = "/.well-known/openid-configuration"
LONGEST = 2000

NO_JSON = Words(zh="不是 JSON", en="that is no JSON")
OTHER_ISSUER = Words(zh="issuer 不符", en="it says it is another issuer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Where a provider does what."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str | None = None
    names_itself: bool = False
    """Whether it says who it is when it sends people back (RFC 9207)."""


async def fetched(client: Http, issuer: str, *, private: PrivateHosts) -> Metadata:
    """Ask a provider about itself."""
    refuse_plain(issuer, private)
    said = await json_from(client, issuer.rstrip("/") + WELL_KNOWN, issuer=issuer)
    return read(said, issuer=issuer, private=private)


def read(said: Mapping[str, Any], *, issuer: str, private: PrivateHosts) -> Metadata:
    """Read what a provider says about itself."""
    if said.get("issuer") != issuer:
        raise ProviderBroken(issuer=issuer, reason=OTHER_ISSUER)
    given = {
        name: _url(said, f"{name}_endpoint" if name != "jwks" else "jwks_uri", issuer, private)
        for name in ("authorization", "token", "jwks")
    }
    userinfo = said.get("userinfo_endpoint")
    return Metadata(
        issuer=issuer,
        authorization=given["authorization"],
        token=given["token"],
        keys=given["jwks"],
        userinfo=_url(said, "userinfo_endpoint", issuer, private) if userinfo else None,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


async def json_from(client: Http, url: str, *, issuer: str, **more: Any) -> Any:
    """Fetch a JSON object; who is asked for one may not send us elsewhere."""
    answer = await client.get(url, follow_redirects=False, **more)
    return parsed(answer, issuer=issuer)


def parsed(answer: HttpAnswer, *, issuer: str) -> dict[str, Any]:
    """Give the JSON object of an answer."""
    if answer.status_code != HTTPStatus.OK:
        raise ProviderBroken(issuer=issuer, reason=f"HTTP {answer.status_code}")
    try:
        said = answer.json()
    except ValueError as error:
        raise ProviderBroken(issuer=issuer, reason=NO_JSON) from error
    if not isinstance(said, dict):
        raise ProviderBroken(issuer=issuer, reason=NO_JSON)
    return said


def _url(said: Mapping[str, Any], name: str, issuer: str, private: PrivateHosts) -> str:
    url = said.get(name)
    if not isinstance(url, str) or len(url) > LONGEST or not url.isascii():
        raise ProviderBroken(issuer=issuer, reason=name)
    try:
        split = urlsplit(url)
    except ValueError as error:
        raise ProviderBroken(issuer=issuer, reason=name) from error
    if split.scheme not in {"http", "https"} or not split.hostname or split.username:
        raise ProviderBroken(issuer=issuer, reason=name)
    refuse_plain(url, private)
    return url


def refuse_plain(url: str, private: PrivateHosts) -> None:
    """Refuse http, but to an address of the own network that was listed as reachable."""
    split = urlsplit(url)
    host = (split.hostname or "").rstrip(".")
    if split.scheme != "https" and not _listed(host, private):
        raise InsecureProvider(url=url[:200])


def _listed(host: str, private: PrivateHosts) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host in private.hosts
    return any(address.version == one.version and address in one for one in private.networks)
