"""
One connection as we want it: native `$1` placeholders, JSON as the bytes that PostgreSQL made, no
hidden BEGIN.
"""

import select
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import adapt, pq
from psycopg.abc import Buffer, Transformer
from psycopg.types.numeric import Int4, Int4Dumper, IntDumper

PREPARE_AFTER = 2
"""A statement is prepared when it comes for the third time on a connection."""
PREPARED_MOST = 200

Row = tuple[Any, ...]
Key = tuple[str, tuple[int, ...]]
"""A statement and the types of its parameters."""


class Wire(psycopg.AsyncConnection[Row]):
    """A connection that remembers for which workspace it was last set up."""

    workspace: str | None = None
    age: int = 0
    """The `Database.age` at that time."""
    adapting: Transformer
    """What turns values into bytes and back; it remembers how, so one serves all statements."""
    prepared: dict[Key, bytes]
    """The names of the statements prepared here, the one used last at the end."""
    seen: dict[Key, int]
    """How often statements came that are not prepared yet."""
    spare: list[bytes]
    """Prepared statements to forget at the next occasion."""
    named: int = 0
    custom: bool = False
    """Whether the server was told to plan statements for their values each time."""
    agreed: bool = True
    """Whether it is sure that it still does so."""


class JsonBytes(adapt.Loader):
    """JSON is handed on as bytes: whoever wants the values inside asks for columns instead."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


class WholeNumber(IntDumper):
    """
    Small numbers travel as `integer`, not `smallint`, so that a statement has one type per
    parameter.
    """

    _int2_dumper: Any = Int4Dumper(Int4)


class Listed(adapt.RecursiveDumper):
    """
    Lists travel as text, and the statement says of what they are: `$1::uuid[]`.

    The driver would look into each of them to find that out, which costs more than all the rest.
    """

    def dump(self, obj: list[object]) -> bytes:
        if {int}.issuperset(map(type, obj)):
            return f"{{{','.join(map(str, obj))}}}".encode()
        return b"{" + b",".join([self._item(one) for one in obj]) + b"}"

    def _item(self, one: object) -> bytes:
        if one is None:
            return b"NULL"
        if isinstance(one, list):
            return self.dump(one)
        written = self._tx.get_dumper(one, adapt.PyFormat.TEXT).dump(one)
        return b'"' + bytes(written or b"").replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def _adapters() -> adapt.AdaptersMap:
    ours = adapt.AdaptersMap(psycopg.adapters)
    for name in ("json", "jsonb"):
        ours.register_loader(name, JsonBytes)
    ours.register_dumper(int, WholeNumber)
    ours.register_dumper(list, Listed)
    return ours


class Adapted:
    """What the driver calls a context: the adapters a new connection starts with."""

    adapters = _adapters()
    connection = None


WIRING: Mapping[str, Any] = {
    "autocommit": True,
    "prepare_threshold": None,
    "cursor_factory": psycopg.AsyncRawCursor,
    "context": Adapted(),
    "application_name": "zhike",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "client_encoding": "UTF8",
}
"""How to open a connection."""


async def configure(wire: Wire) -> None:
    """Set up a new connection; the pool calls it once for each."""
    wire.adapting = adapt.Transformer(wire)
    wire.prepared, wire.seen, wire.spare = {}, {}, []
    wire.server_cursor_factory = psycopg.AsyncRawServerCursor[Row]


def lives(wire: Wire) -> bool:
    """
    Tell whether the server is still there, without asking it.

    An idle connection has nothing to say: if its socket can be read, that is the server's farewell
    (or a notice, which `consume_input` takes away).
    """
    poll = select.poll()
    try:
        poll.register(wire.pgconn.socket, select.POLLIN)
        while poll.poll(0):
            wire.pgconn.consume_input()
            if wire.pgconn.status != pq.ConnStatus.OK:
                return False
    except psycopg.OperationalError:
        return False
    return True
