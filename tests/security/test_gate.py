"""What the gate refuses: foreign pages, foreign workspaces, crowds at the door."""

import asyncio

import httpx
import pytest
from tests.served import PASSWORD, Served

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

LOGIN = "/api/v1/auth/login"
BOOKS = "/api/v1/records/book"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://zhike.test.evil.example"},
        {"origin": "http://zhike.test:8080"},
        {"origin": "null"},
        {"origin": "garbage"},
        {"sec-fetch-site": "cross-site"},
    ],
)
async def test_a_write_from_another_page_is_refused(
    library: Served, ada: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await ada.post(BOOKS, json={"title": "Forged"}, headers=headers)
    sign_in = await library.client().post(
        LOGIN, json={"login": "ada", "password": PASSWORD}, headers=headers
    )

    assert (answer.status_code, sign_in.status_code) == (403, 403)
    assert answer.json()["errors"][0]["code"] == "foreign_origin"


async def test_our_own_page_and_programs_may_write(library: Served, ada: httpx.AsyncClient) -> None:
    key = (await ada.post("/api/v1/api-keys", json={"name": "program"})).json()["key"]
    program = library.client(authorization=f"Bearer {key}")

    own = await ada.post(BOOKS, json={"title": "Ours"}, headers={"origin": "http://zhike.test"})
    machine = await program.post(
        BOOKS, json={"title": "Theirs"}, headers={"origin": "https://app.example"}
    )

    assert (own.status_code, machine.status_code) == (201, 201)


async def test_reading_from_another_page_shares_nothing_with_it(ada: httpx.AsyncClient) -> None:
    answer = await ada.get(BOOKS, headers={"origin": "https://evil.example"})

    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


async def test_a_token_opens_its_own_workspace_only(library: Served, annex: Served) -> None:
    here = await library.signed_in("ada")
    key = (await here.post("/api/v1/api-keys", json={"name": "x"})).json()["key"]
    there = annex.client()
    there.cookies.set("zhike_session", here.cookies["zhike_session"])

    answers = [
        await there.get("/api/v1/me"),
        await annex.client(authorization=f"Bearer {key}").get("/api/v1/me"),
        await library.client(x_workspace="nowhere").get("/api/v1/me"),
        await library.client(x_workspace='x"; DROP').get("/api/v1/me"),
    ]

    assert [one.status_code for one in answers] == [401, 401, 404, 404]


async def test_a_record_of_another_workspace_does_not_exist(library: Served, annex: Served) -> None:
    here, there = await library.signed_in("ada"), await annex.signed_in("ada")
    book = (await here.post(BOOKS, json={"title": "Here"})).json()

    assert (await here.get(f"{BOOKS}/{book['id']}")).status_code == 200
    assert (await there.get(f"{BOOKS}/{book['id']}")).status_code == 404


async def test_a_host_name_chooses_its_workspace(library: Served, annex: Served) -> None:
    async with library.system.db.transaction(platform(), "main") as tx:
        text = "UPDATE zhike.workspace SET host = 'annex.test' WHERE slug = {annex}"
        await tx.run(sql(text, annex=param(annex.workspace)))
    await library.system.workspaces.load()
    client = annex.client(x_workspace=library.workspace, host="Annex.test:8000")

    signed = await client.post(LOGIN, json={"login": "ada", "password": PASSWORD})
    me = await client.get("/api/v1/me")

    assert signed.status_code == 200
    assert me.json()["workspace"] == annex.workspace


async def test_guessing_is_slowed_down(annex: Served) -> None:
    client = annex.client()
    wrong = {"login": "val", "password": "guess"}

    answers = [await client.post(LOGIN, json=wrong) for _ in range(7)]
    right = await client.post(LOGIN, json={"login": "VAL", "password": PASSWORD})
    other = await client.post(LOGIN, json={"login": "lin", "password": PASSWORD})

    assert [one.status_code for one in answers] == [401] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 900
    assert answers[-1].json()["errors"][0]["code"] == "too_many"
    assert right.status_code == 429
    assert other.status_code == 200


async def test_a_proxy_on_this_machine_says_for_whom_it_asks(annex: Served) -> None:
    proxy = httpx.ASGITransport(annex.app, client=("127.0.0.1", 5000))
    wrong = {"login": "reg", "password": "guess"}

    async def guess(address: str) -> int:
        headers = {"x-workspace": annex.workspace, "x-forwarded-for": address}
        async with httpx.AsyncClient(
            transport=proxy, base_url="http://zhike.test", headers=headers
        ) as client:
            return (await client.post(LOGIN, json=wrong)).status_code

    one = [await guess("203.0.113.1, 198.51.100.7") for _ in range(6)]
    other = await guess("198.51.100.8")

    assert one == [401] * 5 + [429]
    assert other == 401


async def test_a_proxy_may_call_us_by_another_name(ada: httpx.AsyncClient) -> None:
    headers = {"origin": "https://crm.example", "x-forwarded-host": "crm.example"}

    answer = await ada.post(BOOKS, json={"title": "By proxy"}, headers=headers)

    assert answer.status_code == 201


async def test_a_crowd_of_guesses_gets_no_further(library: Served) -> None:
    client = library.client()
    wrong = {"login": "vic", "password": "guess"}

    answers = await asyncio.gather(*(client.post(LOGIN, json=wrong) for _ in range(40)))

    judged = sum(one.status_code == 401 for one in answers)
    assert judged <= 6
    assert judged + sum(one.status_code == 429 for one in answers) == 40


async def test_every_answer_carries_the_headers_that_protect_it(
    library: Served, ada: httpx.AsyncClient
) -> None:
    plain = [
        await ada.get(BOOKS),
        await ada.get("/api/v1/me"),
        await ada.get("/nothing/here"),
        await ada.get(BOOKS, params={"limit": "0"}),
        await library.client().get("/healthz"),
    ]
    page = await library.client().get("/")
    secure = await library.client(x_forwarded_proto="https").get("/")

    for answer in [*plain, page]:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == ("no-cache" if answer is page else "no-store")
        assert answer.headers["x-request-id"]
        assert "server" not in answer.headers
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    assert "strict-transport-security" in secure.headers
    assert "strict-transport-security" not in page.headers


async def test_the_pages_need_nothing_from_elsewhere(library: Served) -> None:
    client = library.client()

    for path in ("/", "/api/docs", "/api/docs/docs.js", "/api/docs/style.css"):
        answer = await client.get(path)
        assert answer.status_code == 200
        assert "http://" not in answer.text
        assert "https://" not in answer.text
        assert "<script>" not in answer.text
        assert " style=" not in answer.text


async def test_a_file_is_never_shown_only_saved(ada: httpx.AsyncClient) -> None:
    page = b"<html><script>alert(1)</script></html>"
    sent = {"file": ('a"b\r\n.html', page, "text/html")}

    made = await ada.post("/api/v1/files", files=sent)
    fetched = await ada.get(f"/api/v1/files/{made.json()['id']}")

    assert made.status_code == 201, made.text
    assert fetched.content == page
    assert fetched.headers["content-type"] == "application/octet-stream"
    assert fetched.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in fetched.headers["content-security-policy"]


async def test_somebody_elses_file_is_not_there(library: Served, ada: httpx.AsyncClient) -> None:
    made = await ada.post("/api/v1/files", files={"file": ("mine.txt", b"secret")})
    lin = await library.signed_in("lin")

    assert (await lin.get(f"/api/v1/files/{made.json()['id']}")).status_code == 404


async def test_the_id_of_somebody_elses_file_opens_nothing(
    library: Served, ada: httpx.AsyncClient
) -> None:
    """Whoever may see a record may fetch its files: an id put into one's own record is no key."""
    made = (await ada.post("/api/v1/files", files={"file": ("mine.txt", b"secret")})).json()
    lin = await library.signed_in("lin")
    at = f"/api/v1/files/{made['id']}"

    stolen = await lin.post(BOOKS, json={"title": "Bait", "scan": [made["id"]]})
    book = (await lin.post(BOOKS, json={"title": "Bait"})).headers["location"]
    changed = await lin.patch(book, json={"scan": [made["id"]]})
    unknown = await lin.post(
        BOOKS, json={"title": "x", "scan": ["01890000-0000-7000-8000-000000000000"]}
    )

    assert [one.status_code for one in (stolen, changed, unknown)] == [422] * 3
    said = {one.json()["errors"][0]["code"] for one in (stolen, changed, unknown)}
    assert said == {"unknown_record"}
    assert (await lin.get(at)).status_code == 404


async def test_a_file_that_is_seen_may_be_put_into_another_record(
    library: Served, ada: httpx.AsyncClient
) -> None:
    made = (await ada.post("/api/v1/files", files={"file": ("ours.txt", b"shared")})).json()
    seen = await ada.post(BOOKS, json={"title": "Scanned", "scan": [made["id"]]})
    lin = await library.signed_in("lin")

    copied = await lin.post(BOOKS, json={"title": "Copy", "scan": [made["id"]]})
    kept = await lin.patch(seen.headers["location"], json={"title": "New", "scan": [made["id"]]})

    assert (seen.status_code, copied.status_code, kept.status_code) == (201, 201, 200)
