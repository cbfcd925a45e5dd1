"""
Statements to the server and their results back, all in one round trip.

The driver's own pipeline does the same with twice the work, cursor by cursor, and every request
pays for it. What the driver knows is still left to it: values and types, errors, waiting and
cancelling. A statement is prepared when it comes again.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from psycopg import adapt, errors, pq, waiting
from psycopg.abc import Buffer

from zhike.db.wire import PREPARE_AFTER, PREPARED_MOST, Key, Row, Wire
from zhike.kernel.tx import PRESUMED, Mistaken

Results = Generator[waiting.Wait, waiting.Ready | int, list[pq.abc.PGresult]]
Turn = Generator[waiting.Wait, waiting.Ready | int, "list[Answer]"]

FINE = frozenset({pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK, pq.ExecStatus.EMPTY_QUERY})
COPYING = frozenset({pq.ExecStatus.COPY_IN, pq.ExecStatus.COPY_OUT, pq.ExecStatus.COPY_BOTH})
HEALTHY = frozenset({pq.TransactionStatus.IDLE, pq.TransactionStatus.INTRANS})
MOVED = "0A000"
"""What the server says of a prepared statement whose result has other columns by now."""
UNREADABLE = "22P02"
"""What the server says of a text that is no value; so a presumption fails."""
COUNTED = 1000
"""How many statements are counted until they have come often enough to be prepared."""


class Statement(NamedTuple):
    """What is to be said to the server."""

    text: str
    values: Sequence[object] | None = None
    custom: bool = False
    """Whether it is to be planned for its values."""


class Answer(NamedTuple):
    """What came of one statement."""

    rows: Sequence[Row]
    touched: int
    """How many rows it wrote or gave."""
    word: str
    """What the server calls what it did: `COMMIT`, `INSERT 0 1`."""


class Order(NamedTuple):
    """One statement on its way: its values as the server reads them, and the name it is kept by."""

    key: Key
    values: Sequence[Buffer | None] | None
    formats: Sequence[pq.Format] | None
    name: bytes | None
    """None: not prepared."""
    fresh: bool
    """Whether it has to be prepared first."""
    custom: bool = False


def ordered(wire: Wire, statements: Sequence[Statement]) -> list[Order]:
    """
    Make statements ready; nothing is sent yet.

    Raises the driver's fault for a value that no server could read.
    """
    return [_order(wire, one) for one in statements]


async def exchange(wire: Wire, orders: Sequence[Order]) -> list[Answer]:
    """
    Send statements and give what came of each.

    Those after one that fails are not run; its fault is raised.
    """
    if not orders:
        return []
    async with wire.lock:
        return await wire.wait(_turn(wire, orders))


def _order(wire: Wire, one: Statement) -> Order:
    if not one.values:
        return _named(wire, (one.text, ()), None, None)
    adapting = wire.adapting
    dumped = adapting.dump_sequence(one.values, [adapt.PyFormat.AUTO] * len(one.values))
    order = _named(wire, (one.text, adapting.types or ()), dumped, adapting.formats)
    return order._replace(custom=True) if one.custom else order


def _named(
    wire: Wire,
    key: Key,
    values: Sequence[Buffer | None] | None,
    formats: Sequence[pq.Format] | None,
) -> Order:
    name = wire.prepared.pop(key, None)
    if name is not None:
        wire.prepared[key] = name
        return Order(key, values, formats, name, False)
    if len(wire.seen) >= COUNTED:
        wire.seen.clear()
    wire.seen[key] = seen = wire.seen.get(key, 0) + 1
    if seen <= PREPARE_AFTER:
        return Order(key, values, formats, None, False)
    wire.named += 1
    return Order(key, values, formats, b"z%d" % wire.named, True)


def _turn(wire: Wire, orders: Sequence[Order]) -> Turn:
    pg = wire.pgconn
    custom = any(order.custom for order in orders)
    before = [*_spare(wire), *_planning(wire, custom=custom)]
    if len(orders) == 1 and not orders[0].fresh and not before:
        _send(pg, orders[0])
        results = yield from _received(pg, 1)
    else:
        results = yield from _piped(pg, orders, before)
    answers = list(_answers(wire, orders, results))
    if pg.transaction_status == pq.TransactionStatus.IDLE and answers[-1].word != "ROLLBACK":
        wire.agreed = True
    return answers


def _planning(wire: Wire, *, custom: bool) -> list[bytes]:
    """
    Say how statements are planned, if that changes; inside a transaction it is left as it is.

    What was said together with a statement that fails, or with a transaction that is undone, is
    taken back: it counts when all that went with it is done.
    """
    known = wire.agreed and wire.custom is custom
    if known or wire.pgconn.transaction_status != pq.TransactionStatus.IDLE:
        return []
    wire.custom, wire.agreed = custom, False
    return [b"SET plan_cache_mode = force_custom_plan" if custom else b"RESET plan_cache_mode"]


def _spare(wire: Wire) -> list[bytes]:
    """Drop the prepared statements that are not needed any more, if this is a moment to say so."""
    if not wire.spare or wire.pgconn.transaction_status not in HEALTHY:
        return []
    spare, wire.spare = wire.spare, []
    return [b"DEALLOCATE " + name for name in spare]


def _piped(pg: pq.abc.PGconn, orders: Sequence[Order], before: Sequence[bytes]) -> Results:
    pg.enter_pipeline_mode()
    for said in before:
        pg.send_query_params(said, None)
    for order in orders:
        if order.fresh and order.name is not None:
            text, types = order.key
            pg.send_prepare(order.name, text.encode(), param_types=types or None)
        _send(pg, order)
    pg.pipeline_sync()
    wanted = len(before) + sum(1 + order.fresh for order in orders) + 1
    results = yield from _received(pg, wanted)
    pg.exit_pipeline_mode()
    return results[len(before) : -1]


def _send(pg: pq.abc.PGconn, order: Order) -> None:
    if order.name is not None:
        pg.send_query_prepared(order.name, order.values, order.formats)
        return
    text, types = order.key
    pg.send_query_params(text.encode(), order.values, types or None, order.formats)


def _received(pg: pq.abc.PGconn, wanted: int) -> Results:
    """Write everything, reading meanwhile what the server says already, then read the rest."""
    while pg.flush():
        if (yield waiting.WAIT_RW) & waiting.READY_R:
            pg.consume_input()
    results: list[pq.abc.PGresult] = []
    latest: pq.abc.PGresult | None = None
    while len(results) < wanted:
        while pg.is_busy():
            yield waiting.WAIT_R
            pg.consume_input()
        result = pg.get_result()
        if result is None or result.status == pq.ExecStatus.PIPELINE_SYNC:
            results.append(_last(pg, result or latest))
            latest = None
        else:
            latest = _last(pg, result)
    return results


def _last(pg: pq.abc.PGconn, result: pq.abc.PGresult | None) -> pq.abc.PGresult:
    """Give the result of a statement, unless the conversation has come to an end or astray."""
    if result is None:
        raise errors.OperationalError("the connection is lost")
    if result.status in COPYING:
        pg.finish()
        raise errors.NotSupportedError("COPY has a way of its own")
    return result


def _answers(
    wire: Wire, orders: Sequence[Order], results: Sequence[pq.abc.PGresult]
) -> Iterator[Answer]:
    coming, adapting = iter(results), wire.adapting
    for order in orders:
        if order.fresh and order.name is not None:
            _fine(wire, next(coming), order.key[0])
            _keep(wire, order.key, order.name)
        result = next(coming)
        _fine(wire, result, order.key[0])
        rows: Sequence[Row] = ()
        if result.status == pq.ExecStatus.TUPLES_OK:
            adapting.set_pgresult(result)
            rows = adapting.load_rows(0, result.ntuples, tuple)
            adapting.set_pgresult(None)
        word = result.command_status
        yield Answer(rows, result.command_tuples or 0, word.decode() if word else "")


def _fine(wire: Wire, result: pq.abc.PGresult, text: str) -> None:
    if result.status in FINE:
        return
    error = errors.error_from_result(result, encoding="utf-8")
    if error.sqlstate == UNREADABLE and text.startswith(PRESUMED):
        raise Mistaken
    if error.sqlstate == MOVED:
        wire.prepared.clear()
        wire.spare = [b"ALL"]
    raise error


def _keep(wire: Wire, key: Key, name: bytes) -> None:
    wire.prepared[key] = name
    wire.seen.pop(key, None)
    if len(wire.prepared) > PREPARED_MOST:
        oldest = next(iter(wire.prepared))
        wire.spare.append(wire.prepared.pop(oldest))
