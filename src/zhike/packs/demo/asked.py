"""
The demo company, asked for in the browser: only where nothing is yet, and once.

A job writes it; the books say how far it is. What `zhike demo` writes is the same company.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from zhike.access import Policy, policy
from zhike.hub.hands import Hands
from zhike.hub.jobs import Books, reasons, resume
from zhike.kernel.faults import Conflict, Fault
from zhike.kernel.queries import load
from zhike.kernel.sql import either, ident, sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.kernel.words import Words
from zhike.meta import Snapshot
from zhike.packs.demo.run import Ids, Staff, employ, write
from zhike.packs.demo.trade import Ledger, Story
from zhike.store.accounts import Passwords, People
from zhike.store.trail import note

QUERIES = load(Path(__file__).with_name("queries.sql"))
APP = "crm"
"""The app whose objects the company is written in."""
SOURCE = "demo"
CHAPTER = 60
"""Customers in one transaction: the browser wants to see how far it is."""


class NotEmpty(Conflict):
    """There are records here already; the demo company would mix with them."""

    code = "P402"
    zh = "这里已经有记录，演示数据会与它们混在一起"
    hint = Words(
        zh="请在没有记录的工作区中装入演示数据", en="load it into a workspace without records"
    )


class DemoUnderWay(Conflict):
    """The demo company is being written already."""

    code = "P403"
    zh = "演示数据正在写入"


class NoTrade(Conflict):
    """The demo company needs the app `crm`."""

    code = "P404"
    zh = "演示数据需要应用 `crm`"
    hint = Words(zh="请先安装该应用", en="install it first")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The demo company of a workspace, and how far it is."""

    id: UUID
    customers: int
    done: int
    """Customers written so far."""
    records: int
    state: str
    """`waiting`, `running`, `done` or `failed`."""
    problem: str


async def demo_of(tx: Tx) -> Demo | None:
    """Give the demo company that somebody asked for, if anybody did."""
    row = await tx.row(QUERIES["demo"](workspace=tx.workspace))
    if row is None:
        return None
    id_, customers, done, records, state, problem = row
    return Demo(
        id=id_, customers=customers, done=done, records=records, state=state, problem=problem
    )


async def is_empty(tx: Tx, snapshot: Snapshot) -> bool:
    """Say whether no object of the business has a record, thrown away or not."""
    tables = [one.table for one in snapshot.objects.values() if not one.system]
    if not tables:
        return True
    found = [sql("EXISTS (SELECT FROM {table})", table=ident(one)) for one in tables]
    return not await tx.value(sql("SELECT {any}", any=either(found)))


async def ask(tx: Tx, snapshot: Snapshot, customers: int) -> Demo:
    """Ask for the company. Raises Conflict where records are, and where it is asked for already."""
    if APP not in snapshot.apps:
        raise NoTrade
    if not await is_empty(tx, snapshot):
        raise NotEmpty
    asked = QUERIES["ask_demo"](workspace=tx.workspace, customers=customers, by=tx.viewer.id)
    if await tx.row(asked) is None:
        raise DemoUnderWay
    note(tx, "demo.asked", new={"customers": customers})
    made = await demo_of(tx)
    assert made is not None  # noqa: S101 - it was written just now
    return made


async def run(hands: Hands, id: UUID, *, workspace: str) -> Demo:  # noqa: A002 - what it is
    """
    Write the company; the people are one transaction, each chapter of customers another.

    Broken off among the customers it cannot go on, because its people are here already.
    """

    async def work(demo: Demo) -> None:
        held = policy(await hands.catalog.snapshot(workspace), platform(SOURCE))
        await Writing(hands=hands, id=id, held=held, workspace=workspace).all(demo.customers)

    return await resume(BOOKS, hands, id, workspace=workspace, work=work)


async def _begun(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    return await tx.row(QUERIES["begin_demo"](id=id)) is not None


async def _found(tx: Tx, _: UUID) -> Demo:
    demo = await demo_of(tx)
    assert demo is not None  # noqa: S101 - a workspace keeps the last one that was asked for
    return demo


async def _failed(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    await tx.run(QUERIES["end_demo"](id=id, state="failed", problem=reasons(fault)["zh"]))


BOOKS = Books(name="demo", source=SOURCE, begin=_begun, found=_found, fail=_failed, passing=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One company on its way into the books."""

    hands: Hands
    id: UUID
    held: Policy
    workspace: str

    async def all(self, customers: int) -> None:
        """Write people and customers."""
        accounts = People(roles=self.held.snapshot.roles, passwords=Passwords())
        async with self.hands.db.transaction(self.held.viewer, self.workspace) as tx:
            staff = await employ(tx, accounts, password=None)
        known: Ids = {}
        story = Story(staff.people, today=date.today())  # noqa: DTZ011 - the company's day
        for ledger in story.told(customers, size=CHAPTER):
            await self._chapter(ledger, staff, known)
        async with self.hands.db.transaction(self.held.viewer, self.workspace) as tx:
            await tx.run(QUERIES["end_demo"](id=self.id, state="done", problem=""))

    async def _chapter(self, ledger: Ledger, staff: Staff, known: Ids) -> None:
        async with self.hands.db.transaction(self.held.viewer, self.workspace) as tx:
            take_in = self.hands.take_in
            written = await write(
                ledger, tx, policy=self.held, take_in=take_in, staff=staff, known=known
            )
            done = len(ledger.drafts.get("customer", ()))
            await tx.run(QUERIES["demo_done"](id=self.id, customers=done, records=written))
