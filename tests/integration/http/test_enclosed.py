"""Files with a public form: what strangers may enclose, and that nothing else is kept or given."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from time import time
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest
from tests.served import BOOK_WITH_SCAN, Served

from zhike.hub import visitors
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform
from zhike.store import form_addresses

BOOKS = "/api/v1/records/book"
OFFICE = "application/vnd.openxmlformats-officedocument."
Part = tuple[str, tuple[str, bytes]]


@dataclass(frozen=True, kw_only=True)
class Open:
    """A form for books that takes files."""

    library: Served
    key: str
    path: str
    stranger: httpx.AsyncClient

    async def sent(
        self, files: Sequence[Part], values: Mapping[str, Any], **more: Any
    ) -> httpx.Response:
        async with self.library.system.db.reading(platform(), self.library.workspace) as tx:
            found = await form_addresses.of_form(tx, self.key)
        assert found
        ticket = visitors.ticket(found.seal, now=time() - 60)
        said = orjson.dumps({"values": values, "ticket": ticket, **more})
        if not files:
            json = {"content-type": "application/json"}
            return await self.stranger.post(self.path, content=said, headers=json)
        return await self.stranger.post(
            f"{self.path}/with-files", data={"form": said.decode()}, files=list(files)
        )

    async def kept(self, *contents: bytes) -> list[bool]:
        """Say of each content whether anything of it is kept, on the disk or by name."""
        hashes = [sha256(one).hexdigest() for one in contents]
        async with self.library.system.db.reading(platform(), self.library.workspace) as tx:
            asked = sql(
                "SELECT hash FROM zk_file WHERE hash = ANY({all})", all=param(hashes, "text[]")
            )
            named = {hash_ for (hash_,) in await tx.rows(asked)}
        store = self.library.system.files
        return [store.path(one).exists() or one in named for one in hashes]


async def opened(library: Served, ada: httpx.AsyncClient, **public: Any) -> Open:
    """Open a form of one's own."""
    key = f"give_{uuid4().hex[:10]}"
    limits = {"files": 2, "file_mb": 1, "per_minute": 5000, "per_address": 5000}
    body = {
        "kind": "form", "key": key, "object": "book", "purpose": ["public"],
        "label": {"zh": "捐书", "en": "Give a book"},
        "sections": [{"fields": ["title", "isbn", "scans", "cover"]}],
        "public": {**limits, **public},
    }  # fmt: skip
    assert (await ada.put(f"/api/v1/config/form/{key}", json=body)).status_code < 300
    kept = await ada.put(f"/api/v1/forms/{key}/address", json={})
    assert kept.status_code == 200, kept.text
    address = kept.json()["address"].rpartition("/")[2]
    stranger = library.client(accept_language="zh")
    return Open(library=library, key=key, path=f"/api/v1/public/{address}", stranger=stranger)


@pytest.fixture(scope="module", autouse=True)
async def holding(ada: httpx.AsyncClient) -> None:
    """Let books hold scans and a picture."""
    more = [
        {"key": "scans", "kind": "attachment", "label": "扫描件", "max": 2},
        {"key": "cover", "kind": "image", "label": "封面", "accept": [".png", "image/gif"]},
    ]
    body = {"kind": "object", **BOOK_WITH_SCAN, "fields": [*BOOK_WITH_SCAN["fields"], *more]}
    answer = await ada.put("/api/v1/config/object/book", json=body)
    assert answer.is_success, answer.text


@pytest.fixture
async def door(library: Served, ada: httpx.AsyncClient) -> Open:
    return await opened(library, ada)


def fresh(head: bytes) -> bytes:
    """Make a content that nobody has sent yet."""
    return head + uuid4().bytes


def png() -> bytes:
    return fresh(b"\x89PNG\r\n\x1a\n")


def pdf() -> bytes:
    return fresh(b"%PDF-1.7\n")


