"""Functions that speak of who asks. Their values are filled in when the statement runs."""

from zhike.kernel.sql import asker, sql
from zhike.lang.functions.function import Function, Parameter, doc, shows

ASKER = (
    Function(
        name="ME",
        gives="user",
        sql=lambda: asker("id", "uuid"),
        immutable=False,
        doc=doc("当前用户", "The user who asks"),
        examples=shows(
            ("ME() is not empty", "true"),
        ),
    ),
    Function(
        name="MY_DEPARTMENT",
        gives="department",
        sql=lambda: asker("department", "uuid"),
        immutable=False,
        doc=doc("当前用户的主部门", "The main department of the user who asks"),
        examples=shows(
            ("MY_DEPARTMENT() in MY_DEPARTMENTS()", "true"),
        ),
    ),
    Function(
        name="MY_DEPARTMENTS",
        gives="list",
        item="department",
        sql=lambda: asker("below", "uuid[]"),
        immutable=False,
        doc=doc(
            "当前用户所在的全部部门及其下级部门",
            "All departments the asking user sits in, and everything below them",
        ),
        examples=shows(
            ("MY_DEPARTMENT() in MY_DEPARTMENTS()", "true"),
        ),
    ),
    Function(
        name="MY_ROLES",
        gives="list",
        item="text",
        sql=lambda: asker("roles", "text[]"),
        immutable=False,
        doc=doc("当前用户的角色", "The roles of the user who asks"),
        examples=shows(
            ('"librarian" in MY_ROLES()', "true"),
        ),
    ),
    Function(
        name="HAS_ROLE",
        parameters=(Parameter(name="role"),),
        gives="boolean",
        sql=lambda role: sql("{role} = ANY({roles})", role=role, roles=asker("roles", "text[]")),
        immutable=False,
        form="role",
        doc=doc("当前用户是否有某角色", "Whether the asking user has a role"),
        examples=shows(('HAS_ROLE("librarian")', "true"), ('HAS_ROLE("guest")', "false")),
    ),
)
