"""
Lets a child of root become somebody harmless, as PostgreSQL demands.

Where that somebody could not reach the server's files (a home below /root, say), the one right to
walk through folders is kept, so that no folder of the operator has to be opened to everybody.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Sequence

PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION = 0x20080522
DAC_OVERRIDE = 1
DAC_READ_SEARCH = 2

LINUX = sys.platform == "linux"
LIBC = ctypes.CDLL(None, use_errno=True)


def lower(uid: int, gid: int, *, reach: Sequence[str]) -> None:
    """Become the given user, able to reach the given paths; runs between fork and exec."""
    if LINUX:
        LIBC.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if all(_reachable(path) for path in reach):
        if LINUX:
            _keep(None)
        return
    for capability in (DAC_READ_SEARCH, DAC_OVERRIDE) if LINUX else ():
        if _keep(capability) and all(_reachable(path) for path in reach):
            return
    raise PermissionError(f"the user {uid} cannot reach {' or '.join(reach)}")


def _reachable(path: str) -> bool:
    return os.access(path, os.X_OK, effective_ids=os.access in os.supports_effective_ids)


def _keep(capability: int | None) -> bool:
    """Reduce our rights to one, and let the programs that we start inherit it."""
    mask = 0 if capability is None else 1 << capability
    header = struct.pack("<Ii", CAPABILITY_VERSION, 0)
    rights = struct.pack("<6I", mask, mask, mask, 0, 0, 0)
    if LIBC.capset(header, rights) != 0:
        return False
    if capability is None:
        return True
    return bool(LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0)
