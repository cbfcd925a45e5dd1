"""A reading club into whose base files are imported: its documents, its people, and the verbs."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from xlsxwriter import Workbook

from zhike.access import Policy, policy
from zhike.db import Database
from zhike.hub import export, identity, ingest
from zhike.hub.hands import Hands
from zhike.hub.ingest import Change, Draft, Import
from zhike.hub.intake import REHEARSAL, take_in
from zhike.kernel.sql import joined, param, sql, vetted
from zhike.kernel.tx import Row, Tx
from zhike.kernel.viewer import Viewer, platform
from zhike.meta import Json, Snapshot
from zhike.packs import Wish, apply, read_text
from zhike.store import files
from zhike.store.catalog import Catalog
from zhike.store.files import Files

DOCUMENTS = """
kind: object
key: branch
label: {zh: 分会, en: Branch}
fields:
  - key: name
    kind: company_name
    label: {zh: 分会名称, en: Name}
    synonyms: [分会]
    required: true
  - {key: code, kind: text, label: {zh: 编码, en: Code}, unique: true}
---
kind: match
key: branch
object: branch
keys: [{fields: [name], using: company_core}]
---
kind: object
key: member
label: {zh: 会员, en: Member}
fields:
  - {key: name, kind: person_name, label: {zh: 姓名, en: Name}, synonyms: [联系人], required: true}
  - {key: title, kind: text, label: {zh: 头衔, en: Title}}
  - {key: phone, kind: phone, label: {zh: 手机, en: Mobile}, synonyms: [手机/电话, 电话]}
  - {key: landline, kind: phone, label: {zh: 座机, en: Landline}}
  - {key: email, kind: email, label: {zh: 邮箱, en: E-mail}}
  - {key: fee, kind: money, label: {zh: 年费, en: Fee}}
  - {key: joined, kind: date, label: {zh: 入会日期, en: Joined}}
  - {key: grade, kind: option, label: {zh: 等级, en: Grade}, options: [普通, 银卡, 金卡]}
  - {key: branch, kind: lookup, label: {zh: 分会, en: Branch}, object: branch, relation: members}
  - {key: friends, kind: lookups, label: {zh: 好友, en: Friends}, object: member, relation: fans}
  - {key: remark, kind: long_text, label: {zh: 备注, en: Notes}}
  - {key: secret, kind: text, label: {zh: 内部评价, en: Opinion}}
---
kind: match
key: member
object: member
keys: [{fields: [phone]}, {fields: [email]}]
---
kind: object
key: visit
label: {zh: 到访, en: Visit}
title: note
fields:
  - {key: note, kind: text, label: {zh: 说明, en: Note}}
  - key: member
    kind: lookup
    label: {zh: 会员, en: Member}
    object: member
    relation: visits
    required: true
---
kind: object
key: note
label: {zh: 便条, en: Note}
title: text
fields:
  - {key: text, kind: text, label: {zh: 内容, en: Text}}
  - {key: number, kind: number, label: {zh: 序号, en: Number}}
---
kind: role
key: clerk
label: {zh: 干事, en: Clerk}
other_objects: {read: all, create: true, update: all, delete: all, export: all, import: true}
objects:
  member:
    {read: all, create: true, update: all, export: all, import: true, fields: {secret: hidden}}
---
kind: role
key: helper
label: {zh: 志愿者, en: Helper}
other_objects: {read: own, create: true, update: own}
objects:
  member:
    {read: own, create: true, export: own, fields: {fee: masked, email: hidden}}
  visit: {read: own, create: true, import: true}
---
kind: role
key: typist
label: {zh: 录入员, en: Typist}
objects:
  member:
    read: all
    create: true
    update: all
    import: true
    fields: {fee: masked, secret: hidden}
    stages:
      - {when: 'name = "安"', fields: {email: hidden}}
---
kind: role
key: editor
label: {zh: 编辑, en: Editor}
other_objects: {read: all}
objects:
  member:
    read: all
    create: true
    update: all
    export: all
    import: true
    stages:
      - {when: 'name = "安"', fields: {email: masked}}
---
kind: role
key: opener
label: {zh: 开拓者, en: Opener}
objects:
  branch: {read: all, create: true, import: true}
---
kind: role
key: newcomer
label: {zh: 新人, en: Newcomer}
objects:
  member: {read: own, create: true, update: own, import: true}
