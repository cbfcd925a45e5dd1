"""
A small world of readers, books and loans, and a model of it: as it would be if nobody merged.

What people change is changed in both. What merges do is done to the world only.
"""

import os
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.integration.merge.counter import merged, parted
from tests.lending import ANNA, BEN, SAME_READER, Desk, furnish, lending

from zhike.db import Database
from zhike.hub.merge import Made
from zhike.hub.merge.faults import MergedAgain
from zhike.kernel.sql import ident, joined, param, sql
from zhike.kernel.viewer import platform
from zhike.meta import Snapshot
from zhike.store import shares

COLUMNS: Mapping[str, Sequence[str]] = {
    "branch": ("name",),
    "book": ("title", "isbn"),
    "reader": ("number", "name", "phone", "code", "deposit", "secret", "branch", "owner",
               "department"),
    "card": ("reader", "number"),
    "loan": ("reader", "book", "fee"),
}  # fmt: skip
LINKS = {("reader", "branch"): "branch", ("loan", "reader"): "reader", ("loan", "book"): "book"}
LIST = "favourites"
MATCH = {
    **SAME_READER,
    "survive": {"name": "longest", "code": "recent", "deposit": "oldest"},
    "owners": "team",
}


def snapshot() -> Snapshot:
    return lending(match=MATCH)


@dataclass(kw_only=True)
class Record:
    """One record as it would be without merges."""

    object: str
    id: UUID
    values: dict[str, Any] = field(default_factory=dict)
    fans: list[str] = field(default_factory=list)
    shared: dict[str, Any] = field(default_factory=dict)
    binned: bool = False


