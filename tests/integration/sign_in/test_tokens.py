"""What a provider says is believed only if it is signed, for us, of now and of this sign-in."""

import asyncio
import hmac
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from tests.integration.sign_in.crooked import CLIENT, Crooked, part
from tests.integration.sign_in.guests import API, allowed, through, word
from tests.served import Served


def unsigned(claims: dict[str, Any]) -> str:
    return f"{part({'alg': 'none'})}.{part(claims)}."


def unsigned_in_capitals(claims: dict[str, Any]) -> str:
    return f"{part({'alg': 'NONE', 'typ': 'JWT'})}.{part(claims)}."


def by_a_stranger(claims: dict[str, Any]) -> str:
    key = RSAKey.generate_key(2048, {"kid": "stranger"})
    return jwt.encode({"alg": "RS256", "kid": "stranger", "jwk": key.as_dict(private=False)},
                      claims, key)  # fmt: skip


LIES: dict[str, dict[str, Any]] = {
    "audience": {"aud": "somebody else"},
    "audiences": {"aud": [CLIENT, "somebody else"]},
    "party": {"azp": "somebody else"},
    "issuer": {"iss": "http://localhost:1"},
    "expired": {"exp": int(time.time()) - 120},
    "endless": {"exp": None},
    "future": {"nbf": int(time.time()) + 86_400},
    "nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "no subject": {"sub": None},
    "subject": {"sub": 7},
    "empty subject": {"sub": ""},
    "hash": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "dates": {"exp": "tomorrow"},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
async def test_a_claim_that_is_not_for_us_opens_nothing(
    library: Served, liar: Crooked, lie: dict[str, Any]
) -> None:
    client = library.client()
    liar.claims = lie

    answer = await through(client)

    assert (answer.status_code, word(answer)) == (401, "token_refused"), answer.text
    assert "zhike_session" not in client.cookies


@pytest.mark.parametrize("sign", [unsigned, unsigned_in_capitals, by_a_stranger])
async def test_a_token_nobody_vouches_for_opens_nothing(
    library: Served, liar: Crooked, sign: Callable[[dict[str, Any]], str]
) -> None:
    liar.sign = sign

    assert word(await through(library.client())) == "token_refused"


async def test_a_public_key_is_no_shared_secret(library: Served, liar: Crooked) -> None:
    """The old trick: what the provider publishes is used as the key of a symmetric signature."""

    def forged(claims: dict[str, Any]) -> str:
        said = f"{part({'alg': 'HS256', 'kid': liar.key.kid})}.{part(claims)}"
        key = liar.key.as_pem(private=False)
        return f"{said}.{part(hmac.digest(key, said.encode(), 'sha256'))}"

    liar.sign = forged
    assert word(await through(library.client())) == "token_refused"


async def test_a_signature_that_was_touched_opens_nothing(library: Served, liar: Crooked) -> None:
    def touched(claims: dict[str, Any]) -> str:
        head, _, signature = liar.signed(claims).split(".")
        return f"{head}.{part({**claims, 'sub': 'somebody else'})}.{signature}"

    liar.sign = touched
    assert word(await through(library.client())) == "token_refused"


async def test_keys_may_change_and_invented_ones_do_not_make_us_run(
    library: Served, liar: Crooked
) -> None:
    assert (await through(library.client())).status_code == 303
    liar.key = RSAKey.generate_key(2048, {"kid": "new", "use": "sig"})
    assert word(await through(library.client())) == "token_refused"  # we looked just now

    for known in library.system.providers._keys.copy():
        old = library.system.providers._keys[known]
        library.system.providers._keys[known] = type(old)(value=old.value, at=old.at - 11)
    assert (await through(library.client())).status_code == 303

    liar.asked.clear()
    liar.sign = by_a_stranger
    for _ in range(3):
        await through(library.client())
    assert "/jwks" not in liar.asked


async def test_calls_go_nowhere_into_the_own_network_unless_allowed(
    library: Served, ada: httpx.AsyncClient, liar: Crooked
) -> None:
    await allowed(ada, "10.9.9.9")
    await asyncio.sleep(1.1)
    liar.asked.clear()

    answer = await library.client().get(f"{API}/auth/oidc/liar")

    assert answer.status_code == 422, answer.text
    assert liar.asked == []


async def test_a_provider_that_is_not_itself_is_not_asked_further(
    library: Served, liar: Crooked
) -> None:
    wrong: list[dict[str, Any]] = [
        {"issuer": "http://localhost:1"},
        {"token_endpoint": "http://user:pass@localhost/"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "http://public.example/token"},
    ]
    statuses = []
    for one in wrong:
        library.system.providers._metadata.clear()
        liar.about = one
        statuses.append((await library.client().get(f"{API}/auth/oidc/liar")).status_code)

    assert statuses == [503, 503, 503, 503, 503, 422]


async def test_a_provider_that_answers_nonsense_breaks_nothing(
    library: Served, liar: Crooked
) -> None:
    for nonsense in ({"id_token": None}, {"id_token": 7}, {"id_token": "a.b.c"}, {"id_token": ""},
                     {"access_token": None}, {"id_token": "é.é.é"}):  # fmt: skip
        liar.token_type = nonsense
        answer = await through(library.client())
        assert answer.status_code in {401, 503}, answer.text
