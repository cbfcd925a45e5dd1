"""People who leave the library, and what they leave behind."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from tests.served import PASSWORD, Served

from zhike.hub import handover
from zhike.hub.handover import Handover
from zhike.kernel.sql import ident, param, sql
from zhike.kernel.viewer import platform

API = "/api/v1"


@dataclass(frozen=True, kw_only=True)
class House:
    """A library in which anybody can be hired and anything put on a shelf."""

    served: Served
    ada: httpx.AsyncClient
    """The administrator, who keeps people."""

    async def hire(self, role: str = "volunteer", **given: Any) -> str:
        """Hire somebody new; give their id."""
        login = f"p{os.urandom(5).hex()}"
        made = await self.ada.post(
            f"{API}/users",
            json={
                "login": login,
                "name": given.pop("name", login),
                "password": PASSWORD,
                "roles": [role],
                **given,
            },
        )
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def login(self, person: str) -> httpx.AsyncClient:
        """Sign somebody in."""
        known = (await self.ada.get(f"{API}/users/{person}")).json()
        return await self.served.signed_in(known["login"])

    async def own(self, owner: str, obj: str, *records: Mapping[str, Any]) -> list[str]:
        """Put records on the shelf that somebody owns."""
        answer = await self.ada.post(
            f"{API}/records/{obj}?on_duplicate=create",
            json=[{**one, "owner": owner} for one in records],
        )
        assert answer.status_code == 201, answer.text
        assert all("id" in one for one in answer.json()["items"]), answer.text
        return [one["id"] for one in answer.json()["items"]]

    async def owners(self, obj: str, ids: Sequence[str]) -> Counter[str | None]:
        """Count the owners of some records."""
        rows = await self._rows(obj, ids, "owner")
        return Counter(str(one) if one else None for one in rows)

    async def _rows(self, obj: str, ids: Sequence[str], field: str) -> list[Any]:
        asked = sql(
            "SELECT {field} FROM {table} WHERE id = ANY({ids}) ORDER BY id",
            field=ident(field),
            table=ident(obj),
            ids=param([UUID(one) for one in ids], "uuid[]"),
        )
        async with self.served.system.db.reading(platform(), self.served.workspace) as tx:
            return [row[0] for row in await tx.rows(asked)]

    async def departments(self, obj: str, ids: Sequence[str]) -> list[Any]:
        """Give the departments of some records."""
        return await self._rows(obj, ids, "department")

    async def preview(self, person: str, **plan: Any) -> httpx.Response:
        """Ask what a hand-over would do."""
        return await self.ada.post(f"{API}/users/{person}/handover/preview", json=plan)

    async def start(self, person: str, **plan: Any) -> str:
        """Start a hand-over, which nothing may be said against; no job runs it yet."""
        answer = await self.ada.post(f"{API}/users/{person}/handover", json=plan)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    async def run(self, id: str, **more: Any) -> Handover:  # noqa: A002
        """Do what the job does."""
        return await handover.run(
            self.served.system.hands, UUID(id), workspace=self.served.workspace, **more
        )

    async def undo(self, id: str) -> dict[str, Any]:  # noqa: A002
        """Take a hand-over back, job included; give its state."""
        answer = await self.ada.post(f"{API}/handovers/{id}/undo")
        assert answer.status_code == 202, answer.text
        await handover.run_undo(self.served.system.hands, UUID(id), workspace=self.served.workspace)
        return await self.state(id)

    async def hand_over(self, person: str, **plan: Any) -> dict[str, Any]:
        """Hand over from beginning to end; give the state."""
        made = await self.start(person, **plan)
        await self.run(made)
        return await self.state(made)

    async def state(self, id: str) -> dict[str, Any]:  # noqa: A002
        """Give the state of a hand-over."""
        return dict((await self.ada.get(f"{API}/handovers/{id}")).json())

    async def team(self, obj: str, record: str) -> dict[str, str]:
        """Give who works on a record, with what they may do."""
        found = (await self.ada.get(f"{API}/records/{obj}/{record}/team")).json()["items"]
        return {one["to"]["user"]["id"]: one["level"] for one in found}

    async def operations(self, target: str) -> list[dict[str, Any]]:
        """Give what the operation log has about somebody."""
        asked = sql("SELECT act FROM zk_operation WHERE target = {it}", it=param(target, "text"))
        async with self.served.system.db.reading(platform(), self.served.workspace) as tx:
            return [{"act": row[0]} for row in await tx.rows(asked)]

    async def exceptions(self, id: str) -> list[dict[str, Any]]:  # noqa: A002
        """Give the records that did not go as settled."""
        return list((await self.ada.get(f"{API}/handovers/{id}/exceptions")).json()["items"])
