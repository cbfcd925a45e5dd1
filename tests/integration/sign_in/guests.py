"""The way of a guest: out to an identity provider and back in."""

from typing import Any
from urllib.parse import urlsplit

import httpx
from tests.integration.sign_in.crooked import CLIENT, SECRET
from tests.served import PASSWORD, Served

API = "/api/v1"


def secure(library: Served, *, at: str = "10.1.2.3", **headers: str) -> httpx.AsyncClient:
    """Give a client that comes by https, at some address."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(library.app, client=(at, 5000)),
        base_url="https://zhike.test",
        headers={"x-workspace": library.workspace, **headers},
    )


async def entered(library: Served, login: str) -> httpx.AsyncClient:
    """Give a client that somebody has signed in with, by https and with a password."""
    client = secure(library)
    begun = await client.post(f"{API}/auth/login", json={"login": login, "password": PASSWORD})
    assert begun.status_code == 200, begun.text
    return client


async def allowed(ada: httpx.AsyncClient, *hosts: str, **rules: Any) -> None:
    """Let calls reach some hosts of the own network."""
    given = {"kind": "security", "key": "main", "private_hosts": list(hosts or ["localhost"]),
             **rules}  # fmt: skip
    answer = await ada.put(f"{API}/config/security/main", json=given)
    assert answer.status_code < 300, answer.text


async def told(ada: httpx.AsyncClient, *, key: str, issuer: str, **more: Any) -> None:
    """Write the document of a provider."""
    assert (await ada.put(f"{API}/secrets/{key}", json={"value": SECRET})).status_code == 204
    given = {"kind": "identity_provider", "key": key, "label": {"zh": "统一登录", "en": "SSO"},
             "issuer": issuer, "client_id": CLIENT, "secret": key, "create": True,
             "roles": ["volunteer"], **more}  # fmt: skip
    answer = await ada.put(f"{API}/config/identity_provider/{key}", json=given)
    assert answer.status_code < 300, answer.text


async def sent(client: httpx.AsyncClient, key: str, page: str = "/") -> httpx.URL:
    """Give where somebody is sent to sign in."""
    answer = await client.get(f"{API}/auth/oidc/{key}", params={"next": page})
    assert answer.status_code == 302, answer.text
    return httpx.URL(answer.headers["location"])


async def returned(url: httpx.URL) -> str:
    """Be let in by the lying provider; give where it sends one back to."""
    async with httpx.AsyncClient(trust_env=False) as browser:
        answer = await browser.get(url)
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


async def through(client: httpx.AsyncClient, key: str = "liar", page: str = "/") -> httpx.Response:
    """Go the whole way."""
    return await client.get(await returned(await sent(client, key, page)))


def word(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["code"])
