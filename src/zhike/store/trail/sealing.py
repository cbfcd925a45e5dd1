"""
Sealing: what a log holds is summed up in blocks, each bound to the one before it and signed.

Only what is final is sealed. Numbers that nobody used by then belong to what was undone, and
whatever turns up under one of them later was put there by hand.

It locks nothing that anybody writes to.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import orjson

from zhike.kernel.sql import Sql, ident, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.store.trail.faults import ForeignKey
from zhike.store.trail.final import Mark, final
from zhike.store.trail.key import SealKey
from zhike.store.trail.logs import FORM, Log
from zhike.store.trail.queries import QUERIES
from zhike.store.trail.seals import START, Block, Seal

ROWS = 1000
"""Rows under one seal: so closely a verification tells where something was changed."""
AT_ONCE = 200_000


async def seal(tx: Tx, log: Log, key: SealKey, *, another_key: bool = False) -> Sequence[Seal]:
    """
    Seal what is final in a log; give the new seals. It wants a transaction of its own.

    Raises ForeignKey if the log was sealed with another key so far, unless that is meant.
    """
    await tx.run(QUERIES["sealing_turn"](log=log.key))
    if not await tx.value(QUERIES["unnumbered"]()):
        raise AssertionError("whoever seals must not have written before")
    head = await _head(tx, log)
    if head and head.key != key.name and not another_key:
        raise ForeignKey(wanted=head.key, key=key.name, path=key.path)
    done: list[Seal] = []
    upto = await _final(tx, log, after=head.block.last if head else 0)
    while (sealed := head.block.last if head else 0) < upto:
        now = await tx.value(QUERIES["moment"]())
        blocks = await _blocks(tx, log, after=sealed, upto=upto)
        if not blocks:
            break
        made = _chained(blocks, head, log=log, key=key, workspace=tx.workspace, at=now)
        await tx.run(QUERIES["add_seals"](seals=_written(made)))
        done.extend(made)
        head = made[-1]
    return done


async def head_of(tx: Tx, log: Log) -> Seal | None:
    """Give the last seal of a log."""
    return await _head(tx, log)


async def waiting(tx: Tx, log: Log) -> bool:
    """Say whether anything may have come into a log since its last seal. Writes nothing."""
    return bool(
        await tx.value(
            sql(
                "SELECT c.is_called AND c.last_value > coalesce((SELECT max(last) FROM zk_seal"
                " WHERE log = {log}), 0) FROM {counter} AS c",
                log=param(log.key, "text"),
                counter=log.counter,
            )
        )
    )


async def _head(tx: Tx, log: Log) -> Seal | None:
    row = await tx.row(QUERIES["head"](log=log.key))
    return Seal.of(log.key, row) if row else None


async def _final(tx: Tx, log: Log, *, after: int) -> int:
    """Give up to where everything is final, and keep the mark of what is going to be."""
    row = await tx.row(QUERIES["mark"](log=log.key))
    mark = Mark(upto=row[0], passed=row[1], barrier=row[2]) if row else None
    found = await final(tx, log, after=after, mark=mark)
    if found.barrier:
        await tx.run(QUERIES["set_mark"](log=log.key, upto=found.given, barrier=found.barrier))
    elif mark and found.upto == found.given > after:
        await tx.run(QUERIES["drop_mark"](log=log.key))
    return found.upto


async def _blocks(tx: Tx, log: Log, *, after: int, upto: int) -> list[Block]:
    rows = await tx.rows(summed(log, after=after, upto=upto))
    full = sum(row[1] for row in rows) >= AT_ONCE
    blocks: list[Block] = []
    first = after + 1
    for number, (last, count, since, until, digest) in enumerate(rows, 1):
        end = upto if number == len(rows) and not full else last
        blocks.append(
            Block(
                form=FORM,
                first=first,
                last=end,
                count=count,
                since=since,
                until=until,
                digest=bytes(digest),
            )
        )
        first = end + 1
    return blocks


def summed(log: Log, *, after: int, upto: int) -> Sql:
    """Give the statement that sums up the rows of a log, a thousand at a time."""
    return sql(
        "SELECT max(r.seq), count(*), min(r.at), max(r.at), {digest} FROM (SELECT r.*,"
        " (row_number() OVER (ORDER BY r.seq) - 1) / {rows} AS piece FROM (SELECT t.seq, t.at,"
        " {line} AS line FROM {table} AS t WHERE t.seq > {after} AND t.seq <= {upto}"
        " ORDER BY t.seq LIMIT {most}) AS r) AS r GROUP BY r.piece ORDER BY r.piece",
        digest=DIGEST,
        rows=vetted(str(ROWS)),
        line=log.line("t"),
        table=ident(log.table),
        after=param(after, "bigint"),
        upto=param(upto, "bigint"),
        most=vetted(str(AT_ONCE)),
    )


DIGEST = sql("sha256(convert_to(string_agg(r.line, E'\\n' ORDER BY r.seq), 'UTF8'))")
"""The sum of some rows `r`."""


def _chained(
    blocks: Sequence[Block],
    head: Seal | None,
    *,
    log: Log,
    key: SealKey,
    workspace: str,
    at: datetime,
) -> list[Seal]:
    made: list[Seal] = []
    for block in blocks:
        bare = Seal(
            log=log.key,
            number=head.number + 1 if head else 1,
            block=block,
            before=head.digest(workspace) if head else START,
            key=key.name,
            mac=b"",
            at=at,
        )
        head = replace(bare, mac=bare.signed(workspace, key))
        made.append(head)
    return made


def _written(seals: Sequence[Seal]) -> str:
    return orjson.dumps([one.as_json() for one in seals]).decode()
