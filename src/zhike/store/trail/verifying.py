"""
Verification: everything is summed up again and compared with what was sealed.

It proves that the rows under a seal are those that were there when it was made, as long as nobody
but this installation holds the key. It says nothing about what came after the last seal, and
nothing against whoever has the key and the database both.
"""

import hmac
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from zhike.kernel.sql import Sql, ident, joined, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.kernel.words import Words
from zhike.store.trail.key import Head, SealKey
from zhike.store.trail.logs import Log
from zhike.store.trail.queries import QUERIES
from zhike.store.trail.sealing import DIGEST
from zhike.store.trail.seals import START, Seal, cleared_said

Kind = Literal[
    "row_changed", "row_missing", "row_inserted", "seal_forged", "seal_missing", "seal_moved",
    "foreign_key", "cut_short", "cleared_forged",
]  # fmt: skip

SAYS: Mapping[Kind, Words] = {
    "row_changed": Words(
        zh="封存 {seal}：第 {first} 至 {last} 条中有记录被修改",
        en="seal {seal}: a row among {first} to {last} was changed",
    ),
    "row_missing": Words(
        zh="封存 {seal}：第 {first} 至 {last} 条中少了 {rows} 条",
        en="seal {seal}: {rows} row(s) among {first} to {last} are missing",
    ),
    "row_inserted": Words(
        zh="封存 {seal}：第 {first} 至 {last} 条中多出 {rows} 条",
        en="seal {seal}: {rows} row(s) among {first} to {last} were put in afterwards",
    ),
    "seal_forged": Words(
        zh="封存 {seal}（第 {first} 至 {last} 条）的签名不符",
        en="seal {seal} (rows {first} to {last}) is not signed with the key",
    ),
    "seal_missing": Words(
        zh="封存 {seal} 缺失（第 {first} 至 {last} 条失去证明）",
        en="seal {seal} is missing (rows {first} to {last} are unproven)",
    ),
    "seal_moved": Words(
        zh="封存 {seal} 与前一封存不相接",
        en="seal {seal} does not follow the one before it",
    ),
    "foreign_key": Words(
        zh="封存 {seal} 由另一密钥签署，无法核对签名",
        en="seal {seal} is signed with another key, which is not here to check it",
    ),
    "cut_short": Words(
        zh="封存链到 {last} 为止，而此前已封存到 {seal}",
        en="the chain ends at seal {last}, but had come to seal {seal}",
    ),
    "cleared_forged": Words(
        zh="到封存 {seal} 为止的清除记录签名不符",
        en="that the rows up to seal {seal} were taken out is not signed with the key",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not agree: where, and what."""

    kind: Kind
    seal: int
    first: int = 0
    last: int = 0
    rows: int = 0

    @property
    def says(self) -> Words:
        """Give it in words."""
        facts = {"seal": self.seal, "first": self.first, "last": self.last, "rows": self.rows}
        words = SAYS[self.kind]
        return Words(zh=words.said("zh", facts), en=words.said("en", facts))


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a verification of one log found."""

    log: Log
    seals: int = 0
    rows: int = 0
    """Rows that agree with their seals."""
    cleared: int = 0
    """Rows that were taken out when their time was over."""
    unsealed: int = 0
    """Rows that came after the last seal: nothing is proven about them."""
    head: Head | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether everything agrees."""
        return not self.findings


class _Walk:
    """The way along a chain: what was met last, and what was found."""

    def __init__(self, workspace: str, keys: Mapping[str, SealKey], *, cleared: int) -> None:
        self.workspace = workspace
        self.keys = keys
        self.cleared = cleared
        self.last: Seal | None = None
        self.rows = 0
        self.number = 0
        self.findings: list[Finding] = []

    def meet(self, seal: Seal, rows: int, digest: bytes | None) -> None:
        self._follows(seal)
        self._signed(seal)
        block = seal.block
        wanted = 0 if seal.number <= self.cleared else block.count
        place = {"seal": seal.number, "first": block.first, "last": block.last}
        if rows < wanted:
            self.findings.append(Finding(kind="row_missing", rows=wanted - rows, **place))
        elif rows > wanted:
            self.findings.append(Finding(kind="row_inserted", rows=rows - wanted, **place))
        elif wanted and digest != block.digest:
            self.findings.append(Finding(kind="row_changed", **place))
        else:
            self.rows += rows
        self.number += 1
        self.last = seal

    def _follows(self, seal: Seal) -> None:
        number = self.last.number + 1 if self.last else 1
        first = self.last.block.last + 1 if self.last else 1
        before = self.last.digest(self.workspace) if self.last else START
        if seal.number != number:
            gap = Finding(kind="seal_missing", seal=number, first=first, last=seal.block.first - 1)
            self.findings.append(gap)
        elif seal.block.first != first or not hmac.compare_digest(seal.before, before):
            self.findings.append(Finding(kind="seal_moved", seal=seal.number))

    def _signed(self, seal: Seal) -> None:
        place = {"seal": seal.number, "first": seal.block.first, "last": seal.block.last}
        key = self.keys.get(seal.key)
        if key is None:
            self.findings.append(Finding(kind="foreign_key", **place))
        elif not hmac.compare_digest(seal.mac, seal.signed(self.workspace, key)):
            self.findings.append(Finding(kind="seal_forged", **place))


async def verify(
    tx: Tx, log: Log, keys: Mapping[str, SealKey], *, heads: Sequence[Head] = ()
) -> Verdict:
    """
    Sum up a whole log again and compare it with its seals.

    `heads` are those kept elsewhere: a chain that lacks one of them was cut short or made anew.
    """
    cleared, findings = await _cleared(tx, log, keys)
    walk = _Walk(tx.workspace, keys, cleared=max(cleared, default=0))
    walk.findings.extend(findings)
    known = dict(heads)
    async for seal, rows, digest in _compared(tx, log):
        walk.meet(seal, rows, digest)
        kept = known.pop(seal.number, None)
        if kept is not None and kept != seal.digest(tx.workspace).hex():
            walk.findings.append(Finding(kind="seal_forged", seal=seal.number))
    end = walk.last.number if walk.last else 0
    walk.findings.extend(
        Finding(kind="cut_short", seal=number, last=end) for number in known if number > end
    )
    return Verdict(
        log=log,
        seals=walk.number,
        rows=walk.rows,
        cleared=sum(cleared.values()),
        unsealed=await _unsealed(tx, log, walk.last.block.last if walk.last else 0),
        head=walk.last.head(tx.workspace) if walk.last else None,
        findings=tuple(walk.findings),
    )


async def _cleared(
    tx: Tx, log: Log, keys: Mapping[str, SealKey]
) -> tuple[dict[int, int], list[Finding]]:
    """Give which periods were rightly taken out; one that is not signed was not."""
    rightly: dict[int, int] = {}
    findings = []
    for number, rows, name, mac, at in await tx.rows(QUERIES["cleared"](log=log.key)):
        said = cleared_said(tx.workspace, log.key, number=number, rows=rows, at=at)
        key = keys.get(name)
        if key is not None and hmac.compare_digest(bytes(mac), key.sign(said)):
            rightly[number] = rows
        else:
            findings.append(Finding(kind="cleared_forged", seal=number))
    return rightly, findings


async def _compared(tx: Tx, log: Log) -> AsyncIterator[tuple[Seal, int, bytes | None]]:
    """Give each seal with what its rows sum up to now, in one pass and one snapshot."""
    async for rows in tx.stream(_statement(log), size=500):
        for row in rows:
            *said, count, digest = row
            yield Seal.of(log.key, said), count, None if digest is None else bytes(digest)


def _statement(log: Log) -> Sql:
    line = joined(
        (
            sql("WHEN {form} THEN {line}", form=vetted(str(form)), line=log.line("t", form))
            for form in log.forms
        ),
        by=" ",
    )
    return sql(
        "SELECT s.number, s.form, s.first, s.last, s.count, s.since, s.until, s.digest, s.before,"
        " s.key, s.mac, s.at, r.rows, r.digest FROM zk_seal AS s LEFT JOIN LATERAL ("
        "SELECT count(*) AS rows, {digest} AS digest FROM (SELECT t.seq,"
        " CASE s.form {line} END AS line FROM {table} AS t"
        " WHERE t.seq >= s.first AND t.seq <= s.last) AS r) AS r ON true"
        " WHERE s.log = {log} ORDER BY s.number",
        digest=DIGEST,
        line=line,
        table=ident(log.table),
        log=param(log.key, "text"),
    )


async def _unsealed(tx: Tx, log: Log, last: int) -> int:
    return int(
        await tx.value(
            sql(
                "SELECT count(*) FROM {table} WHERE seq > {last}",
                table=ident(log.table),
                last=param(last, "bigint"),
            )
        )
    )