@dataclass(kw_only=True)
class World:
    """What there is, what would be without merges, and the merges that stand."""

    db: Database
    workspace: str
    snapshot: Snapshot
    records: dict[UUID, Record] = field(default_factory=dict)
    standing: list[tuple[str, Made]] = field(default_factory=list)
    into: dict[UUID, UUID] = field(default_factory=dict)
    ever: dict[tuple[UUID, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    fresh: int = 0
    salt: int = field(default_factory=lambda: int.from_bytes(os.urandom(3)) % 10**6)
    """Worlds share tables, in which some values are unique."""

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        async with self.db.transaction(ANNA.viewer(), self.workspace) as tx:
            yield Desk(tx=tx, snapshot=self.snapshot)
        await self.look()

    def new(self) -> str:
        """Give eight digits that nobody used."""
        self.fresh += 1
        return f"{self.salt:06}{self.fresh:02}"

    def of(self, obj: str) -> list[Record]:
        return [one for one in self.records.values() if one.object == obj]

    def live(self, record: Record) -> Record:
        """Give who answers for a record."""
        id_ = record.id
        while id_ in self.into:
            id_ = self.into[id_]
        return self.records[id_]

    def hiding(self, record: Record) -> bool:
        """
        Say whether a list was chosen by hand in some merge: what it held before is not to be seen,
        so nobody can say whether who takes something off the list means that, too.
        """
        return any(
            made.survivor == record.id and LIST in made.taken and made.taken[LIST].rule == "chosen"
            for _, made in self.standing
        )

    async def begin(self) -> None:
        """Put some of everything there."""
        async with self.db.transaction(ANNA.viewer(), self.workspace) as tx:
            desk = Desk(tx=tx, snapshot=self.snapshot)
            plan = (
                ("branch", [{"name": f"分馆{self.new()}"} for _ in range(3)]),
                ("book", [{"title": f"书{self.new()}", "isbn": f"{self.new()}"} for n in range(3)]),
            )
            for obj, given in plan:
                await self._made(desk, obj, *given)
            branches, books = ([str(one.id) for one in self.of(key)] for key in ("branch", "book"))
            await self._made(
                desk, "reader",
                {"name": "王芳", "phone": f"137{self.new()}", "number": f"R{self.new()}",
                 "branch": branches[0], LIST: books[:2]},
                {"name": "王芳芳", "code": "C1", "deposit": "1.50", LIST: books[1:]},
                {"name": "李雷", "branch": branches[1], "owner": str(BEN.id), "secret": "s"},
                {"name": "李磊", "number": f"R{self.new()}", "phone": f"137{self.new()}",
                 "branch": branches[2], LIST: books[2:], "deposit": "7"},
                {"name": "韩梅梅", "code": "C2", "owner": str(BEN.id)},
            )  # fmt: skip
            readers = [str(one.id) for one in self.of("reader")]
            await self._made(
                desk, "loan",
                *({"reader": readers[n % 5], "book": books[n % 3], "fee": f"{n}.00"}
                  for n in range(6)),
            )  # fmt: skip
            await self._made(
                desk, "card",
                *({"reader": one, "number": f"K{self.new()}"} for one in readers[:3]),
            )  # fmt: skip
            for n, one in enumerate(self.of("reader")):
                held = {f"role:r{n % 3}": _share("read"), f"role:r{n % 2}x": _share("write")}
                await shares.put(tx, "reader", {one.id: held})
        for one, (values, fans, shared, _) in (await self.look()).items():
            record = self.records[one]
            record.values, record.fans, record.shared = values, fans, shared

    async def _made(self, desk: Desk, obj: str, *given: Mapping[str, Any]) -> None:
        for entry in await desk.create(obj, *given, on_duplicate="create"):
            assert entry.problems == ()
            assert entry.record is not None
            self.records[entry.record] = Record(object=obj, id=entry.record)

    async def look(self) -> dict[UUID, tuple[dict[str, Any], list[str], dict[str, Any], bool]]:
        """Read everything as it is, and remember what links ever pointed at."""
        found = {}
        async with self.db.reading(platform(), self.workspace) as tx:
            for obj, columns in COLUMNS.items():
                ids = [one.id for one in self.of(obj)]
                held = await shares.held(tx, obj, ids)
                fans = sql("ARRAY[]::text[]")
                if obj == "reader":
                    fans = sql(
                        "ARRAY(SELECT target::text FROM reader__favourites WHERE record = t.id"
                        " ORDER BY 1)"
                    )
                rows = await tx.rows(
                    sql(
                        "SELECT t.id, ARRAY[{columns}], {fans}, deleted_at IS NOT NULL"
                        " FROM {table} AS t WHERE id = ANY({ids})",
                        columns=joined(sql("{one}::text", one=ident(one)) for one in columns),
                        fans=fans,
                        table=ident(obj),
                        ids=param(ids, "uuid[]"),
                    )
                )
                for id_, values, list_, binned in rows:
                    named = dict(zip(columns, values, strict=True))
                    found[id_] = (named, list(list_), dict(held[id_]), binned)
                    for key, value in named.items():
                        self.ever[id_, key].add(str(value))
                    self.ever[id_, LIST].update(list_)
                    self.ever[id_, "shares"].update(held[id_])
        return found

    async def merge(
        self, obj: str, survivor: Record, *others: Record, choose: Mapping[str, UUID]
    ) -> None:
        async with self.desk() as desk:
            made = await merged(desk, survivor.id, *(one.id for one in others), obj=obj, **choose)
        self.standing.append((obj, made))
        self.into |= {one.id: survivor.id for one in others}

    async def part(self, number: int) -> bool:
        """Take a merge back; says no if another one has to be taken back first."""
        obj, made = self.standing[number]
        try:
            async with self.desk() as desk:
                await parted(desk, made, obj)
        except MergedAgain:
            assert made.survivor in self.into
            return False
        assert made.survivor not in self.into
        del self.standing[number]
        for one in made.parts:
            del self.into[one]
        return True


def _share(level: str) -> dict[str, Any]:
    return {"level": level, "until": None, "reason": "", "by": None, "at": None}


async def opened(db: Database, workspace: str) -> Snapshot:
    """Furnish a workspace."""
    known = snapshot()
    async with db.transaction(platform(), workspace) as tx:
        await furnish(tx, known)
    return known
