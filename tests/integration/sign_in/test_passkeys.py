"""Passkeys: made, named, shown, and everything with which a stranger might get in by one."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.integration.sign_in.authenticator import PRESENT, Authenticator, raw, text
from tests.integration.sign_in.guests import secure
from tests.served import Served

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform
from zhike.store.accounts.factors import SHOW, Counter

MINE = "/api/v1/me/passkeys"
AUTH = "/api/v1/auth/passkey"
Hire = Callable[..., Awaitable[tuple[httpx.AsyncClient, str, str]]]


async def asked(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await client.post(f"{path}/begin")
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


async def kept(
    client: httpx.AsyncClient, device: Authenticator, name: str = "phone", **lies: Any
) -> httpx.Response:
    """Have a device make a passkey, and keep it."""
    begun = await asked(client, MINE)
    sent = {
        "ticket": begun["ticket"],
        "credential": device.make(begun["options"], **lies),
        "name": name,
    }
    return await client.post(MINE, json=sent)


async def shown(library: Served, device: Authenticator, **lies: Any) -> httpx.Response:
    """Sign in with a device, on a client of its own."""
    client = secure(library)
    begun = await asked(client, AUTH)
    sent = {"ticket": begun["ticket"], "credential": device.show(begun["options"], **lies)}
    answer = await client.post(f"{AUTH}/finish", json=sent)
    if answer.status_code == 200:
        assert (await client.get("/api/v1/me")).json()["user"] == answer.json()["user"]
    return answer


def word(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["code"])


async def test_a_passkey_opens_a_session_without_a_name_or_a_password(
    library: Served, hired: Hire
) -> None:
    client, login, person = await hired("pat")
    device = Authenticator()

    made = await kept(client, device, "工作手机")
    answer = await shown(library, device)

    assert made.status_code == 201, made.text
    assert len(made.json()["recovery_codes"]) == 10
    assert answer.json()["user"]["login"] == login
    assert "secure" in answer.headers["set-cookie"].lower()
    listed = (await client.get(MINE)).json()["items"]
    assert [(one["name"], one["site"], bool(one["used_at"])) for one in listed] == [
        ("工作手机", "zhike.test", True)
    ]
    async with library.system.db.reading(platform(), library.workspace) as tx:
        ways = await tx.rows(
            sql(
                'SELECT login, way, outcome FROM zk_sign_in WHERE "user" = {id} ORDER BY seq',
                id=param(person, "uuid"),
            )
        )
    assert ways == [(login, "password", "signed_in"), (login, "passkey", "signed_in")]


async def test_what_is_asked_wants_the_owner_verified(library: Served, hired: Hire) -> None:
    client, _, _ = await hired("vera")
    await kept(client, Authenticator())

    make = (await asked(client, MINE))["options"]
    show = (await asked(secure(library), AUTH))["options"]

    assert make["authenticatorSelection"]["userVerification"] == "required"
    assert make["authenticatorSelection"]["residentKey"] == "required"
    assert len(make["excludeCredentials"]) == 1
    assert show["userVerification"] == "required"
    assert not show.get("allowCredentials")
    assert len(raw(show["challenge"])) >= 32


async def test_several_are_named_renamed_and_removed(library: Served, hired: Hire) -> None:
    client, _, _ = await hired("sev")
    one, two = Authenticator(), Authenticator()
    first = (await kept(client, one, "one")).json()
    second = (await kept(client, two, "two")).json()

    assert "recovery_codes" not in second
    renamed = await client.patch(f"{MINE}/{first['id']}", json={"name": "uno"})
    assert renamed.json()["name"] == "uno"
    assert (await client.delete(f"{MINE}/{second['id']}")).status_code == 204
    assert [key["name"] for key in (await client.get(MINE)).json()["items"]] == ["uno"]
    assert (await shown(library, one)).status_code == 200
    assert word(await shown(library, two)) == "wrong_passkey"
    assert (await client.delete(f"{MINE}/{second['id']}")).status_code == 404


async def test_somebody_elses_passkey_is_none_of_mine(library: Served, hired: Hire) -> None:
    owner, _, _ = await hired("owner")
    other, _, _ = await hired("other")
    device = Authenticator()
    key = (await kept(owner, device)).json()["id"]

    assert (await other.delete(f"{MINE}/{key}")).status_code == 404
    assert (await other.patch(f"{MINE}/{key}", json={"name": "x"})).status_code == 404
    mine = device.handle
    taken = await kept(other, device)
    assert (taken.status_code, word(taken)) == (409, "passkey_taken")
    assert (await shown(library, device)).status_code == 401
    assert (await shown(library, device, handle=mine)).json()["user"]["login"] == "owner"


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://zhike.test.evil.example"},
        {"origin": "http://zhike.test"},
        {"challenge": text(bytes(64))},
        {"host": "evil.example"},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
    ids=["origin", "not secure", "challenge", "site", "signature"],
)
async def test_a_lie_opens_nothing(library: Served, hired: Hire, lie: dict[str, Any]) -> None:
    client, _, _ = await hired(f"liar_{abs(hash(str(lie))) % 10**9}")
    device = Authenticator()
    await kept(client, device)

    refused = await shown(library, device, **lie)

    assert (refused.status_code, word(refused)) == (401, "wrong_passkey")
    assert "set-cookie" not in refused.headers


@pytest.mark.parametrize(
    "lie", [{"origin": "https://evil.example"}, {"challenge": text(bytes(64))}, {"host": "evil"}]
)
async def test_a_lie_makes_nothing(hired: Hire, lie: dict[str, Any]) -> None:
    client, _, _ = await hired(f"forger_{abs(hash(str(lie))) % 10**9}")

    refused = await kept(client, Authenticator(), **lie)

    assert (refused.status_code, word(refused)) == (422, "bad_passkey")
    assert (await client.get(MINE)).json()["items"] == []


async def test_who_is_not_verified_gets_no_further(library: Served, hired: Hire) -> None:
    client, _, _ = await hired("unverified")
    device = Authenticator()
    await kept(client, device)
    device.flags = PRESENT

    assert (await shown(library, device)).status_code == 401
    assert (await kept(client, Authenticator(flags=PRESENT))).status_code == 422


async def test_a_counter_that_does_not_rise_is_that_of_a_copy(library: Served, hired: Hire) -> None:
    client, _, _ = await hired("copied")
    device = Authenticator()
    await kept(client, device)
    copy = Authenticator(key=device.key, id=device.id, handle=device.handle)

    assert (await shown(library, device)).status_code == 200
    assert (await shown(library, device)).status_code == 200
    assert (await shown(library, copy)).status_code == 401
    assert (await shown(library, device)).status_code == 200


async def test_an_answer_is_good_once_even_without_a_counter(library: Served, hired: Hire) -> None:
    client, _, _ = await hired("replayed")
    device = Authenticator(counts=False)
    await kept(client, device)
    stranger = secure(library)
    begun = await asked(stranger, AUTH)
    sent = {"ticket": begun["ticket"], "credential": device.show(begun["options"])}

    first = await stranger.post(f"{AUTH}/finish", json=sent)
    again = await stranger.post(f"{AUTH}/finish", json=sent)

    assert (first.status_code, again.status_code, word(again)) == (200, 422, "ticket_gone")


async def test_a_challenge_grows_old(library: Served, hired: Hire) -> None:
    client, _, _ = await hired("slow")
    device = Authenticator()
    await kept(client, device)
    begun = await asked(secure(library), AUTH)
    facts = {
        "host": "zhike.test",
        "origin": "https://zhike.test",
        "challenge": begun["options"]["challenge"],
    }
    old = Counter(
        vault=library.system.vault, kind=SHOW, workspace=library.workspace, now=1_000_000.0
    ).issue(facts)

    sent = {"ticket": old, "credential": device.show(begun["options"])}
    answer = await secure(library).post(f"{AUTH}/finish", json=sent)

    assert (answer.status_code, word(answer)) == (422, "ticket_gone")


async def test_a_challenge_for_one_is_none_for_another(hired: Hire) -> None:
    one, _, _ = await hired("asked_one")
    other, _, _ = await hired("asked_other")
    device = Authenticator()
    begun = await asked(one, MINE)
    made = device.make(begun["options"])
    sent = {"ticket": begun["ticket"], "credential": made, "name": "x"}

    assert (await other.post(MINE, json=sent)).status_code == 422
    assert (await one.post(f"{AUTH}/finish", json={k: sent[k] for k in ("ticket", "credential")},
                           )).status_code == 422  # fmt: skip
    assert (await one.post(MINE, json=sent)).status_code == 201


async def test_a_disabled_person_has_no_way_in(
    library: Served, ada: httpx.AsyncClient, hired: Hire
) -> None:
    client, _, person = await hired("left")
    device = Authenticator()
    await kept(client, device)
    await ada.patch(f"/api/v1/users/{person}", json={"active": False})

    assert (await shown(library, device)).status_code == 401


async def test_passkeys_want_a_name_and_https(library: Served) -> None:
    client = library.client()
    numbers = httpx.AsyncClient(
        transport=httpx.ASGITransport(library.app), base_url="https://192.0.2.1"
    )
    local = httpx.AsyncClient(
        transport=httpx.ASGITransport(library.app), base_url="http://localhost:8000"
    )

    plain = await client.post(f"{AUTH}/begin")
    by_number = await numbers.post(f"{AUTH}/begin")
    at_home = await local.post(f"{AUTH}/begin")

    assert (plain.status_code, word(plain)) == (422, "needs_name")
    assert (by_number.status_code, at_home.status_code) == (422, 200)
    assert at_home.json()["options"]["rpId"] == "localhost"


def elsewhere() -> str:
    """Give an address that nobody has counted anything against."""
    return f"2001:db8:{os.urandom(2).hex()}:{os.urandom(2).hex()}::1"


junk = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=20) | some.binary(
        max_size=60
    ).map(text),
    lambda inner: some.lists(inner, max_size=3)
    | some.dictionaries(
        some.sampled_from(["id", "rawId", "type", "response", "clientDataJSON", "signature",
                           "authenticatorData", "attestationObject", "userHandle", "transports"]),
        inner, max_size=8,
    ),
    max_leaves=12,
)  # fmt: skip


@given(broken=some.dictionaries(some.sampled_from(["id", "rawId", "type", "response"]), junk))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_nothing_an_authenticator_says_breaks_us(
    library: Served, ada: httpx.AsyncClient, broken: dict[str, Any]
) -> None:
    device = Authenticator()
    make, show = await asked(ada, MINE), await asked(ada, AUTH)
    made = {**device.make(make["options"]), **broken}
    said = {**device.show(show["options"]), **broken}

    answers = [
        await ada.post(MINE, json={"ticket": make["ticket"], "credential": made, "name": "x"},
                       ),
        await secure(library, at=elsewhere()).post(
            f"{AUTH}/finish", json={"ticket": show["ticket"], "credential": said}
        ),
    ]  # fmt: skip

    assert all(one.status_code < 500 for one in answers), [one.text for one in answers]


async def test_truncated_bytes_break_nothing(library: Served, hired: Hire) -> None:
    client, _, _ = await hired("cut")
    device = Authenticator()
    await kept(client, device)

    for part in ("clientDataJSON", "attestationObject"):
        begun = await asked(client, MINE)
        made = Authenticator().make(begun["options"])
        whole = raw(made["response"][part])
        for end in range(0, len(whole), 23):
            made["response"][part] = text(whole[:end])
            sent = {"ticket": begun["ticket"], "credential": made, "name": "x"}
            answer = await client.post(MINE, json=sent)
            assert answer.status_code == 422, answer.text
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        begun = await asked(client, AUTH)
        said = device.show(begun["options"])
        whole = raw(said["response"][part])
        for end in range(0, len(whole), 11):
            said["response"][part] = text(whole[:end])
            sent = {"ticket": begun["ticket"], "credential": said}
            answer = await secure(library, at=elsewhere()).post(f"{AUTH}/finish", json=sent)
            assert answer.status_code == 401, answer.text
