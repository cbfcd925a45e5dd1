"""One deed for each writing route of the nouns: what is sent, so that the log can be looked at."""

import os
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import uuid4

import httpx
import pyotp
from tests.integration.sign_in.authenticator import Authenticator
from tests.integration.sign_in.guests import entered, secure
from tests.served import PASSWORD, Served

from zhike.doors.system import IMPORT
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

API = "/api/v1"
READ = {"read": "all", "update": "all"}
OTHER_PASSWORD = "another open sesame"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The library, its administrator, and people hired for a deed."""

    club: Served
    ada: httpx.AsyncClient

    async def hired(self, *roles: str) -> tuple[str, str, httpx.AsyncClient]:
        """Hire somebody; give id, login, and a client."""
        login = f"d{os.urandom(5).hex()}"
        given = {"login": login, "name": login, "password": PASSWORD, "roles": list(roles)}
        made = await self.ada.post(f"{API}/users", json=given)
        assert made.status_code == 201, made.text
        return made.json()["id"], login, await self.club.signed_in(login)

    async def made(self, path: str, **body: Any) -> str:
        """Make something as the administrator; give its id."""
        answer = await self.ada.post(f"{API}{path}", json=body)
        assert answer.status_code in {200, 201, 202}, answer.text
        return str(answer.json()["id"])

    async def book(self) -> str:
        """Put a book on the shelf."""
        return await self.made("/records/book", title=f"书 {os.urandom(4).hex()}")

    async def reader(self) -> str:
        """Enrol a reader."""
        return await self.made("/records/reader?on_duplicate=create", name=os.urandom(4).hex())

    async def said(self, statement: LiteralString, **values: str) -> None:
        """Put something into the database that takes a whole world to come there by itself."""
        async with self.club.system.db.transaction(platform(), self.club.workspace) as tx:
            await tx.run(sql(statement, **{key: param(one) for key, one in values.items()}))

    async def scim(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Do something as the directory."""
        made = await self.ada.post(f"{API}/api-keys", json={"name": "目录"})
        client = self.club.client(authorization=f"Bearer {made.json()['key']}")
        return await client.request(method, f"/scim/v2{path}", json=body)

    async def colleague(self) -> str:
        """Have the directory add somebody."""
        made = await self.scim("POST", "/Users", _person())
        assert made.status_code == 201, made.text
        return str(made.json()["id"])


Deed = Callable[[Scene], Awaitable[httpx.Response]]


def _person(**more: Any) -> dict[str, Any]:
    name = f"s{os.urandom(5).hex()}"
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": name,
        "displayName": name,
        **more,
    }


async def _sign_in(scene: Scene) -> httpx.Response:
    given = {"login": "tess", "password": PASSWORD}
    return await scene.club.client().post(f"{API}/auth/login", json=given)


async def _sign_out(scene: Scene) -> httpx.Response:
    return await (await scene.hired())[2].post(f"{API}/auth/logout")


async def _new_password(scene: Scene) -> httpx.Response:
    client = (await scene.hired())[2]
    return await client.post(f"{API}/me/password", json={"old": PASSWORD, "new": OTHER_PASSWORD})


async def _session(scene: Scene, *, own: bool) -> httpx.Response:
    person, login, client = await scene.hired()
    await scene.club.signed_in(login)
    place = "/me/sessions" if own else f"/users/{person}/sessions"
    by = client if own else scene.ada
    found = (await by.get(f"{API}{place}")).json()["items"]
    other = next(one["id"] for one in found if not one.get("current"))
    return await by.delete(f"{API}{place}/{other}")


async def _sessions(scene: Scene, *, own: bool) -> httpx.Response:
    person, login, client = await scene.hired()
    await scene.club.signed_in(login)
    if own:
        return await client.delete(f"{API}/me/sessions")
    return await scene.ada.delete(f"{API}/users/{person}/sessions")


