"""Users and departments: the two trees, and the rules that hold whoever changes them."""

from zhike.store.accounts.people.changing import People
from zhike.store.accounts.people.departments import (
    add_department,
    change_department,
    department,
    departments,
    drop_department,
)
from zhike.store.accounts.people.many import (
    NewDepartment,
    Row,
    everybody,
    fresh_ids,
    write_departments,
    write_people,
)
from zhike.store.accounts.people.powers import POWERS, above_viewer, powerful, powers, together
from zhike.store.accounts.people.users import (
    Wanted,
    has_people,
    login_id,
    user,
    users,
)

__all__ = [
    "POWERS",
    "NewDepartment",
    "People",
    "Row",
    "Wanted",
    "above_viewer",
    "add_department",
    "change_department",
    "department",
    "departments",
    "drop_department",
    "everybody",
    "fresh_ids",
    "has_people",
    "login_id",
    "powerful",
    "powers",
    "together",
    "user",
    "users",
    "write_departments",
    "write_people",
]
