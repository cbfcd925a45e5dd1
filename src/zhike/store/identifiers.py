"""Ids of new records: UUID version 7, so that they sort by the time they were given."""

import os
import time
from uuid import UUID

VERSION = 7 << 76
VARIANT = 2 << 62
RANDOM = (1 << 62) - 1
TICKS = (1 << 12) - 1


def identifiers(count: int) -> list[UUID]:
    """
    Give some new ids, each greater than the one before.

    They are given here, not by PostgreSQL, so that a record, its links and its sub-table can be
    sent in one go.
    """
    if not count:
        return []
    nanoseconds = time.time_ns()
    noise = os.urandom(8 * count)
    return [
        _identifier(nanoseconds + number * 250, int.from_bytes(noise[8 * number : 8 * number + 8]))
        for number in range(count)
    ]


def _identifier(nanoseconds: int, noise: int) -> UUID:
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    part = rest * (TICKS + 1) // 1_000_000
    return UUID(int=milliseconds << 80 | VERSION | (part & TICKS) << 64 | VARIANT | noise & RANDOM)
