"""Second factors: codes that change, recovery codes, who has to have one, who lost theirs."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pyotp
import pytest
from tests.served import PASSWORD, Served

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

LOGIN = "/api/v1/auth/login"
FACTOR = "/api/v1/me/second-factor"
Hire = Callable[..., Awaitable[tuple[httpx.AsyncClient, str, str]]]


def codes(secret: str, *, shift: int = 0) -> str:
    """Give the code of now, or of some half minutes ago or ahead."""
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * shift)


async def enrolled(client: httpx.AsyncClient) -> tuple[str, list[str]]:
    """Set up a generator; give its secret and the recovery codes. The code of the last half minute
    is used for it, so that that of now is still good."""
    offer = (await client.post(f"{FACTOR}/totp")).json()
    given = {"ticket": offer["ticket"], "code": codes(offer["secret"], shift=-1)}
    done = await client.post(f"{FACTOR}/totp/confirm", json=given)
    assert done.status_code == 200, done.text
    return offer["secret"], done.json()["recovery_codes"]


async def tried(library: Served, login: str, code: str | None = None, **more: Any) -> Any:
    """Sign in, on a client of its own."""
    given = {"login": login, "password": PASSWORD, **({"totp": code} if code else {}), **more}
    return await library.client().post(LOGIN, json=given)


def word(answer: httpx.Response) -> str:
    """Give the one stable word of a refusal."""
    return str(answer.json()["errors"][0]["code"])


async def test_a_generator_counts_once_it_has_shown_a_code(library: Served, hired: Hire) -> None:
    client, login, _ = await hired("tess")
    offer = (await client.post(f"{FACTOR}/totp")).json()

    assert offer["uri"].startswith("otpauth://totp/Zhike:tess?secret=" + offer["secret"])
    assert offer["qr"].startswith("<?xml")
    assert "<script" not in offer["qr"]
    assert (await tried(library, login)).status_code == 200

    wrong = {"ticket": offer["ticket"], "code": "000000"}
    assert word(await client.post(f"{FACTOR}/totp/confirm", json=wrong)) == "wrong_code"
    right = {**wrong, "code": codes(offer["secret"])}
    done = await client.post(f"{FACTOR}/totp/confirm", json=right)
    assert len(set(done.json()["recovery_codes"])) == 10

    refused = await tried(library, login)
    assert refused.status_code == 401
    assert word(refused) == "second_factor_needed"
    assert "set-cookie" not in refused.headers
    told = (await client.get(FACTOR)).json()
    assert told["totp"]["since"]
    assert (told["recovery_codes"], told["passkeys"], told["demanded"]) == (10, 0, False)


async def test_a_code_is_taken_once(library: Served, hired: Hire) -> None:
    client, login, _ = await hired("otto")
    secret, _ = await enrolled(client)
    code = codes(secret)

    first = await tried(library, login, code)
    again = await tried(library, login, code)
    earlier = await tried(library, login, codes(secret, shift=-1))

    assert first.status_code == 200
    assert [again.status_code, word(again), word(earlier)] == [401, "wrong_code", "wrong_code"]


async def test_of_two_at_once_with_one_code_one_gets_in(library: Served, hired: Hire) -> None:
    client, login, _ = await hired("twin")
    secret, _ = await enrolled(client)
    code = codes(secret)

    answers = await asyncio.gather(*(tried(library, login, code) for _ in range(4)))

    assert sorted(one.status_code for one in answers) == [200, 401, 401, 401]


async def test_a_clock_may_be_a_little_wrong(library: Served, hired: Hire) -> None:
    client, login, _ = await hired("drift")
    secret, _ = await enrolled(client)

    far = [await tried(library, login, codes(secret, shift=shift)) for shift in (-3, 3)]
    near = await tried(library, login, codes(secret, shift=1))

    assert [one.status_code for one in far] == [401, 401]
    assert near.status_code == 200


async def test_a_code_may_be_typed_in_wide_digits(library: Served, hired: Hire) -> None:
    client, login, _ = await hired("wide")
    secret, _ = await enrolled(client)
    code = codes(secret)
    wide = "".join(chr(ord(one) - ord("0") + ord("０")) for one in code)

    assert (await tried(library, login, f"{wide[:3]} {wide[3:]}")).status_code == 200


async def test_a_recovery_code_is_good_once(library: Served, hired: Hire) -> None:
    client, login, person = await hired("rita")
    _, spare = await enrolled(client)

    first = await tried(library, login, spare[0].upper())
    again = await tried(library, login, spare[0])

    assert (first.status_code, again.status_code) == (200, 401)
    assert (await client.get(FACTOR)).json()["recovery_codes"] == 9
    async with library.system.db.reading(platform(), library.workspace) as tx:
        ways = await tx.rows(
            sql(
                'SELECT way, outcome FROM zk_sign_in WHERE "user" = {id} ORDER BY seq',
                id=param(person, "uuid"),
            )
        )
    assert ways == [("password", "signed_in"), ("recovery", "signed_in"), ("totp", "wrong")]


async def test_recovery_codes_are_made_anew(library: Served, hired: Hire) -> None:
    client, login, _ = await hired("renate")
    _, old = await enrolled(client)

    new = (await client.post(f"{FACTOR}/recovery-codes")).json()["recovery_codes"]

    assert not set(old) & set(new)
    assert (await tried(library, login, old[0])).status_code == 401
    assert (await tried(library, login, new[0])).status_code == 200


async def test_nobody_without_a_factor_needs_recovery_codes(hired: Hire) -> None:
    client, _, _ = await hired("plain")

    answer = await client.post(f"{FACTOR}/recovery-codes")

    assert (answer.status_code, word(answer)) == (409, "no_second_factor")


async def test_what_the_database_holds_opens_nothing(library: Served, hired: Hire) -> None:
    client, _, person = await hired("sealed")
    secret, spare = await enrolled(client)

    async with library.system.db.reading(platform(), library.workspace) as tx:
        kept = await tx.rows(
            sql(
                "SELECT t.secret, c.print FROM zhike.totp t"
                " JOIN zhike.recovery_code c USING (account) WHERE account = {id}",
                id=param(person, "uuid"),
            )
        )

    held = b"".join(bytes(part) for row in kept for part in row)
    assert secret.encode() not in held
    assert all(one.encode() not in held for one in spare)


async def test_guessing_codes_is_locked_however_many_addresses_one_has(
    library: Served, hired: Hire
) -> None:
    client, login, _ = await hired("guessed")
    secret, _ = await enrolled(client)
    proxy = httpx.ASGITransport(library.app, client=("127.0.0.1", 5000))

    async def guess(code: str, number: int) -> httpx.Response:
        headers = {"x-workspace": library.workspace, "x-forwarded-for": f"203.0.113.{number}"}
        async with httpx.AsyncClient(
            transport=proxy, base_url="http://zhike.test", headers=headers
        ) as one:
            return await one.post(LOGIN, json={"login": login, "password": PASSWORD, "totp": code})

    answers = [await guess(f"{number:06}", number) for number in range(10)]
    right = await guess(codes(secret), 99)

    assert {one.status_code for one in answers} == {401}
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 0


async def test_a_wrong_password_says_nothing_of_a_second_factor(
    library: Served, hired: Hire
) -> None:
    client, login, _ = await hired("silent")
    secret, _ = await enrolled(client)

    wrong = await tried(library, login, codes(secret), password="nonsense")
    unknown = await tried(library, "nobody at all", "123456", password="nonsense")

    assert wrong.json() == unknown.json()
    assert word(wrong) == "wrong_login"


async def test_a_factor_is_changed_only_after_a_fresh_sign_in(library: Served, hired: Hire) -> None:
    client, _, person = await hired("stale")
    await enrolled(client)
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(
            sql(
                "UPDATE zhike.session SET created_at = now() - interval '16 minutes'"
                " WHERE account = {id}",
                id=param(person, "uuid"),
            )
        )

    answers = [
        await client.delete(f"{FACTOR}/totp"),
        await client.post(f"{FACTOR}/totp"),
        await client.post(f"{FACTOR}/recovery-codes"),
        await client.post("/api/v1/me/passkeys/begin"),
    ]

    assert [one.status_code for one in answers] == [403] * 4
    assert {word(one) for one in answers} == {"sign_in_again"}


async def test_a_key_cannot_change_how_its_owner_signs_in(library: Served, hired: Hire) -> None:
    client, _, _ = await hired("keyed")
    key = (await client.post("/api/v1/api-keys", json={"name": "k"})).json()["key"]
    bearer = library.client(authorization=f"Bearer {key}")

    answers = [
        await bearer.post(f"{FACTOR}/totp"),
        await bearer.delete(f"{FACTOR}/totp"),
        await bearer.get(FACTOR),
        await bearer.post(f"{FACTOR}/recovery-codes"),
    ]

    assert [one.status_code for one in answers] == [403] * 4


async def test_setting_one_up_ends_all_other_sessions_and_no_key(
    library: Served, hired: Hire
) -> None:
    client, login, _ = await hired("several")
    other = await library.signed_in(login)
    key = (await client.post("/api/v1/api-keys", json={"name": "k"})).json()["key"]

    await enrolled(client)

    bearer = library.client(authorization=f"Bearer {key}")
    statuses = [(await one.get("/api/v1/me")).status_code for one in (client, other, bearer)]
    assert statuses == [200, 401, 200]


async def test_somebody_elses_ticket_sets_nothing_up(hired: Hire) -> None:
    one, _, _ = await hired("ticket_one")
    other, _, _ = await hired("ticket_two")
    offer = (await one.post(f"{FACTOR}/totp")).json()
    given = {"ticket": offer["ticket"], "code": codes(offer["secret"])}

    stolen = await other.post(f"{FACTOR}/totp/confirm", json=given)
    mended = await one.post(
        f"{FACTOR}/totp/confirm", json={**given, "ticket": offer["ticket"][:-8] + "AAAAAAA="}
    )
    mine = await one.post(f"{FACTOR}/totp/confirm", json=given)
    twice = await one.post(f"{FACTOR}/totp/confirm", json=given)

    assert [stolen.status_code, mended.status_code, mine.status_code, twice.status_code] == [
        422, 422, 200, 422,
    ]  # fmt: skip
    assert word(stolen) == word(twice) == "ticket_gone"


async def test_who_keeps_people_resets_the_factor_of_who_lost_it(
    library: Served, ada: httpx.AsyncClient, hired: Hire
) -> None:
    client, login, person = await hired("lost")
    await enrolled(client)
    path = f"/api/v1/users/{person}/second-factor"

    assert (await client.delete(path)).status_code == 403
    assert (await ada.get(path)).json()["totp"]["since"]
    assert (await ada.delete(path)).status_code == 204

    assert (await client.get("/api/v1/me")).status_code == 401
    assert (await tried(library, login)).status_code == 200
    async with library.system.db.reading(platform(), library.workspace) as tx:
        noted = await tx.rows(
            sql(
                "SELECT act, label FROM zk_operation WHERE target = {id}"
                " AND act LIKE 'user.second%' ORDER BY seq",
                id=param(person, "text"),
            )
        )
    assert noted == [("user.second_factor_set", "lost"), ("user.second_factor_reset", "Lost")]


async def test_power_protects_against_a_reset(library: Served, ada: httpx.AsyncClient) -> None:
    reg = await library.signed_in("reg")
    own = await reg.delete(f"/api/v1/users/{library.ids['reg']}/second-factor")
    above = await reg.delete(f"/api/v1/users/{library.ids['ada']}/second-factor")
    unknown = await reg.delete("/api/v1/users/00000000-0000-0000-0000-000000000001/second-factor")

    assert (own.status_code, above.status_code, unknown.status_code) == (403, 403, 404)
    assert word(above) == "above_you"
    assert (await ada.get("/api/v1/me")).status_code == 200


@pytest.fixture
async def strict(ada: httpx.AsyncClient) -> Any:
    """Demand a second factor of volunteers, for one test."""
    path = "/api/v1/config/security/main"
    rules = {"second_factor": "roles", "second_factor_roles": ["volunteer"]}
    answer = await ada.put(path, json={"kind": "security", "key": "main", "sign_in": rules})
    assert answer.status_code < 300, answer.text
    yield
    assert (await ada.delete(path)).status_code < 300


async def test_who_must_have_one_and_has_none_may_only_set_it_up(
    library: Served, hired: Hire, strict: None
) -> None:
    client, login, _ = await hired("newcomer")
    begun = await tried(library, login)

    assert begun.json()["first"] == "second_factor"
    assert (await client.get("/api/v1/me")).json()["first"] == "second_factor"
    for path in ("/records/book", "/users", "/openapi.json", "/api-keys", "/config/role"):
        refused = await client.get(f"/api/v1{path}")
        assert (refused.status_code, word(refused)) == (403, "second_factor_missing"), path
    made = await client.post("/api/v1/api-keys", json={"name": "a way around"})
    written = await client.post("/api/v1/records/reader", json={"name": "x"})
    assert (made.status_code, written.status_code) == (403, 403)

    assert (await client.get(FACTOR)).json()["demanded"] is True
    await enrolled(client)

    assert "objects" in (await client.get("/api/v1/me")).json()
    assert word(await client.delete(f"{FACTOR}/totp")) == "last_factor"


async def test_a_demand_counts_for_sessions_that_are_open(
    library: Served, ada: httpx.AsyncClient, hired: Hire
) -> None:
    client, _, _ = await hired("early")
    lin = await library.signed_in("lin")
    assert (await client.get("/api/v1/me")).status_code == 200
    path = "/api/v1/config/security/main"
    rules = {"second_factor": "roles", "second_factor_roles": ["volunteer"]}

    put = await ada.put(path, json={"kind": "security", "key": "main", "sign_in": rules})
    assert put.status_code < 300, put.text
    await asyncio.sleep(1.1)
    statuses = [(await one.get("/api/v1/users")).status_code for one in (client, lin, ada)]
    await ada.delete(path)

    assert statuses == [403, 200, 200]


async def test_a_new_password_is_no_way_around(
    library: Served, ada: httpx.AsyncClient, hired: Hire
) -> None:
    client, login, person = await hired("reset")
    secret, _ = await enrolled(client)

    await ada.patch(f"/api/v1/users/{person}", json={"password": "another sesame"})

    assert (await client.get("/api/v1/me")).status_code == 401
    bare = await tried(library, login, password="another sesame")
    full = await tried(library, login, codes(secret), password="another sesame")
    assert (bare.status_code, word(bare), full.status_code) == (401, "second_factor_needed", 200)


async def test_a_mobile_number_and_an_email_ask_for_the_second_factor_too(
    library: Served, ada: httpx.AsyncClient, hired: Hire
) -> None:
    client, _, person = await hired("aliased")
    contact = {"email": "aliased@example.com", "mobile": "13712345678"}
    await ada.patch(f"/api/v1/users/{person}", json=contact)
    await enrolled(client)

    for name in ("ALIASED", "aliased@example.com", "137 1234 5678"):
        assert word(await tried(library, name)) == "second_factor_needed"


async def test_a_session_is_never_one_that_was_there_before(library: Served, hired: Hire) -> None:
    client, login, _ = await hired("fixed")
    secret, _ = await enrolled(client)
    planted = "planted-by-somebody-else-0123456789abcdefghi"
    given = {"login": login, "password": PASSWORD, "totp": codes(secret)}

    victim = library.client(cookie=f"zhike_session={planted}")
    begun = await victim.post(LOGIN, json=given)

    assert begun.status_code == 200
    assert planted not in begun.headers["set-cookie"]
    thief = library.client(cookie=f"zhike_session={planted}")
    assert (await thief.get("/api/v1/me")).status_code == 401


async def test_codes_of_one_workspace_and_person_open_no_other(
    library: Served, hired: Hire
) -> None:
    one, _, _ = await hired("mine_only")
    other, login, _ = await hired("yours_only")
    secret, spare = await enrolled(one)
    await enrolled(other)

    assert word(await tried(library, login, codes(secret))) == "wrong_code"
    assert word(await tried(library, login, spare[0])) == "wrong_code"


async def test_a_wrong_code_costs_as_much_as_a_wrong_password(library: Served, hired: Hire) -> None:
    client, login, _ = await hired("costly")
    secret, _ = await enrolled(client)

    answers = [await tried(library, login, f"{number:06}") for number in range(5)]
    locked = await tried(library, login, codes(secret))

    assert [one.status_code for one in answers] == [401] * 5
    assert locked.status_code == 429


async def test_asking_for_a_code_is_no_failure(library: Served, hired: Hire) -> None:
    client, login, _ = await hired("slowly")
    secret, _ = await enrolled(client)

    asked = [await tried(library, login) for _ in range(7)]

    assert {word(one) for one in asked} == {"second_factor_needed"}
    assert (await tried(library, login, codes(secret))).status_code == 200