async def _import_users(scene: Scene) -> httpx.Response:
    name = f"r{os.urandom(4).hex()}"
    table = f"姓名,工号,登录名\n{name},{name},{name}\n".encode()
    files = {"file": ("people.csv", table, "text/csv")}
    return await scene.ada.post(f"{API}/users/import", files=files)


async def _change_user(scene: Scene) -> httpx.Response:
    person, _, _ = await scene.hired()
    return await scene.ada.patch(f"{API}/users/{person}", json={"roles": ["librarian"]})


async def _grant(scene: Scene) -> tuple[str, httpx.Response]:
    person, _, _ = await scene.hired()
    place = f"{API}/users/{person}/grants/book"
    return place, await scene.ada.put(place, json={"grant": READ, "reason": "代班"})


async def _take_grant(scene: Scene) -> httpx.Response:
    place, _ = await _grant(scene)
    return await scene.ada.delete(place)


async def _department(scene: Scene, method: str) -> httpx.Response:
    place = f"{API}/departments/{await scene.made('/departments', name=os.urandom(4).hex())}"
    body = {"name": os.urandom(4).hex()} if method == "PATCH" else None
    return await scene.ada.request(method, place, json=body)


async def _drop_key(scene: Scene) -> httpx.Response:
    return await scene.ada.delete(f"{API}/api-keys/{await scene.made('/api-keys', name='x')}")


async def _hand_over(scene: Scene) -> tuple[str, httpx.Response]:
    person, _, _ = await scene.hired("librarian")
    other, _, _ = await scene.hired("librarian")
    given = {"others": {"user": other}}
    answer = await scene.ada.post(f"{API}/users/{person}/handover", json=given)
    return person, answer


async def _share(scene: Scene) -> tuple[str, httpx.Response]:
    book, (friend, _, _) = await scene.book(), await scene.hired("librarian")
    place = f"{API}/records/book/{book}/shares"
    return place, await scene.ada.post(place, json={"to": {"user": friend}, "level": "read"})


async def _unshare(scene: Scene) -> httpx.Response:
    place, made = await _share(scene)
    return await scene.ada.delete(f"{place}/{made.json()['id']}")


async def _team(scene: Scene, *, leave: bool = False) -> httpx.Response:
    book, (friend, _, _) = await scene.book(), await scene.hired("librarian")
    place = f"{API}/records/book/{book}/team"
    joined = await scene.ada.post(place, json={"user": friend, "level": "read"})
    return await scene.ada.delete(f"{place}/{friend}") if leave else joined


async def _share_many(scene: Scene) -> httpx.Response:
    book, (friend, _, _) = await scene.book(), await scene.hired("librarian")
    body = {"ids": [book], "to": {"user": friend}, "level": "read"}
    return await scene.ada.post(f"{API}/records/book/share", json=body)


async def _give(scene: Scene) -> httpx.Response:
    book, (other, _, _) = await scene.book(), await scene.hired("librarian")
    body = {"ids": [book], "to": other}
    return await scene.ada.post(f"{API}/records/book/transfer", json=body)


async def _view(scene: Scene, *, end: bool = False) -> httpx.Response:
    view = await scene.made("/views", object="book", label=os.urandom(4).hex(), select=["title"])
    place = f"{API}/views/{view}/shares"
    made = await scene.ada.post(place, json={"to": {"role": "librarian"}})
    return await scene.ada.delete(f"{place}/{made.json()['id']}") if end else made


FACTOR = f"{API}/me/second-factor"


async def _totp(client: httpx.AsyncClient) -> httpx.Response:
    offer = (await client.post(f"{FACTOR}/totp")).json()
    code = pyotp.TOTP(offer["secret"]).at(int(time.time()) - 30)
    body = {"ticket": offer["ticket"], "code": code}
    return await client.post(f"{FACTOR}/totp/confirm", json=body)


async def _set_totp(scene: Scene) -> httpx.Response:
    return await _totp((await scene.hired())[2])


