"""
Writes the server's configuration: sizes by the memory of the machine, the rest as this product
needs it.
"""

import os
from collections.abc import Mapping
from pathlib import Path

MEGABYTE = 1024 * 1024
CONTAINER_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
SMALL_SHARED_MEMORY = 512 * MEGABYTE
PEOPLE = 200
"""Connections that the server admits."""


def memory() -> int:
    """Give the bytes of memory that we may use, counting the limit of a container."""
    limits = [
        path.read_text(encoding="ascii").strip() for path in CONTAINER_LIMITS if path.is_file()
    ]
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min(physical, *(int(limit) for limit in limits if limit.isdigit()), physical)


def configuration(*, memory: int, socket: Path, local: Path) -> str:
    """Give the text of `postgresql.conf`."""
    buffers = max(64, min(2048, memory // MEGABYTE // 8))
    chosen: Mapping[str, str] = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket),
        "unix_socket_permissions": "0700",
        "max_connections": str(PEOPLE),
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{max(128, memory // MEGABYTE // 2)}MB",
        "work_mem": f"{max(4, min(64, buffers // 64))}MB",
        # The words of many records go into their index twice as fast in portions that a
        # processor's cache holds.
        "maintenance_work_mem": "64MB",
        "dynamic_shared_memory_type": _shared_memory(),
        "max_wal_size": "4GB",
        "min_wal_size": "256MB",
        "wal_compression": "off",
        "checkpoint_timeout": "15min",
        "synchronous_commit": "on",
        "jit": "off",
        "random_page_cost": "1.1",
        "gin_pending_list_limit": "4MB",
        "autovacuum_naptime": "20s",
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_analyze_scale_factor": "0.02",
        "autovacuum_vacuum_insert_scale_factor": "0.05",
        "autovacuum_vacuum_cost_limit": "1000",
        "idle_in_transaction_session_timeout": "5min",
        "log_min_messages": "warning",
        "log_min_error_statement": "panic",
        "log_checkpoints": "off",
        "log_line_prefix": "%m [%p] ",
        "lc_messages": "C",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    lines = [f"{name} = {_quoted(value)}" for name, value in chosen.items()]
    lines.append(f"include_if_exists = {_quoted(str(local))}")
    return "\n".join(
        ("# Written at every start. Settings of your own: see the last line.", *lines, "")
    )


def _shared_memory() -> str:
    """A container's /dev/shm is often too small for parallel queries; files do as well there."""
    try:
        seen = os.statvfs("/dev/shm")  # noqa: S108 - only measured
    except OSError:
        return "posix"
    return "posix" if seen.f_blocks * seen.f_frsize >= SMALL_SHARED_MEMORY else "mmap"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
