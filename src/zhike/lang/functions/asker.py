"""Functions that speak of who asks. Their values are filled in when the statement runs."""

from zhike.kernel.sql import Sql, asker, sql
from zhike.lang.functions.function import Function, Parameter, doc, shows


def _shared(object_: Sql, record: Sql, kind: Sql) -> Sql:
    """Ask for the records that some shares name: few, and found by whom they are for."""
    return sql(
        "({record} IN (SELECT s.record FROM zk_share AS s WHERE s.object = {object}"
        " AND s.grantee = ANY({grantees}){kind} AND (s.until IS NULL OR s.until > now())))",
        record=record,
        object=object_,
        grantees=asker("grantees", "text[]"),
        kind=kind,
    )


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
        name="MY_SUBORDINATES",
        gives="list",
        item="user",
        sql=lambda: asker("subordinates", "uuid[]"),
        immutable=False,
        doc=doc(
            "汇报关系中当前用户的所有下属，不含本人",
            "Everybody under the asking user in the reporting line, without the user",
        ),
        examples=shows(
            ("owner in MY_SUBORDINATES()", "false"),
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
    Function(
        name="IN_TEAM",
        gives="boolean",
        sql=lambda object_, record: _shared(object_, record, sql(" AND s.team")),
        immutable=False,
        form="record",
        doc=doc(
            "当前用户是否在此记录的相关团队中",
            "Whether the asking user is in the team of this record",
        ),
        examples=shows(("IN_TEAM()", "true"), ("IN_TEAM() and owner != ME()", "false")),
    ),
    Function(
        name="SHARED_WITH_ME",
        gives="boolean",
        sql=lambda object_, record: _shared(object_, record, sql(" AND NOT s.team")),
        immutable=False,
        form="record",
        doc=doc(
            "此记录是否共享给当前用户、其部门或其角色，且尚未到期",
            "Whether this record is shared with the asking user, a department or role of theirs,"
            " and still is",
        ),
        examples=shows(
            ("SHARED_WITH_ME()", "false"),
        ),
    ),
)