async def _after_totp(scene: Scene, method: str, path: str) -> httpx.Response:
    client = (await scene.hired())[2]
    codes = (await _totp(client)).json()["recovery_codes"]
    body = {"password": PASSWORD, "code": codes[0]}
    return await client.request(method, f"{FACTOR}{path}", json=body)


async def _reset_factor(scene: Scene) -> httpx.Response:
    person, _, client = await scene.hired()
    await _totp(client)
    return await scene.ada.delete(f"{API}/users/{person}/second-factor")


async def _passkey(client: httpx.AsyncClient, device: Authenticator) -> httpx.Response:
    begun = (await client.post(f"{API}/me/passkeys/begin")).json()
    body = {
        "ticket": begun["ticket"],
        "credential": device.make(begun["options"]),
        "name": "手机",
    }
    return await client.post(f"{API}/me/passkeys", json=body)


async def _secured(scene: Scene) -> httpx.AsyncClient:
    """Give a client of somebody new that comes by https: passkeys know no other way."""
    return await entered(scene.club, (await scene.hired())[1])


async def _add_passkey(scene: Scene) -> httpx.Response:
    return await _passkey(await _secured(scene), Authenticator())


async def _drop_passkey(scene: Scene) -> httpx.Response:
    client = await _secured(scene)
    await _passkey(client, Authenticator())
    (one,) = (await client.get(f"{API}/me/passkeys")).json()["items"]
    return await client.request(
        "DELETE", f"{API}/me/passkeys/{one['id']}", json={"password": PASSWORD}
    )


async def _by_passkey(scene: Scene) -> httpx.Response:
    device = Authenticator()
    await _passkey(await _secured(scene), device)
    client = secure(scene.club)
    begun = (await client.post(f"{API}/auth/passkey/begin")).json()
    body = {"ticket": begun["ticket"], "credential": device.show(begun["options"])}
    return await client.post(f"{API}/auth/passkey/finish", json=body)


async def _secret(scene: Scene, *, drop: bool = False) -> httpx.Response:
    place = f"{API}/secrets/{'b' + os.urandom(4).hex()}"
    kept = await scene.ada.put(place, json={"value": "hunter2"})
    return await scene.ada.delete(place) if drop else kept


async def _document(scene: Scene, method: str) -> httpx.Response:
    key = "v" + os.urandom(4).hex()
    place = f"{API}/config/view/{key}"
    body = {"object": "book", "label": key, "select": ["title"]}
    put = await scene.ada.put(place, json=body)
    match method:
        case "PUT":
            return put
        case "DELETE":
            return await scene.ada.delete(place)
        case _:
            await scene.ada.put(place, json={**body, "label": "别名"})
            return await scene.ada.post(f"{place}/versions/1/restore")


async def _purge(scene: Scene) -> httpx.Response:
    key = "s" + os.urandom(4).hex()
    name = {"key": "name", "kind": "text", "label": "名称"}
    put = f"{API}/config/object/{key}"
    await scene.ada.put(put, json={"label": key, "fields": [name, {**name, "key": "room"}]})
    lost = {"confirm": f"field.{key}.room.remove"}
    await scene.ada.put(put, json={"label": key, "fields": [name]}, params=lost)
    return await scene.ada.delete(f"{API}/removed/{key}", params={"field": "room"})


async def _apply(scene: Scene) -> httpx.Response:
    key = "v" + os.urandom(4).hex()
    view = {"kind": "view", "key": key, "object": "book", "label": key, "select": ["title"]}
    return await scene.ada.post(f"{API}/config/apply", json={"documents": [view]})


async def _start_import(scene: Scene) -> httpx.Response:
    files = {"file": ("书.csv", f"书名\n{os.urandom(4).hex()}\n".encode(), "text/csv")}
    draft = await scene.ada.post(f"{API}/imports", files=files, data={"object": "book"})
    return await scene.ada.post(f"{API}/imports/{draft.json()['id']}/start")


