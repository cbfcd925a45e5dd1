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
from zhike.store.accounts.people.personal import (
    drop_personal_grant,
    personal_grants,
    put_personal_grant,
)
from zhike.store.accounts.people.powers import (
    KEPT,
    POWERS,
    Holder,
    above_viewer,
    holders_of_roles,
    powerful,
    powers,
    together,
)
from zhike.store.accounts.people.users import (
    Wanted,
    has_people,
    login_id,
    user,
    users,
)

__all__ = [
    "KEPT",
    "POWERS",
    "Holder",
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
    "drop_personal_grant",
    "everybody",
    "fresh_ids",
    "has_people",
    "holders_of_roles",
    "login_id",
    "personal_grants",
    "powerful",
    "powers",
    "put_personal_grant",
    "together",
    "user",
    "users",
    "write_departments",
    "write_people",
]