def packed(*names: str, remark: bytes = b"", types: str = "[Content_Types].xml") -> bytes:
    """Make a document of the office kind with such parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in (types, *names):
            archive.writestr(name, uuid4().hex)
        archive.comment = remark
    return made.getvalue()


async def books(ada: httpx.AsyncClient, title: str) -> list[dict[str, Any]]:
    answer = await ada.get(BOOKS, params={"where": f'title = "{title}"'})
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def told_in_the_log(door: Open) -> list[tuple[str, list[str]]]:
    """Give what became of everything that was sent, and for which fields files were kept."""
    asked = sql(
        "SELECT new->>'fate', new->>'files' FROM zk_operation"
        " WHERE act = 'form.sent' AND new->>'form' = {form} ORDER BY seq",
        form=param(door.key, "text"),
    )
    async with door.library.system.db.reading(platform(), door.library.workspace) as tx:
        rows = await tx.rows(asked)
    return [(fate, orjson.loads(fields)) for fate, fields in rows]


async def test_what_is_enclosed_belongs_to_the_record(
    door: Open, ada: httpx.AsyncClient, library: Served
) -> None:
    title, cover, scan, paper = uuid4().hex, png(), pdf(), packed("word/document.xml")
    wide = await opened(library, ada, files=3)

    answer = await wide.sent(
        [
            ("cover", ("../封面\u202egpj.png", cover)),
            ("scans", ("C:\\目录.pdf", scan)),
            ("scans", ("说明.docx", paper)),
        ],
        {"title": title},
    )

    assert (answer.status_code, answer.json()) == (202, {"sent": True}), answer.text
    [book] = await books(ada, title)
    held = [*book["cover"], *book["scans"]]
    fetched = [await ada.get(f"/api/v1/files/{one}") for one in held]
    assert [one.content for one in fetched] == [cover, scan, paper]
    assert [one.headers["content-type"].partition(";")[0] for one in fetched] == [
        "image/png", "application/pdf", f"{OFFICE}wordprocessingml.document",
    ]  # fmt: skip
    names = [one.headers["content-disposition"] for one in fetched]
    assert names[0].endswith("''%E5%B0%81%E9%9D%A2gpj.png")
    assert names[1].endswith("''%E7%9B%AE%E5%BD%95.pdf")
    assert all(one.startswith("attachment") for one in names)
    assert await told_in_the_log(wide) == [("created", ["cover", "scans"])]
    for one in held:
        assert (await door.stranger.get(f"/api/v1/files/{one}")).status_code == 401


async def test_the_form_says_what_may_be_enclosed(door: Open, ada: httpx.AsyncClient) -> None:
    told = (await door.stranger.get(door.path)).json()

    assert told["files"]["most"] == 2
    assert told["files"]["megabytes"] == 1
    assert told["files"]["kinds"]["cover"] == [".png", ".gif"]
    assert {".pdf", ".jpg", ".docx"} < set(told["files"]["kinds"]["scans"])
    kept = (await ada.get(f"/api/v1/forms/{door.key}/address")).json()
    assert kept["left_out"] == []


async def test_without_leave_no_file_is_taken(library: Served, ada: httpx.AsyncClient) -> None:
    """A form takes files only where somebody said how many."""
    door = await opened(library, ada, files=0)
    content = pdf()

    told = (await door.stranger.get(door.path)).json()
    answer = await door.sent([("scans", ("a.pdf", content))], {"title": "x"})

    assert told["files"] is None
    assert [one["key"] for one in told["object"]["fields"]] == ["title", "isbn"]
    kept = (await ada.get(f"/api/v1/forms/{door.key}/address")).json()
    assert [one["key"] for one in kept["left_out"]] == ["scans", "cover"]
    assert answer.status_code == 422
    assert await door.kept(content) == [False]


EXE = b"MZ\x90\x00"
NOT_TAKEN: list[tuple[str, str, bytes]] = [
    ("scans", "a.pdf", EXE),
    ("scans", "a.exe", b"%PDF-1.7\n"),
    ("scans", "a.pdf.exe", b"%PDF-1.7\n"),
    ("scans", "a", b"%PDF-1.7\n"),
    ("scans", "a.png", b"%PDF-1.7\n"),
    ("scans", "a.pdf", b"<html><script>alert(1)</script>"),
    ("scans", "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
    ("scans", "a.csv", b"name,phone\n"),
    ("scans", "a.zip", packed("x.txt")),
    ("scans", "a.docx", packed("x.txt")),
    ("scans", "a.xlsx", packed("word/document.xml")),
    ("scans", "a.docx", packed("word/document.xml", "word/vbaProject.bin")),
    ("scans", "a.docx", packed("word/document.xml", remark=b"MZ")),
    ("scans", "a.docx", packed("word/document.xml", types="types.xml")),
    ("scans", "a.docx", b"PK\x03\x04"),
    ("scans", "a.docx", b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 16 + b"\0\0"),
    ("scans", "a.pdf", b""),
    ("cover", "a.pdf", b"%PDF-1.7\n"),
    ("cover", "a.jpg", b"\xff\xd8\xff"),
    ("scans", "a.pdf", b"%PDF-" + b"x" * (1 << 20)),
]


@pytest.mark.parametrize(
    "case", NOT_TAKEN, ids=[f"{n}-{one[1]}" for n, one in enumerate(NOT_TAKEN)]
)
async def test_what_is_not_taken_is_stored_nowhere(
    door: Open, ada: httpx.AsyncClient, case: tuple[str, str, bytes]
) -> None:
    field, name, content = case
    title, good = uuid4().hex, pdf()

    answer = await door.sent(
        [("scans", ("good.pdf", good)), (field, (name, content))], {"title": title}
    )

    assert answer.status_code in {413, 422}, answer.text
    assert answer.json()["errors"][0]["path"] == field
    assert await books(ada, title) == []
    assert await door.kept(good, content or good) == [False, False]


async def test_no_more_than_so_many(door: Open, library: Served, ada: httpx.AsyncClient) -> None:
    """Not for one field, not for all, and not by sending thousands."""
    many = await opened(library, ada, files=5)
    three = [pdf() for _ in range(3)]

    field = await many.sent([("scans", ("a.pdf", one)) for one in three], {"title": "x"})
    form = await door.sent(
        [
            ("scans", ("a.pdf", three[0])),
            ("scans", ("a.pdf", three[1])),
            ("cover", ("a.png", png())),
        ],
        {"title": "x"},
    )
    flood = await door.sent([("scans", ("a.pdf", three[0]))] * 40, {"title": "x"})
    large = await door.sent([("scans", ("a.pdf", b"%PDF-" + b"x" * (4 << 20)))], {"title": "x"})

    told = [field.status_code, form.status_code, flood.status_code, large.status_code]
    assert told == [422, 422, 400, 413]
    assert field.json()["errors"][0]["code"] == form.json()["errors"][0]["code"] == "too_many_files"
    assert await door.kept(*three) == [False] * 3


async def test_what_is_refused_or_known_keeps_no_file(
    door: Open, library: Served, ada: httpx.AsyncClient
) -> None:
    """Neither a wrong value, nor a robot, nor a book we have leaves anything behind."""
    isbn, contents = uuid4().hex[:12], [pdf() for _ in range(4)]
    skipping = await opened(library, ada, known="skip")
    first = await ada.post(BOOKS, json={"title": "First", "isbn": isbn})
    assert first.status_code == 201, first.text

    wrong = await door.sent([("scans", ("a.pdf", contents[0]))], {"title": ""})
    robot = await door.sent([("scans", ("a.pdf", contents[1]))], {"title": "x"}, trap="x")
    taken = await door.sent([("scans", ("a.pdf", contents[2]))], {"title": "x", "isbn": isbn})
    known = await skipping.sent([("scans", ("a.pdf", contents[3]))], {"title": "x", "isbn": isbn})

    assert wrong.status_code == 422
    assert {robot.status_code, taken.status_code, known.status_code} == {202}
    assert await door.kept(*contents) == [False] * 4
    assert (await ada.get(f"{BOOKS}/{first.json()['id']}")).json()["scans"] is None


async def test_nobody_puts_in_what_lies_there_already(door: Open, ada: httpx.AsyncClient) -> None:
    """The id of a file opens nothing: files come with the form or not at all."""
    made = await ada.post("/api/v1/files", files={"file": ("secret.pdf", pdf())})
    id_ = made.json()["id"]

    for files in ([], [("cover", ("a.png", png()))]):
        answer = await door.sent(files, {"title": uuid4().hex, "scans": [id_]})
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["code"] == "not_on_the_form"


@pytest.mark.parametrize("field", ["title", "isbn", "owner", "nothing", "", "x" * 3000])
async def test_files_for_other_fields_are_refused(door: Open, field: str) -> None:
    content = pdf()

    answer = await door.sent([(field, ("a.pdf", content))], {"title": "x"})

    assert answer.status_code in {400, 422}, answer.text
    assert await door.kept(content) == [False]


PART = b'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("application/json", b"{}"),
        ("text/plain", b"x"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--"),
        ("multipart/form-data; boundary=x", b"--y\r\n"),
        ("multipart/form-data; boundary=x", PART + b'{"values": []}\r\n--x--\r\n'),
        ("multipart/form-data; boundary=x", PART + b"{\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", PART + b"x" * 70_000 + b"\r\n--x--\r\n"),
    ],
    ids=range(9),
)
async def test_whatever_is_sent_is_answered(door: Open, head: str, body: bytes) -> None:
    answer = await door.stranger.post(
        f"{door.path}/with-files", content=body, headers={"content-type": head}
    )

    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_files_count_as_any_other_sending(library: Served, ada: httpx.AsyncClient) -> None:
    door = await opened(library, ada, per_address=2)

    told = [(await door.sent([("scans", ("a.pdf", EXE))], {})).status_code for _ in range(6)]

    assert 429 in told
    assert (await door.sent([], {})).status_code == 429


async def test_a_closed_form_takes_no_file(door: Open, ada: httpx.AsyncClient) -> None:
    await ada.put(f"/api/v1/forms/{door.key}/address", json={"open": False})

    answer = await door.sent([("scans", ("a.pdf", pdf()))], {"title": "x"})

    assert answer.status_code == 404


@pytest.mark.parametrize(("known", "held"), [("update", False), ("overwrite", False)])
async def test_files_fill_in_what_is_blank_and_replace_nothing(
    library: Served, ada: httpx.AsyncClient, known: str, *, held: bool
) -> None:
    door = await opened(library, ada, known=known)
    isbn, first, second = uuid4().hex[:12], pdf(), pdf()
    book = (await ada.post(BOOKS, json={"title": "Blank", "isbn": isbn})).json()

    for content in (first, second):
        answer = await door.sent([("scans", ("a.pdf", content))], {"title": "Blank", "isbn": isbn})
        assert answer.status_code == 202, answer.text

    [id_] = (await ada.get(f"{BOOKS}/{book['id']}")).json()["scans"]
    assert (await ada.get(f"/api/v1/files/{id_}")).content == first
    assert await door.kept(second) == [held]
