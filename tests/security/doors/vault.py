"""
A workspace full of marked things, and a guest who may see few of them.

Every mark says why its bearer is not for the guest: hidden field, masked field, out of scope, gone.
In a second workspace everything bears one mark more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from tests.served import PASSWORD, Served

from zhike.doors.system import EXPORT, IDENTITY, SWEEP
from zhike.hub import registry
from zhike.kernel.viewer import platform
from zhike.meta import RegistrySpec

HIDDEN, MASKED, SCOPE, GONE = "ZXHIDDEN", "ZXMASKED", "ZXSCOPE", "ZXGONE"
PHONES = ("13987650001", "13987650002", "13987650003")
MARKS = (HIDDEN, MASKED, SCOPE, GONE, "98765000", "777.77", "888.88")
"""What the guest must never be told, in whatever form it is kept."""
API = "/api/v1"
REGISTER, COMPANY = "register", "登记号"

JUDGED = {"kind": "quality", "key": "book", "object": "book"}
FORM: dict[str, Any] = {
    "kind": "form",
    "key": "book",
    "object": "book",
    "label": "图书表单",
    "sections": [
        {"label": "基本", "fields": ["title", {"field": "remark", "help": HIDDEN}]},
        {
            "visible": f'remark = "{HIDDEN}"',
            "fields": [{"field": "genre", "required": f'isbn = "{MASKED}"'}],
        },
    ],
}
PUBLIC: dict[str, Any] = {
    "kind": "form",
    "key": "wish",
    "object": "book",
    "label": "想看的书",
    "purpose": "public",
    "sections": [{"fields": ["title", "genre"]}],
    "public": {"values": {"remark": HIDDEN, "isbn": MASKED}},
}
PAGE: dict[str, Any] = {
    "kind": "page",
    "key": "book",
    "object": "book",
    "label": "图书页面",
    "columns": [
        {
            "blocks": [
                {"block": "facts", "label": HIDDEN, "fields": ["remark"]},
                {"block": "facts", "visible": f'remark = "{HIDDEN}"'},
            ]
        }
    ],
}
GUEST: dict[str, Any] = {
    "kind": "role",
    "key": "guest",
    "label": "访客",
    "objects": {
        "book": {
            "read": "all",
            "export": "all",
            "fields": {
                "remark": "hidden", "isbn": "masked", "price": "masked", "worth": "hidden",
                "quality": "read", "quality_completeness": "read",
            },
            "other_fields": "read",
        },
        "reader": {
            "read": "own",
            "create": True,
            "update": "own",
            "export": "own",
            "import": True,
            "fields": {"phone": "masked", "balance": "hidden"},
        },
        "loan": {"read": "own", "create": True, "update": "own"},
    },
}  # fmt: skip


@dataclass(kw_only=True)
class Vault:
    """The workspace, its ids, and the names of what is in it."""

    library: Served
    mark: str
    ids: dict[str, list[str]] = field(default_factory=dict)

    def keep(self, noun: str, id_: str) -> str:
        self.ids.setdefault(f"id@{noun}", []).append(id_)
        self.ids.setdefault("id", []).append(id_)
        return id_

    def text(self, mark: str) -> str:
        return f"{mark}{self.mark}"


async def stocked(library: Served, mark: str = "") -> Vault:
    """Fill a workspace."""
    vault = Vault(library=library, mark=mark)
    ada = await library.signed_in("ada")
    await _said(ada.put(f"{API}/config/quality/book", json=JUDGED))
    await _said(ada.put(f"{API}/config/role/guest", json=GUEST))
    await _said(ada.put(f"{API}/config/form/book", json=FORM))
    await _said(ada.put(f"{API}/config/page/book", json=PAGE))
    await _said(ada.put(f"{API}/config/form/wish", json=PUBLIC))
    kept = await _said(ada.put(f"{API}/forms/wish/address", json={}))
    vault.ids["address"] = [kept.json()["address"].rpartition("/")[2]]
    await _people(vault, ada)
    await _records(vault, ada)
    await _register(vault, ada)
    await _work(vault, ada)
    return vault


async def _said(asked: Any, *statuses: int) -> httpx.Response:
    answer: httpx.Response = await asked
    assert answer.status_code in (statuses or (200, 201, 202)), answer.text
    return answer


async def _people(vault: Vault, ada: httpx.AsyncClient) -> None:
    given = {"login": "guest", "name": "Guest", "password": PASSWORD, "roles": ["guest"]}
    made = await _said(ada.post(f"{API}/users", json=given))
    vault.ids["guest"] = [vault.keep("users", made.json()["id"])]
    for login, id_ in vault.library.ids.items():
        vault.ids[login] = [vault.keep("users", id_)]
    headers = {"x-reason": vault.text(SCOPE)}
    given = {"name": f"部门{vault.mark}"}
    made = await _said(ada.post(f"{API}/departments", json=given, headers=headers))
    vault.ids["hall"] = [vault.keep("departments", made.json()["id"])]
    made = await _said(ada.post(f"{API}/api-keys", json={"name": vault.text(SCOPE)}))
    vault.keep("api-keys", made.json()["id"])
    vault.ids["key of ada"] = [made.json()["key"]]


async def _records(vault: Vault, ada: httpx.AsyncClient) -> None:
    (guest,) = vault.ids["guest"]

    async def made(obj: str, **values: Any) -> str:
        answer = await _said(ada.post(f"{API}/records/{obj}", json=values))
        return vault.keep("records", answer.json()["id"])

    text = vault.text
    book = await made("book", title=f"开放的书{vault.mark}", remark=text(HIDDEN),
                      isbn=f"{text(MASKED)}-0123456789", price="777.77")  # fmt: skip
    mine = await made("reader", name=f"自己的{vault.mark}", phone=PHONES[0], balance="888.88",
                      owner=guest, favourites=[book])  # fmt: skip
    other = await made("reader", name=text(SCOPE), phone=PHONES[1], balance="888.88",
                       favourites=[book])  # fmt: skip
    twin = await made("reader", name=f"{text(SCOPE)}一", phone=PHONES[2])
    gone = await made("reader", name=text(GONE), owner=guest)
    await made("loan", reader=mine, book=book, note=f"可见{vault.mark}", owner=guest)
    await made("loan", reader=mine, book=book, note=text(SCOPE), fee="777.77")
    await made("loan", reader=other, book=book, note=f"别人的{vault.mark}", owner=guest)
    card = await made("card", reader=mine, number=text(SCOPE))
    double = await made("reader", name=f"{text(SCOPE)}三", phone=PHONES[1][:-1] + "4")
    await made("loan", reader=double, book=book, note=text(SCOPE))
    merged = await _said(
        ada.post(f"{API}/records/reader/{mine}/merge", json={"duplicates": [double]})
    )
    vault.keep("merges", merged.json()["merge_id"])
    also = await made("reader", name=f"又一个{vault.mark}", phone=PHONES[1][:-1] + "5", owner=guest)
    named = {"mine": mine, "other": other, "gone": gone, "book": book, "card": card, "also": also}
    vault.ids.update({name: [id_] for name, id_ in named.items()})
    for id_ in (mine, other, twin):
        change = {"balance": "888.88", "name": f"{text(SCOPE)}二"} if id_ != mine else {}
        await _said(ada.patch(f"{API}/records/reader/{id_}", json={**change, "balance": "777.77"}))
    await _said(ada.delete(f"{API}/records/reader/{gone}"), 200, 204)


async def _register(vault: Vault, ada: httpx.AsyncClient) -> None:
    """A company register that was asked a moment ago, so that nobody calls it."""
    written = {
        "kind": "registry",
        "key": REGISTER,
        "label": "工商",
        "object": "reader",
        "search": {"url": "https://register.invalid/?q={words}", "found": "found"},
        "id": "id",
        "fields": {"name": "name", "balance": "balance"},
    }
    await _said(ada.put(f"{API}/config/registry/{REGISTER}", json=written))
    spec = RegistrySpec.model_validate(written)
    company = {"id": COMPANY, "name": "登记在册的公司", "balance": vault.text(HIDDEN)}
    async with vault.library.system.db.transaction(platform(), vault.library.workspace) as tx:
        asked = registry.searching(spec, COMPANY)
        await registry.remember(tx, spec, asked, {"found": [company]})


async def _work(vault: Vault, ada: httpx.AsyncClient) -> None:
    """Files, imports, exports, views and runs of somebody else."""
    secret = vault.text(SCOPE)
    csv = f"姓名,电话\n{secret},13987650009\n".encode()
    made = await _said(ada.post(f"{API}/files", files={"file": (f"{secret}.csv", csv)}))
    vault.keep("files", made.json()["id"])
    drafted = await _said(
        ada.post(
            f"{API}/imports", files={"file": (f"{secret}.csv", csv)}, data={"object": "reader"}
        )
    )
    vault.keep("imports", drafted.json()["id"])
    wanted = {"object": "reader", "format": "csv", "reason": secret}
    asked = await _said(ada.post(f"{API}/exports", json=wanted))
    await run(vault, EXPORT, vault.keep("exports", asked.json()["id"]))
    vault.ids["trace"] = [asked.json()["trace"]]
    swept = {"ids": [str(uuid4()) for _ in range(1_001)], "set": {"name": secret}}
    begun = await _said(ada.patch(f"{API}/records/reader", json=swept))
    await run(vault, SWEEP, vault.keep("sweeps", begun.json()["id"]))
    view = {"object": "reader", "label": secret, "where": f'name = "{secret}"'}
    made = await _said(ada.post(f"{API}/views", json=view))
    vault.keep("views", made.json()["id"])
    guest = await vault.library.signed_in("guest")
    view = {"object": "reader", "label": f"mine{vault.mark}"}
    made = await _said(guest.post(f"{API}/views", json=view))
    vault.keep("views", made.json()["id"])
    begun = await ada.post(f"{API}/identity/reader/runs", json={})
    if begun.is_success:
        await run(vault, IDENTITY, vault.keep("identity", begun.json()["id"]))


async def run(vault: Vault, task: str, id_: str) -> None:
    """Do what the worker does."""
    args = {"workspace": vault.library.workspace, "id": id_}
    await vault.library.system.jobs.tasks[task].work(args)


def leaks(content: bytes, marks: Sequence[str]) -> list[str]:
    """Name the marks that stand in an answer."""
    text = content.decode("utf-8", "replace")
    return [one for one in marks if one in text]
