"""
Floor 1: the only floor that knows the driver.

Gives the floors above conversations with PostgreSQL (`kernel.tx.Tx`), brings schemas up to date,
runs the embedded server and the job queue. Knows nothing of objects, fields or permissions.
"""

from zhike.db.conversation import Conversation
from zhike.db.faults import DiskFull, NotUnique
from zhike.db.jobs import Jobs
from zhike.db.migrate import (
    create_workspace,
    drop_workspace,
    make_event_months,
    migrate,
    pending,
    workspaces,
)
from zhike.db.pool import Database

__all__ = [
    "Conversation",
    "Database",
    "DiskFull",
    "Jobs",
    "NotUnique",
    "create_workspace",
    "drop_workspace",
    "make_event_months",
    "migrate",
    "pending",
    "workspaces",
]