async def _end_import(scene: Scene, how: str) -> httpx.Response:
    id_ = (await _start_import(scene)).json()["id"]
    if how != "cancel":
        args = {"workspace": scene.club.workspace, "id": id_}
        await scene.club.system.jobs.tasks[IMPORT].work(args)
    given = {"lines": [2], "decision": "skip"} if how == "review" else None
    return await scene.ada.post(f"{API}/imports/{id_}/{how}", json=given)


async def _export(scene: Scene, *, cancel: bool = False) -> httpx.Response:
    begun = await scene.ada.post(f"{API}/exports", json={"object": "book", "format": "csv"})
    if not cancel:
        return begun
    return await scene.ada.post(f"{API}/exports/{begun.json()['id']}/cancel")


async def _sweep(scene: Scene, how: str) -> httpx.Response:
    wanted = {"ids": [str(uuid4()) for _ in range(1_001)], "set": {"pages": 1}}
    begun = await scene.ada.patch(f"{API}/records/book", json=wanted)
    assert begun.status_code == 202, begun.text
    id_ = begun.json()["id"]
    if how == "undo":
        done = "UPDATE zk_sweep SET state = 'done', counts = {counts}::json WHERE id = {id}::uuid"
        await scene.said(done, id=id_, counts='{"done": 1}')
    return await scene.ada.post(f"{API}/sweeps/{id_}/{how}")


async def _look_as(scene: Scene, *, end: bool = False) -> httpx.Response:
    person, _, _ = await scene.hired("librarian")
    _, login, _ = await scene.hired("admin")
    boss = await scene.club.signed_in(login)
    begun = await boss.post(f"{API}/access/view-as", json={"user": person})
    return await boss.delete(f"{API}/access/view-as") if end else begun


async def _decide(scene: Scene, word: str) -> httpx.Response:
    """Every export waits for a while, and somebody else decides."""
    place = f"{API}/config/security/main"
    security = (await scene.ada.get(place)).json()
    await scene.ada.put(place, json={**security, "exports": {"approval_over": 0}})
    try:
        export = await scene.made("/exports", object="book", format="csv")
    finally:
        await scene.ada.put(place, json=security)
    guard = (await scene.hired("guard"))[2]
    return await guard.post(f"{API}/exports/{export}/{word}", json={"reason": "对账"})


async def _unlink(scene: Scene) -> httpx.Response:
    person, _, client = await scene.hired()
    await scene.said(
        "INSERT INTO zhike.provider_link (workspace, issuer, subject, provider, account, used_at)"
        " VALUES ('club', 'https://idp.test', {person}, 'idp', {person}::uuid, now())",
        person=person,
    )
    return await client.request("DELETE", f"{API}/me/providers/idp", json={"password": PASSWORD})


async def _same_or_not(scene: Scene) -> httpx.Response:
    run = (await _find_same(scene)).json()["id"]
    ids = sorted([await scene.reader(), await scene.reader()])
    await scene.said(
        "INSERT INTO zk_identity_pair (id, run, a, b, score, levels, joined)"
        " VALUES ({run}::uuid, {run}::uuid, {a}::uuid, {b}::uuid, 0.5, '', false)",
        run=run,
        a=ids[0],
        b=ids[1],
    )
    return await scene.ada.post(f"{API}/identity/review/{run}", json={"decision": "different"})


async def _find_same(scene: Scene) -> httpx.Response:
    return await scene.ada.post(f"{API}/identity/reader/runs", json={})


async def _merge(scene: Scene) -> httpx.Response:
    kept, gone = await scene.reader(), await scene.reader()
    return await scene.ada.post(f"{API}/records/reader/{kept}/merge", json={"duplicates": [gone]})


async def _part(scene: Scene) -> httpx.Response:
    merge = (await _merge(scene)).json()["merge_id"]
    return await scene.ada.post(f"{API}/merges/{merge}/undo")