"""

PEOPLE = (
    ("qian", "钱强", "E01", True),
    ("zhao", "赵敏", "E02", True),
    ("wu", "吴刚", "E03", False),
    ("li1", "李雷", "E04", True),
    ("li2", "李雷", "E05", True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Club:
    """The club, and somebody of it who imports and exports."""

    hands: Hands
    workspace: str
    viewer: Viewer
    folder: Path

    def seen_by(self, viewer: Viewer) -> "Club":
        """Give the same club with somebody else at the desk."""

        async def viewer_of(tx: Tx, person: UUID) -> Viewer | None:
            return viewer

        return replace(self, viewer=viewer, hands=replace(self.hands, viewer_of=viewer_of))

    async def policy(self) -> Policy:
        return policy(await self.hands.catalog.snapshot(self.workspace), self.viewer)

    async def draft(
        self, content: bytes | Path, obj: str = "member", change: Change | None = None
    ) -> Draft:
        path = content
        if isinstance(content, bytes):
            path = self.folder / "given.csv"
            path.write_bytes(content)
        assert isinstance(path, Path)
        held = await self.policy()
        stored = await self.hands.files.keep_file(path, limit=1 << 28)
        async with self.hands.db.transaction(self.viewer, self.workspace) as tx:
            file = await files.add(tx, stored, name=path.name, type="")
        workbook = await ingest.look(self.hands.files, file)
        async with self.hands.db.transaction(self.viewer, self.workspace) as tx:
            draft = await ingest.draft(tx, held, file=file, workbook=workbook, obj=obj)
            if change is not None:
                draft = await ingest.amend(tx, held, draft.id, change, workbook=workbook)
        return draft

    async def started(
        self, content: bytes | Path, obj: str = "member", change: Change | None = None
    ) -> UUID:
        draft = await self.draft(content, obj, change)
        async with self.hands.db.transaction(self.viewer, self.workspace) as tx:
            await ingest.start(tx, await self.policy(), draft.id)
        return draft.id

    async def imported(
        self, content: bytes | Path, obj: str = "member", change: Change | None = None
    ) -> Import:
        id_ = await self.started(content, obj, change)
        return await ingest.run(self.hands, id_, workspace=self.workspace)

    async def problems(self, task: Import) -> list[Mapping[str, Json]]:
        async with self.hands.db.reading(self.viewer, self.workspace) as tx:
            return await ingest.problems(tx, task.id)

    async def told(self, task: Import) -> list[tuple[int, str | None, str]]:
        """Give what was wrong: the line, the column, the word of the fault."""
        return [
            (line["line"], one["column"], one["code"])
            for line in await self.problems(task)
            for one in line["problems"]
        ]

    async def rows(self, statement: str) -> Sequence[Row]:
        async with self.hands.db.reading(platform(), self.workspace) as tx:
            return await tx.rows(vetted(statement))

    async def do(self, statement: str) -> None:
        async with self.hands.db.transaction(platform(), self.workspace) as tx:
            await tx.script(statement)

    async def give(self, name: str, *, to: Viewer) -> None:
        """Make somebody one of the people, and the owner of a member."""
        async with self.hands.db.transaction(platform(), self.workspace) as tx:
            await tx.run(
                sql(
                    "INSERT INTO zk_user (id, login, name) VALUES ({id}, 'to', 'to')",
                    id=param(to.id),
                )
            )
            await tx.run(
                sql(
                    "UPDATE member SET owner = {id} WHERE name = {name}",
                    id=param(to.id), name=param(name),
                )
            )  # fmt: skip

    async def asked(
        self, query: Mapping[str, Json], form: str = "csv", obj: str = "member"
    ) -> export.Export:
        async with self.hands.db.transaction(self.viewer, self.workspace) as tx:
            return await export.ask(tx, await self.policy(), obj=obj, query=query, format=form)

    async def exported(self, query: Mapping[str, Json], form: str, obj: str = "member") -> Path:
        asked = await self.asked(query, form, obj)
        done = await export.run(self.hands, asked.id, workspace=self.workspace)
        assert done.state == "done", done.fault
        copy = self.folder / f"out.{form}"
        copy.write_bytes(export.path(self.hands.files, self.workspace, done).read_bytes())
        return copy


def sheet(*lines: Sequence[Any]) -> bytes:
    """Give a csv of these lines."""
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8")


def workbook(path: Path, *lines: Sequence[Any]) -> Path:
    """Write an xlsx of these lines."""
    book = Workbook(str(path), {"strings_to_formulas": False})
    page = book.add_worksheet()
    for number, line in enumerate(lines):
        page.write_row(number, 0, line)
    book.close()
    return path


def keys_of(snapshot: Snapshot, obj: str, values: Mapping[str, Json]) -> tuple[str, ...]:
    return identity.plan(snapshot, obj).keys(values)


def somebody(*roles: str) -> Viewer:
    """Give a person with these roles."""
    return Viewer(id=uuid4(), name="somebody", roles=frozenset(roles), source="ui")


async def founded(database: Database, workspace: str, folder: Path) -> Club:
    """Found the club in a workspace of its own, with a clerk at the desk."""
    documents = read_text(DOCUMENTS, file="club.yaml")
    assert documents.problems == ()
    clerk = somebody("clerk")
    people = [(uuid4(), *one) for one in PEOPLE]
    assert clerk.id is not None
    people.append((clerk.id, "clerk", "干事", "E99", True))
    async with database.transaction(platform(), workspace) as tx:
        for id_, login, name, number, active in people:
            values = joined(param(one) for one in (id_, login, name, number, active))
            await tx.run(
                sql(
                    "INSERT INTO zk_user (id, login, name, number, active) VALUES ({values})",
                    values=values,
                )
            )
        await apply(tx, Wish(documents=documents.documents, app=None))
    hands = Hands(
        db=database, catalog=Catalog(database), files=Files(folder), take_in=take_in,
        rehearse=partial(take_in, steps=REHEARSAL), keys_of=keys_of, viewer_of=_nobody,
    )  # fmt: skip
    club = Club(hands=hands, workspace=workspace, viewer=clerk, folder=folder)
    return club.seen_by(clerk)


async def _nobody(tx: Tx, person: UUID) -> Viewer | None:
    return None
