"""Signing in by the word of another system: one that is real, and one that lies."""

import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from urllib.parse import parse_qs

import httpx
import pyotp
import pytest
from tests.integration.sign_in.crooked import CLIENT, SECRET, Crooked
from tests.integration.sign_in.guests import API, allowed, returned, sent, through, told, word
from tests.served import Served

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

Hire = Callable[..., Awaitable[tuple[httpx.AsyncClient, str, str]]]


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    """A provider out of the package registry, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port),
               "-H", "127.0.0.1", "-r", "true", "-n", "true"]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://localhost:{port}"
    try:
        for _ in range(200):
            try:
                httpx.get(f"{issuer}/.well-known/openid-configuration", trust_env=False)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


async def test_a_real_provider_lets_somebody_new_in(
    library: Served, ada: httpx.AsyncClient, real: str
) -> None:
    await allowed(ada)
    back = f"http://zhike.test{API}/auth/oidc/real/callback"
    async with httpx.AsyncClient(base_url=real, trust_env=False) as browser:
        made = (await browser.post("/oauth2/clients", json={"redirect_uris": [back]})).json()
        person = {"email": "mei@example.com", "email_verified": True, "name": "韩梅梅",
                  "preferred_username": "meimei", "phone_number": "138 0013 8000"}  # fmt: skip
        await browser.put("/users/mei", json=person)
        await told(ada, key="real", issuer=real, client_id=made["client_id"],
                   scopes=["openid", "profile", "email", "phone"])  # fmt: skip
        secret = {"value": made["client_secret"]}
        await ada.put(f"{API}/secrets/real", json=secret)
        client = library.client()

        away = await sent(client, "real", "/records/book?view=1")
        home = (await browser.post(away, data={"sub": "mei"})).headers["location"]
        answer = await client.get(home.removeprefix("http://zhike.test"))

    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/records/book?view=1"
    me = (await client.get(f"{API}/me")).json()
    assert me["roles"] == ["volunteer"]
    known = {name: me["user"][name] for name in ("login", "name", "email", "mobile")}
    assert known == {"login": "meimei", "name": "韩梅梅", "email": "mei@example.com",
                     "mobile": "+86-13800138000"}  # fmt: skip
    asked = parse_qs(away.query.decode())
    assert asked["code_challenge_method"] == ["S256"]
    assert min(len(asked[name][0]) for name in ("state", "nonce", "code_challenge")) >= 43
    again = await client.get(home.removeprefix("http://zhike.test"))
    assert (again.status_code, word(again)) == (422, "ticket_gone")


async def test_a_real_provider_may_say_no(
    library: Served, ada: httpx.AsyncClient, real: str
) -> None:
    await allowed(ada)
    back = f"http://zhike.test{API}/auth/oidc/real/callback"
    async with httpx.AsyncClient(base_url=real, trust_env=False) as browser:
        made = (await browser.post("/oauth2/clients", json={"redirect_uris": [back]})).json()
        await told(ada, key="real", issuer=real, client_id=made["client_id"])
        client = library.client()
        away = await sent(client, "real")
        denied = await browser.post(away, data={"action": "deny"})
    home = denied.headers["location"].removeprefix("http://zhike.test")
    if "state=" not in home:
        home += "&state=" + parse_qs(away.query.decode())["state"][0]
    answer = await client.get(home)

    assert (answer.status_code, word(answer)) == (401, "provider_refused")


async def test_who_was_let_in_once_is_the_same_person_again(
    library: Served, ada: httpx.AsyncClient, liar: Crooked
) -> None:
    liar.claims = {"sub": "again", "preferred_username": "again"}
    one, two = library.client(), library.client()

    await through(one)
    liar.claims = {"sub": "again", "preferred_username": "another name", "name": "X"}
    await through(two)

    ids = [(await each.get(f"{API}/me")).json()["user"]["id"] for each in (one, two)]
    assert ids[0] == ids[1]
    async with library.system.db.reading(platform(), library.workspace) as tx:
        ways = await tx.rows(
            sql('SELECT way, outcome FROM zk_sign_in WHERE "user" = {id}', id=param(ids[0], "uuid"))
        )
        noted = await tx.rows(
            sql(
                "SELECT act FROM zk_operation WHERE target = {id} ORDER BY seq",
                id=param(ids[0], "text"),
            )
        )
    assert ways == [("oidc", "signed_in")] * 2
    assert [act for (act,) in noted] == ["user.created", "user.provider_linked"]


async def test_what_a_token_does_not_say_is_asked_for(
    library: Served, ada: httpx.AsyncClient, liar: Crooked
) -> None:
    liar.claims = {"sub": "more", "name": None, "preferred_username": None}
    liar.userinfo = {"sub": "more", "name": "More", "preferred_username": "more"}
    client = library.client()
    assert (await through(client)).status_code == 303
    assert (await client.get(f"{API}/me")).json()["user"]["name"] == "More"

    liar.claims = {"sub": "other", "name": None}
    assert word(await through(library.client())) == "token_refused"


async def test_state_belongs_to_one_browser_and_one_provider(
    library: Served, ada: httpx.AsyncClient, liar: Crooked
) -> None:
    victim, thief = library.client(), library.client()
    back = await returned(await sent(thief, "liar"))

    without = await victim.get(back)
    await sent(victim, "liar")
    other = await victim.get(back)
    await told(ada, key="twin", issuer=liar.issuer)
    mixed = await thief.get(back.replace("/liar/", "/twin/"))
    right = await thief.get(back)

    assert [word(one) for one in (without, other, mixed)] == ["ticket_gone"] * 3
    assert right.status_code == 303
    assert "zhike_session" not in victim.cookies


async def test_a_code_is_good_once(library: Served, liar: Crooked) -> None:
    client = library.client()
    back = await returned(await sent(client, "liar"))
    crumbs = dict(client.cookies)

    first = await client.get(back)
    again = library.client(cookie="; ".join(f"{name}={value}" for name, value in crumbs.items()))
    second = await again.get(back)

    assert (first.status_code, second.status_code, word(second)) == (303, 401, "provider_refused")
    assert "script" not in second.text


async def test_another_provider_cannot_put_its_code_in(library: Served, liar: Crooked) -> None:
    client = library.client()
    back = await returned(await sent(client, "liar"))
    mixed = back.replace(f"localhost%3A{liar.port}", "evil.example")

    assert mixed != back
    assert word(await client.get(mixed)) == "token_refused"


async def test_who_says_its_own_name_has_to(library: Served, liar: Crooked) -> None:
    liar.about = {"authorization_response_iss_parameter_supported": True}
    client = library.client()
    back = await returned(await sent(client, "liar"))
    silent = back.partition("&iss=")[0]

    assert word(await client.get(silent)) == "token_refused"


@pytest.mark.parametrize(
    "page",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:x",
     "/a\nb", "/a b", "evil", "", "/" + "x" * 600, "/%0d%0aset-cookie:x"],
)  # fmt: skip
async def test_one_goes_on_to_our_own_pages_only(library: Served, liar: Crooked, page: str) -> None:
    client = library.client()

    answer = await client.get(f"{API}/auth/oidc/liar", params={"next": page})

    if page.startswith("/%0d"):  # a path like any other: it is not decoded on the way
        onto = await through(client, page=page)
        assert onto.headers["location"] == page
        assert "x" not in onto.cookies
    else:
        assert answer.status_code == 422, answer.headers
        assert "location" not in answer.headers


async def test_a_browser_is_sent_to_the_page_that_says_what_went_wrong(
    library: Served, liar: Crooked
) -> None:
    client = library.client(accept="text/html,*/*")
    liar.claims = {"aud": "somebody else"}

    answer = await through(client)

    assert (answer.status_code, answer.headers["location"]) == (
        303, "/sign-in?problem=token_refused",
    )  # fmt: skip


async def test_nobody_becomes_somebody_else_by_calling_themselves_so(
    library: Served, ada: httpx.AsyncClient, liar: Crooked
) -> None:
    liar.claims = {"sub": "evil", "preferred_username": "ada", "name": "Ada"}
    client = library.client()

    answer = await through(client)

    assert (answer.status_code, word(answer)) == (409, "login_taken")
    assert "zhike_session" not in client.cookies


async def test_somebody_known_is_recognised_by_a_verified_email(
    library: Served, ada: httpx.AsyncClient, liar: Crooked, hired: Hire
) -> None:
    _, _, person = await hired("eve")
    await ada.patch(f"{API}/users/{person}", json={"email": "eve@example.com"})
    await told(ada, key="liar", issuer=liar.issuer, create=False, known_by=["email"])
    claims = {"sub": "eve-1", "email": "Eve@example.com"}

    liar.claims = claims
    unverified = await through(library.client())
    liar.claims = {**claims, "email_verified": True}
    client = library.client()
    verified = await through(client)

    assert (unverified.status_code, word(unverified)) == (403, "not_known_here")
    assert verified.status_code == 303
    assert (await client.get(f"{API}/me")).json()["user"]["id"] == person


async def test_a_verified_mark_belongs_to_its_own_address(
    library: Served, ada: httpx.AsyncClient, liar: Crooked, hired: Hire
) -> None:
    _, _, person = await hired("frida")
    await ada.patch(f"{API}/users/{person}", json={"email": "frida@example.com"})
    await told(ada, key="liar", issuer=liar.issuer, create=False, known_by=["email"])
    liar.claims = {"sub": "not-frida", "email": "frida@example.com", "name": None}
    liar.userinfo = {"sub": "not-frida", "email": "mine@example.com", "email_verified": True}

    assert word(await through(library.client())) == "not_known_here"


async def test_only_some_domains_may_be_let_in(
    library: Served, ada: httpx.AsyncClient, liar: Crooked
) -> None:
    await told(ada, key="liar", issuer=liar.issuer, domains=["corp.example"])
    answers = []
    for number, (email, verified) in enumerate(
        [("a@corp.example", True), ("a@evil.example", True), ("b@corp.example", False),
         ("c@corp.example.evil.example", True), ("", True)]
    ):  # fmt: skip
        liar.claims = {"sub": f"d-{number}", "preferred_username": f"d{number}", "email": email,
                       "email_verified": verified}  # fmt: skip
        answers.append((await through(library.client())).status_code)

    assert answers == [303, 403, 403, 403, 403]


async def test_a_second_factor_is_asked_for_here_as_well(
    library: Served, ada: httpx.AsyncClient, liar: Crooked, hired: Hire
) -> None:
    client, login, _ = await hired("double")
    offer = (await client.post(f"{API}/me/second-factor/totp")).json()
    generator = pyotp.TOTP(offer["secret"])
    given = {"ticket": offer["ticket"], "code": generator.at(int(time.time()) - 30)}
    assert (
        await client.post(f"{API}/me/second-factor/totp/confirm", json=given)
    ).status_code == 200
    await told(ada, key="liar", issuer=liar.issuer, known_by=["login"])
    liar.claims = {"sub": "double", "preferred_username": login}
    guest = library.client()

    needed = await through(guest, page="/records")
    refused = await guest.get(f"{API}/me")
    wrong = await guest.post(f"{API}/auth/second-factor", json={"totp": "000000"})
    code = {"totp": generator.now()}
    stranger = await library.client().post(f"{API}/auth/second-factor", json=code)
    crumbs = "; ".join(f"{name}={value}" for name, value in guest.cookies.items())
    right = await guest.post(f"{API}/auth/second-factor", json=code)
    again = await library.client(cookie=crumbs).post(
        f"{API}/auth/second-factor", json={"totp": generator.at(int(time.time()) + 30)}
    )

    assert needed.headers["location"] == "/sign-in?needed=second_factor_needed&next=%2Frecords"
    assert [refused.status_code, wrong.status_code, word(stranger)] == [401, 401, "ticket_gone"]
    assert right.json()["user"]["login"] == login
    assert word(again) == "ticket_gone"
    assert (await guest.get(f"{API}/me")).status_code == 200

    await told(ada, key="liar", issuer=liar.issuer, known_by=["login"], second_factor="there")
    assert (await through(library.client(), page="/x")).headers["location"] == "/x"


async def test_one_links_an_identity_to_oneself(
    library: Served, ada: httpx.AsyncClient, liar: Crooked, hired: Hire
) -> None:
    client, _, person = await hired("linker")
    other, _, _ = await hired("other_linker")
    await told(ada, key="liar", issuer=liar.issuer, create=False)
    liar.claims = {"sub": "linked", "preferred_username": "linker elsewhere"}
    mine = f"{API}/me/providers"

    before = await through(library.client())
    url = (await client.post(f"{mine}/liar")).json()["url"]
    linked = await client.get(await returned(httpx.URL(url)))
    guest = library.client()
    after = await through(guest)

    assert (before.status_code, linked.status_code, after.status_code) == (403, 303, 303)
    assert (await guest.get(f"{API}/me")).json()["user"]["id"] == person
    assert [one["provider"] for one in (await client.get(mine)).json()["items"]] == ["liar"]

    url = (await other.post(f"{mine}/liar")).json()["url"]
    taken = await other.get(await returned(httpx.URL(url)))
    assert (taken.status_code, word(taken)) == (409, "link_taken")

    assert (await client.delete(f"{mine}/liar")).status_code == 204
    assert (await through(library.client())).status_code == 403


async def test_a_link_begun_by_one_is_not_finished_by_another(
    library: Served, ada: httpx.AsyncClient, liar: Crooked, hired: Hire
) -> None:
    thief, _, _ = await hired("thief")
    victim, _, _ = await hired("victim")
    url = (await thief.post(f"{API}/me/providers/liar")).json()["url"]
    back = await returned(httpx.URL(url))
    victim.cookies.set("zhike_oidc", thief.cookies["zhike_oidc"], domain="zhike.test",
                       path=f"{API}/auth")  # fmt: skip

    assert word(await victim.get(back)) == "ticket_gone"


async def test_a_disabled_person_is_let_in_by_no_provider(
    library: Served, ada: httpx.AsyncClient, liar: Crooked
) -> None:
    liar.claims = {"sub": "gone", "preferred_username": "gone"}
    client = library.client()
    await through(client)
    person = (await client.get(f"{API}/me")).json()["user"]["id"]
    await ada.patch(f"{API}/users/{person}", json={"active": False})

    answer = await through(library.client())

    assert answer.status_code == 401, answer.text


async def test_the_sign_in_page_is_told_which_ways_there_are(
    library: Served, ada: httpx.AsyncClient, liar: Crooked
) -> None:
    plain = (await library.client().get(f"{API}/auth/methods")).json()
    secure = await library.client(x_forwarded_proto="https", accept_language="en").get(
        f"{API}/auth/methods"
    )

    assert {"key": "liar", "label": "统一登录", "url": f"{API}/auth/oidc/liar"} in plain[
        "providers"
    ]
    assert (plain["password"], plain["passkey"]) == (True, False)
    assert secure.json()["passkey"]
    assert "SSO" in {one["label"] for one in secure.json()["providers"]}
    assert SECRET not in secure.text + CLIENT

    await told(ada, key="liar", issuer=liar.issuer, active=False)
    assert (await library.client().get(f"{API}/auth/oidc/liar")).status_code == 404


async def test_strangers_get_no_power_by_being_vouched_for(ada: httpx.AsyncClient) -> None:
    given = {"kind": "identity_provider", "key": "bad", "label": "坏",
             "issuer": "https://x.example", "client_id": "x", "create": True,
             "roles": ["admin", "registrar", "nobody"]}  # fmt: skip

    answer = await ada.put(f"{API}/config/identity_provider/bad", json=given)

    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["errors"]] == [
        "power_for_strangers", "power_for_strangers", "no_such_role",
    ]  # fmt: skip
