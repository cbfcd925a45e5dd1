"""
People: who they are, where they sit, how they are recognised. The floor's only knower of
passwords.
"""

from zhike.store.accounts.departments import (
    add_department,
    change_department,
    department,
    departments,
    drop_department,
)
from zhike.store.accounts.faults import (
    AboveYou,
    DepartmentCycle,
    DepartmentInUse,
    LastAdmin,
    LoginTaken,
    SignedOut,
    UnknownDepartment,
    UnknownPerson,
    UnknownRole,
    WeakPassword,
    WrongLogin,
)
from zhike.store.accounts.keys import NewKey, add_key, drop_key, keys_of
from zhike.store.accounts.passwords import Passwords
from zhike.store.accounts.queries import QUERIES
from zhike.store.accounts.sign_in import (
    SESSION_DAYS,
    Attempt,
    close_session,
    count_failure,
    lock_left,
    lock_people,
    meant,
    open_session,
)
from zhike.store.accounts.users import (
    People,
    Wanted,
    has_people,
    login_id,
    user,
    users,
)
from zhike.store.accounts.viewers import Seen, Viewers, viewer_by_id, viewer_of
from zhike.store.accounts.workspaces import Workspace, Workspaces

__all__ = [
    "QUERIES",
    "SESSION_DAYS",
    "AboveYou",
    "Attempt",
    "DepartmentCycle",
    "DepartmentInUse",
    "LastAdmin",
    "LoginTaken",
    "NewKey",
    "Passwords",
    "People",
    "Seen",
    "SignedOut",
    "UnknownDepartment",
    "UnknownPerson",
    "UnknownRole",
    "Viewers",
    "Wanted",
    "WeakPassword",
    "Workspace",
    "Workspaces",
    "WrongLogin",
    "add_department",
    "add_key",
    "change_department",
    "close_session",
    "count_failure",
    "department",
    "departments",
    "drop_department",
    "drop_key",
    "has_people",
    "keys_of",
    "lock_left",
    "lock_people",
    "login_id",
    "meant",
    "open_session",
    "user",
    "users",
    "viewer_by_id",
    "viewer_of",
]
