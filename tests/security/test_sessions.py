"""Cookies and sessions: nobody plants one, reads one, or rides on one; nobody is sent elsewhere."""

from http.cookies import Morsel, SimpleCookie

import httpx
import pytest
from tests.served import PASSWORD, Served

LOGIN = "/api/v1/auth/login"
SECURE = {"x_forwarded_proto": "https"}


def morsel(answer: httpx.Response) -> Morsel[str]:
    """Give the only cookie that an answer sets."""
    lines = answer.headers.get_list("set-cookie")
    assert len(lines) == 1
    ((_, one),) = SimpleCookie(lines[0]).items()
    return one


async def signed(client: httpx.AsyncClient, login: str = "ada") -> httpx.Response:
    answer = await client.post(LOGIN, json={"login": login, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return answer


async def test_a_cookie_is_out_of_reach_of_scripts_and_other_pages(library: Served) -> None:
    plain = morsel(await signed(library.client()))
    secure = morsel(await signed(library.client(**SECURE)))

    for one in (plain, secure):
        assert (one["httponly"], one["samesite"], one["path"]) == (True, "lax", "/")
        assert one["domain"] == ""
        assert len(one.value) >= 32
    assert (plain.key, plain["secure"]) == ("zhike_session", "")
    assert (secure.key, secure["secure"]) == ("__Host-zhike_session", True)


async def test_over_https_a_neighbour_cannot_plant_a_session(library: Served) -> None:
    """A page of another host under the same domain may set any cookie but one named __Host-."""
    stranger = morsel(await signed(library.client())).value
    victim = library.client(**SECURE)

    planted = await victim.get("/api/v1/me", headers={"cookie": f"zhike_session={stranger}"})
    own = await victim.get("/api/v1/me", headers={"cookie": f"__Host-zhike_session={stranger}"})

    assert (planted.status_code, own.status_code) == (401, 200)


async def test_signing_in_begins_a_session_of_its_own(library: Served) -> None:
    """Session fixation: what was there before signing in is never what counts afterwards."""
    client = library.client()
    planted = "A" * 43
    client.cookies.set("zhike_session", planted)

    first = morsel(await signed(client)).value
    second = morsel(await signed(client)).value

    assert len({planted, first, second}) == 3
    fixed = await library.client().get("/api/v1/me", headers={"cookie": f"zhike_session={planted}"})
    assert fixed.status_code == 401


async def test_a_session_ends_for_good(library: Served) -> None:
    client = library.client()
    token = morsel(await signed(client)).value
    kept = {"cookie": f"zhike_session={token}"}

    gone = await client.post("/api/v1/auth/logout")
    after = await library.client().get("/api/v1/me", headers=kept)

    assert gone.status_code == 204
    assert morsel(gone).value == ""
    assert after.status_code == 401


@pytest.mark.parametrize("name", ["next", "redirect", "return_to", "url", "continue", "goto"])
@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
async def test_nobody_is_sent_elsewhere(library: Served, name: str, target: str) -> None:
    client = await library.signed_in("ada")

    for path in ("/", "/api/docs", "/api/v1/me", "/api/v1/auth/methods", f"/{target}"):
        answer = await client.get(path, params={name: target}, follow_redirects=False)

        assert "evil" not in answer.headers.get("location", "")
        assert "evil" not in answer.headers.get("refresh", "")
        assert "<script>" not in answer.text


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "x-forwarded-proto"])
async def test_no_answer_builds_an_address_from_what_the_caller_calls_us(
    library: Served, header: str
) -> None:
    client = await library.signed_in("ada")

    answer = await client.get("/api/v1/openapi.json", headers={header: "evil.example"})
    page = await client.get("/", headers={header: "evil.example"})

    assert "evil.example" not in answer.text + page.text


async def test_headers_cannot_be_split(library: Served) -> None:
    """What a caller names never begins a header of ours, wherever it comes back."""
    client = await library.signed_in("ada")
    evil = "a\r\nset-cookie: x=y\r\n\r\n<script>"

    made = await client.post("/api/v1/files", files={"file": (evil, b"x")})
    fetched = await client.get(made.headers["location"])
    echoed = await client.get("/api/v1/me", headers=[(b"x-request-id", b"a%0d%0ax: y")])

    for answer in (made, fetched, echoed):
        assert "set-cookie" not in answer.headers
        assert not any("\r" in one or "\n" in one for one in answer.headers.values())
    assert echoed.headers["x-request-id"] != "a%0d%0ax: y"


@pytest.mark.parametrize("reason", ["%00", "%0d%0aX: y", "%1b[31m", "%F0%28%8C%28", "x" * 5000])
async def test_a_reason_is_only_a_text(library: Served, reason: str) -> None:
    client = await library.signed_in("ada")

    made = await client.post(
        "/api/v1/departments", json={"name": f"部门 {hash(reason)}"}, headers={"x-reason": reason}
    )

    assert made.status_code == 201, made.text


async def test_only_a_plain_address_is_taken_from_a_proxy(library: Served) -> None:
    proxy = httpx.ASGITransport(library.app, client=("127.0.0.1", 5000))
    for told in ("<script>", "1.2.3.4\t5", "a" * 500, "", "'; DROP TABLE zk_user; --"):
        headers = {"x-workspace": library.workspace, "x-forwarded-for": told}
        async with httpx.AsyncClient(
            transport=proxy, base_url="http://zhike.test", headers=headers
        ) as client:
            assert (await signed(client, "lin")).status_code == 200
