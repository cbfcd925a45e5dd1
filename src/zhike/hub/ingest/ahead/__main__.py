"""The preparing process: an order in, chunks out, as fast as they are taken."""

import os
import pickle
import sys

from zhike.hub.ingest.ahead.frames import packed
from zhike.hub.ingest.ahead.process import Order
from zhike.hub.ingest.memory import seldom_searched
from zhike.hub.sheets import FAULTS, taken
from zhike.kernel.faults import Fault, Invalid


def main(lines: int) -> None:
    """
    Carry out the order that comes in; say what is wrong with the file, if something is.

    The lines come from the process that reads the file, by a descriptor of their own.
    """
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent's words
    plan = order.plan()
    ahead = order.ahead(plan)
    try:
        for piece in taken(lines):
            chunk = ahead.chunk(piece, after=order.after)
            if chunk is not None:
                _send(b"c", packed(chunk, plan))
    except Fault as fault:
        if fault.code not in FAULTS:
            raise
        facts = dict(fault.facts)
        if isinstance(fault, Invalid):
            facts.pop("count", None)  # the family counts by itself
        _send(b"f", pickle.dumps((fault.code, facts)))
    else:
        _send(b"e", b"")


def _send(word: bytes, body: bytes) -> None:
    out = sys.stdout.buffer
    out.write(word + len(body).to_bytes(4, "big"))
    out.write(body)
    out.flush()


if __name__ == "__main__":
    try:
        with seldom_searched():
            main(int(sys.argv[1]))
    except BrokenPipeError:
        # Whoever ordered is gone, and nobody else waits for an answer.
        os._exit(0)
