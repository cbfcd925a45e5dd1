"""
Whatever is edited, merged and parted in between: once every merge is taken back, each record, link
and share is as if nobody had ever merged, but for what people changed themselves.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.integration.merge.world import COLUMNS, LINKS, LIST, Record, World, opened

from zhike.db import Database, create_workspace
from zhike.kernel.settings import Settings
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.store import shares
from zhike.store.batch import Entry

WORKSPACE = "machine"
pick = st.integers(min_value=0, max_value=11)
MERGED = ("reader", "branch", "book", "loan")
TEXTS = (("reader", "name"), ("reader", "phone"), ("reader", "code"), ("reader", "deposit"),
         ("reader", "secret"), ("reader", "number"), ("branch", "name"), ("loan", "fee"),
         ("book", "isbn"))  # fmt: skip


class Machine(RuleBasedStateMachine):
    """Edits, merges and partings, one after the other."""

    runner: asyncio.Runner
    make: Callable[[], World]

    def __init__(self) -> None:
        super().__init__()
        self.world = self.make()
        self.run(self.world.begin())

    def run(self, work: Awaitable[Any]) -> Any:
        return self.runner.run(work)  # type: ignore[arg-type] # every one is a coroutine

    @rule(what=st.sampled_from(TEXTS), n=pick, blank=st.booleans())
    def edit(self, what: tuple[str, str], n: int, *, blank: bool) -> None:
        obj, key = what
        record = self._chosen(obj, n)
        live = self.world.live(record)
        if live.binned:
            return
        fresh = self.world.new()
        value = {"phone": f"136{fresh}", "name": f"新名{fresh}"}.get(key, f"{fresh}")
        if blank and key in {"code", "secret"}:
            value = ""
            if "None" in self.world.ever[live.id, key]:
                return
        self._change(record, key, value)

    @rule(what=st.sampled_from(sorted(LINKS)), n=pick, m=pick)
    def lead(self, what: tuple[str, str], n: int, m: int) -> None:
        obj, key = what
        record = self._chosen(obj, n)
        target = self._chosen(LINKS[what], m)
        to, live = self.world.live(target), self.world.live(record)
        if live.binned or to.binned or str(to.id) in self.world.ever[live.id, key]:
            return
        self._change(record, key, str(target.id))

    def _change(self, record: Record, key: str, value: str) -> None:
        live = self.world.live(record)

        async def work() -> None:
            async with self.world.desk() as desk:
                done = await desk.take(
                    desk.batch(
                        record.object, "update", _entry(record, key, value), on_duplicate="create"
                    )
                )
                assert done[0].problems == ()
                assert done[0].record == live.id
            found = await self.world.look()
            live.values[key] = found[live.id][0][key]

        self.run(work())

    @rule(n=pick, m=pick)
    def like(self, n: int, m: int) -> None:
        """Put a book on a reader's list, or take it off."""
        reader, book = self._chosen("reader", n), self.world.live(self._chosen("book", m))
        live, to = self.world.live(reader), str(book.id)
        if live.binned or book.binned:
            return

        async def work() -> None:
            now = (await self.world.look())[live.id][1]
            if to not in now and to in self.world.ever[live.id, LIST]:
                return
            if to in now and self.world.hiding(live):
                return
            wanted = [one for one in now if one != to] if to in now else [*now, to]
            async with self.world.desk() as desk:
                done = await desk.take(desk.batch("reader", "update", _entry(reader, LIST, wanted)))
                assert done[0].problems == ()
            if to not in now:
                live.fans = sorted([*live.fans, to])
            else:
                records = self.world.records
                live.fans = [
                    one for one in live.fans
                    if str(self.world.live(_known(records, one)).id) != to
                ]  # fmt: skip

        self.run(work())

    @rule(n=pick, m=pick, level=st.sampled_from(["read", "write"]))
    def share(self, n: int, m: int, level: str) -> None:
        """Share a reader with somebody new, or no more with somebody."""
        live = self.world.live(self._chosen("reader", n))
        if live.binned:
            return

        async def work() -> None:
            now = sorted((await self.world.look())[live.id][2])
            async with self.world.desk() as desk:
                if m < len(now):
                    await shares.put(desk.tx, "reader", {live.id: {now[m]: None}})
                else:
                    told = {"level": level, "until": None, "reason": "", "by": None, "at": None}
                    key = f"role:n{self.world.new()}"
                    await shares.put(desk.tx, "reader", {live.id: {key: told}})
            if m < len(now):
                live.shared.pop(now[m], None)
            else:
                live.shared[key] = (await self.world.look())[live.id][2][key]

        self.run(work())

    @rule(obj=st.sampled_from(["loan", "reader", "book"]), n=pick)
    def throw(self, obj: str, n: int) -> None:
        """Put a record into the bin, or take it out."""
        record = self._chosen(obj, n)
        if record.id in self.world.into:
            return

        async def work() -> None:
            async with self.world.desk() as desk:
                if obj == "reader" and await self._has_cards(desk.tx, record):
                    return
                if record.binned:
                    done = await desk.restore(obj, record.id, on_duplicate="create")
                else:
                    done = await desk.delete(obj, record.id)
                assert done.problems == ()
            record.binned = not record.binned

        self.run(work())

    async def _has_cards(self, tx: Any, record: Record) -> bool:
        rows = await tx.rows(sql("SELECT reader FROM card"))
        return record.id in {row[0] for row in rows}

    @rule(obj=st.sampled_from(MERGED), ns=st.lists(pick, min_size=2, max_size=3), data=st.data())
    def merge(self, obj: str, ns: list[int], data: st.DataObject) -> None:
        some = list({one.id: one for n in ns if (one := self._alive(obj, n))}.values())
        if len(some) < 2:
            return
        keys = [one for one in COLUMNS[obj] if one not in ("owner", "department")]
        named = data.draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(some), max_size=2))
        found = self.run(self.world.look())
        choose = {
            key: one.id
            for key, one in named.items()
            if found[one.id][0][key] is not None or key not in ("name", "title")
        }
        if obj == "reader" and data.draw(st.booleans()):
            choose[LIST] = data.draw(st.sampled_from(some)).id
        self.run(self.world.merge(obj, *some, choose=choose))

    @precondition(lambda self: self.world.standing)
    @rule(n=pick)
    def part(self, n: int) -> None:
        self.run(self.world.part(n % len(self.world.standing)))

    def teardown(self) -> None:
        """Take everything back, whatever order the steps came in, and compare."""

        async def work() -> None:
            turn = self.world.fresh
            while self.world.standing:
                for n in range(len(self.world.standing)):
                    if await self.world.part((n + turn) % len(self.world.standing)):
                        break
                else:
                    raise AssertionError("nothing can be taken back any more")
            await self._compare()

        self.run(work())

    async def _compare(self) -> None:
        found = await self.world.look()
        for id_, (values, fans, shared, binned) in found.items():
            model = self.world.records[id_]
            assert (model.object, values) == (model.object, model.values)
            assert (model.object, fans) == (model.object, sorted(model.fans))
            assert (model.object, shared) == (model.object, model.shared)
            assert (model.object, binned) == (model.object, model.binned)
        async with self.world.db.reading(platform(), WORKSPACE) as tx:
            wrong = await tx.rows(
                sql(
                    "SELECT r.id, r.loan_count, r.fees, r.card_count FROM reader AS r"
                    " WHERE coalesce(r.fees, 0) <> (SELECT coalesce(sum(fee), 0) FROM loan AS l"
                    " WHERE l.reader = r.id AND l.deleted_at IS NULL) OR coalesce(r.card_count, 0)"
                    " <> (SELECT count(*) FROM card AS c WHERE c.reader = r.id"
                    " AND c.deleted_at IS NULL)"
                )
            )
        assert wrong == []

    def _chosen(self, obj: str, n: int) -> Record:
        some = self.world.of(obj)
        return some[n % len(some)]

    def _alive(self, obj: str, n: int) -> Record | None:
        live = self.world.live(self._chosen(obj, n))
        return None if live.binned else live


def _entry(record: Record, key: str, value: Any) -> Any:
    return Entry(record=record.id, given={key: value})


def _known(records: Any, id_: str) -> Record:
    return next(one for one in records.values() if str(one.id) == id_)


def test_taking_every_merge_back_gives_everything_back(database_url: str, database: Any) -> None:
    with asyncio.Runner() as runner:
        db = Database(Settings(database_url=database_url))
        runner.run(db.open())
        runner.run(create_workspace(db, WORKSPACE))
        known = runner.run(opened(db, WORKSPACE))

        class Here(Machine):
            make = staticmethod(lambda: World(db=db, workspace=WORKSPACE, snapshot=known))

        Here.runner = runner
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=25,
                stateful_step_count=14,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        runner.run(db.close())