async def _standardize(scene: Scene, act: str = "") -> httpx.Response:
    run = await scene.made("/standardize/reader/runs", where='name = "nobody at all"')
    if not act:
        return await scene.ada.post(f"{API}/standardize/reader/runs", json={})
    await scene.said(
        "UPDATE zk_standardize SET ended_at = now(),"
        " state = CASE WHEN id = {run}::uuid THEN {state} ELSE 'done' END",
        state="ready" if act == "start" else "done",
        run=run,
    )
    return await scene.ada.post(f"{API}/standardize/runs/{run}/{act}")


async def _merge_run(scene: Scene, *, undo: bool = False) -> httpx.Response:
    run = (await _find_same(scene)).json()["id"]
    await scene.said(
        "UPDATE zk_identity_run SET state = 'done', ended_at = now() WHERE id = {run}::uuid",
        run=run,
    )
    begun = await scene.ada.post(f"{API}/identity/runs/{run}/merge", json={})
    if not undo:
        return begun
    await scene.said(
        "UPDATE zk_merge_batch SET state = 'done', ended_at = now() WHERE run = {run}::uuid",
        run=run,
    )
    return await scene.ada.post(f"{API}/identity/runs/{run}/merge/undo")


async def _scim_change(scene: Scene, method: str) -> httpx.Response:
    place = f"/Users/{await scene.colleague()}"
    match method:
        case "PUT":
            return await scene.scim("PUT", place, _person())
        case "PATCH":
            change = {"op": "replace", "path": "displayName", "value": "新名字"}
            schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
            return await scene.scim("PATCH", place, {"schemas": [schema], "Operations": [change]})
        case _:
            return await scene.scim("DELETE", place)


async def _scim_group(scene: Scene) -> httpx.Response:
    change = {"op": "add", "path": "members", "value": [{"value": await scene.colleague()}]}
    schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
    body = {"schemas": [schema], "Operations": [change]}
    return await scene.scim("PATCH", "/Groups/librarian", body)


async def _scim_group_anew(scene: Scene) -> httpx.Response:
    given = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        "displayName": "审批",
        "members": [{"value": await scene.colleague()}],
    }
    return await scene.scim("PUT", "/Groups/guard", given)


async def _form_address(scene: Scene, *, drop: bool = False) -> httpx.Response:
    key = f"f{os.urandom(5).hex()}"
    fields = [{"fields": ["title"]}]
    body = {"kind": "form", "key": key, "object": "book", "label": key, "purpose": "public"}
    await scene.ada.put(f"{API}/config/form/{key}", json={**body, "sections": fields})
    kept = await scene.ada.put(f"{API}/forms/{key}/address", json={})
    return await scene.ada.delete(f"{API}/forms/{key}/address") if drop else kept


async def _second(pair: Awaitable[tuple[Any, httpx.Response]]) -> httpx.Response:
    return (await pair)[1]


