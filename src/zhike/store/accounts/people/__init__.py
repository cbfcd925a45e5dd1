"""Users and departments: the two trees, and the rules that hold whoever changes them."""

from zhike.store.accounts.people.changing import People
from zhike.store.accounts.people.departments import (
    add_department,
    change_department,
    department,
    departments,
    drop_department,
)
from zhike.store.accounts.people.users import (
    Wanted,
    has_people,
    login_id,
    user,
    users,
)

__all__ = [
    "People",
    "Wanted",
    "add_department",
    "change_department",
    "department",
    "departments",
    "drop_department",
    "has_people",
    "login_id",
    "user",
    "users",
]
