"""The desk where exports of the reading club are asked for, decided on and fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.integration.ingest.club import Club, founded, sheet, somebody

from zhike.access import Policy, policy
from zhike.db import Database
from zhike.hub import export
from zhike.hub.export import Export, Ready, Verdict
from zhike.kernel.sql import param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Origin, Viewer, platform
from zhike.meta import Json
from zhike.packs import Wish, apply, read_text

ROLES = """
kind: role
key: guard
label: {zh: 审批, en: Guard}
approve_exports: true
---
kind: role
key: auditor
label: {zh: 审计, en: Auditor}
audit: true
"""
MEMBERS = (("林徽因", "13812345678"), ("沈从文", "13912345678"), ("梁思成", "13712345678"))
WHERE = Origin(ip="203.0.113.9", agent="Browser", request="r1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The club, and everybody who has something to do with its exports."""

    club: Club
    people: dict[UUID, Viewer]
    """As they are now; `None` is somebody who left."""

    @property
    def clerk(self) -> Viewer:
        return self.club.viewer

    async def policy(self, viewer: Viewer) -> Policy:
        return policy(await self.club.hands.catalog.snapshot(self.club.workspace), viewer)

    async def ask(
        self,
        query: Mapping[str, Json] | None = None,
        form: str = "csv",
        *,
        by: Viewer | None = None,
        obj: str = "member",
        reason: str = "",
    ) -> Export:
        viewer = by or self.clerk
        async with self.club.hands.db.transaction(viewer, self.club.workspace, WHERE) as tx:
            return await export.ask(
                tx, await self.policy(viewer), obj=obj, query=query or {}, format=form,
                reason=reason,
            )  # fmt: skip

    async def run(self, asked: Export) -> Export:
        return await export.run(self.club.hands, asked.id, workspace=self.club.workspace)

    async def decide(self, asked: Export, verdict: Verdict, by: Viewer, reason: str = "") -> Export:
        async with self.club.hands.db.transaction(by, self.club.workspace, WHERE) as tx:
            return await export.decide(tx, await self.policy(by), asked.id, verdict, reason=reason)

    async def cancel(self, asked: Export, by: Viewer | None = None) -> Export:
        viewer = by or self.clerk
        async with self.club.hands.db.transaction(viewer, self.club.workspace) as tx:
            return await export.cancel(tx, await self.policy(viewer), asked.id)

    async def fetch(self, asked: Export, by: Viewer | None = None) -> Ready:
        viewer = by or self.clerk
        async with self.club.hands.db.transaction(viewer, self.club.workspace, WHERE) as tx:
            files = self.club.hands.files
            return await export.fetched(tx, await self.policy(viewer), asked.id, files=files)

    async def acts(self) -> list[str]:
        """Give what the log tells of exports, in order."""
        told = await self.club.rows(
            "SELECT act FROM zk_operation WHERE object = 'export' ORDER BY seq"
        )
        return [act.removeprefix("export.") for (act,) in told]

    async def settings(self, **exports: Any) -> None:
        """Say how strict the workspace is."""
        body = {"kind": "security", "key": "main", "exports": exports}
        await self.documents(body)

    async def documents(self, *bodies: Mapping[str, Any] | str) -> None:
        """Change the configuration."""
        text = "\n---\n".join(one if isinstance(one, str) else repr(one) for one in bodies)
        read = read_text(text, file="more.yaml")
        assert read.problems == ()
        async with self.club.hands.db.transaction(platform(), self.club.workspace) as tx:
            await apply(tx, Wish(documents=read.documents, app=None))
        self.club.hands.catalog.forget(self.club.workspace)

    async def joins(self, login: str, *roles: str, **facts: Any) -> Viewer:
        """Add somebody to the people."""
        viewer = replace(somebody(*roles), name=login, **facts)
        assert viewer.id is not None
        async with self.club.hands.db.transaction(platform(), self.club.workspace) as tx:
            await tx.run(
                sql(
                    "INSERT INTO zk_user (id, login, name) VALUES ({id}, {login}, {login})",
                    id=param(viewer.id), login=param(login),
                )
            )  # fmt: skip
        self.people[viewer.id] = viewer
        return viewer


async def opened(database: Database, workspace: str, folder: Path) -> Desk:
    """Open the desk: three members, a clerk, somebody who approves, somebody who audits."""
    club = await founded(database, workspace, folder)
    people: dict[UUID, Viewer] = {}

    async def viewer_of(tx: Tx, person: UUID) -> Viewer | None:
        return people.get(person)

    club = replace(club, hands=replace(club.hands, viewer_of=viewer_of))
    assert club.viewer.id is not None
    people[club.viewer.id] = club.viewer
    desk = Desk(club=club, people=people)
    await desk.documents(ROLES)
    await club.imported(sheet(["姓名", "手机"], *MEMBERS))
    await desk.joins("guard", "guard")
    return desk