DEEDS: Mapping[str, Deed] = {
    "PUT /forms/{key}/address": _form_address,
    "DELETE /forms/{key}/address": lambda at: _form_address(at, drop=True),
    "POST /auth/login": _sign_in,
    "POST /auth/logout": _sign_out,
    "POST /auth/passkey/finish": _by_passkey,
    "POST /me/password": _new_password,
    "DELETE /me/sessions/{id}": lambda at: _session(at, own=True),
    "DELETE /me/sessions": lambda at: _sessions(at, own=True),
    "DELETE /users/{id}/sessions/{session}": lambda at: _session(at, own=False),
    "DELETE /users/{id}/sessions": lambda at: _sessions(at, own=False),
    "POST /users/import": _import_users,
    "POST /users": lambda at: at.ada.post(
        f"{API}/users",
        json={"login": f"n{os.urandom(4).hex()}", "name": "新人", "password": PASSWORD},
    ),
    "PATCH /users/{id}": _change_user,
    "PUT /users/{id}/grants/{object}": lambda at: _second(_grant(at)),
    "DELETE /users/{id}/grants/{object}": _take_grant,
    "POST /departments": lambda at: at.ada.post(
        f"{API}/departments", json={"name": os.urandom(4).hex()}
    ),
    "PATCH /departments/{id}": lambda at: _department(at, "PATCH"),
    "DELETE /departments/{id}": lambda at: _department(at, "DELETE"),
    "POST /api-keys": lambda at: at.ada.post(f"{API}/api-keys", json={"name": "x"}),
    "DELETE /api-keys/{id}": _drop_key,
    "POST /users/{id}/handover": lambda at: _second(_hand_over(at)),
    "POST /records/{object}/{id}/team": _team,
    "DELETE /records/{object}/{id}/team/{user}": lambda at: _team(at, leave=True),
    "POST /records/{object}/{id}/shares": lambda at: _second(_share(at)),
    "DELETE /records/{object}/{id}/shares/{share}": _unshare,
    "POST /records/{object}/share": _share_many,
    "POST /records/{object}/transfer": _give,
    "POST /views/{id}/shares": _view,
    "DELETE /views/{id}/shares/{share}": lambda at: _view(at, end=True),
    "POST /me/second-factor/totp/confirm": _set_totp,
    "DELETE /me/second-factor/totp": lambda at: _after_totp(at, "DELETE", "/totp"),
    "POST /me/second-factor/recovery-codes": lambda at: _after_totp(at, "POST", "/recovery-codes"),
    "DELETE /users/{id}/second-factor": _reset_factor,
    "POST /me/passkeys": _add_passkey,
    "DELETE /me/passkeys/{id}": _drop_passkey,
    "PUT /secrets/{name}": _secret,
    "DELETE /secrets/{name}": lambda at: _secret(at, drop=True),
    "POST /access/view-as": _look_as,
    "DELETE /access/view-as": lambda at: _look_as(at, end=True),
    "POST /config/apply": _apply,
    "PUT /config/{kind}/{key}": lambda at: _document(at, "PUT"),
    "DELETE /config/{kind}/{key}": lambda at: _document(at, "DELETE"),
    "DELETE /removed/{object}": _purge,
    "POST /config/{kind}/{key}/versions/{version}/restore": lambda at: _document(at, "POST"),
    "POST /imports/{id}/start": _start_import,
    "POST /imports/{id}/cancel": lambda at: _end_import(at, "cancel"),
    "POST /imports/{id}/review": lambda at: _end_import(at, "review"),
    "POST /imports/{id}/undo": lambda at: _end_import(at, "undo"),
    "POST /exports": _export,
    "POST /exports/{id}/cancel": lambda at: _export(at, cancel=True),
    "POST /exports/{id}/approve": lambda at: _decide(at, "approve"),
    "POST /exports/{id}/refuse": lambda at: _decide(at, "refuse"),
    "DELETE /me/providers/{key}": _unlink,
    "POST /identity/review/{pair}": _same_or_not,
    "POST /identity/{object}/runs": _find_same,
    "POST /records/{object}/{id}/merge": _merge,
    "POST /merges/{id}/undo": _part,
    "POST /sweeps/{id}/cancel": lambda at: _sweep(at, "cancel"),
    "POST /sweeps/{id}/undo": lambda at: _sweep(at, "undo"),
    "POST /standardize/{object}/runs": _standardize,
    "POST /standardize/runs/{id}/start": lambda at: _standardize(at, "start"),
    "POST /standardize/runs/{id}/undo": lambda at: _standardize(at, "undo"),
    "POST /identity/runs/{id}/merge": _merge_run,
    "POST /identity/runs/{id}/merge/undo": lambda at: _merge_run(at, undo=True),
    "POST /scim/Users": lambda at: at.scim("POST", "/Users", _person()),
    "PUT /scim/Users/{id}": lambda at: _scim_change(at, "PUT"),
    "PATCH /scim/Users/{id}": lambda at: _scim_change(at, "PATCH"),
    "DELETE /scim/Users/{id}": lambda at: _scim_change(at, "DELETE"),
    "PATCH /scim/Groups/{key}": _scim_group,
    "PUT /scim/Groups/{key}": _scim_group_anew,
}
