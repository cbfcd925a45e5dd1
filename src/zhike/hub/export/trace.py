"""
Trace ids: what stands in a file, and under which the books know who took it.

Made of letters and digits that nobody confuses, so that one can be read off a print.
"""

import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None, " ": None})


def made() -> str:
    """Make a trace id: 60 bits, never given twice."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(trace: str) -> str:
    """Give a trace id as people read it: `K7QM-3VXD-9A2P`."""
    return "-".join(trace[at : at + GROUP] for at in range(0, len(trace), GROUP))


def read(text: str) -> str:
    """Give the trace id that somebody typed, however he grouped it and mistook its letters."""
    return text.strip().upper().translate(ALIKE)[: 2 * LENGTH]
