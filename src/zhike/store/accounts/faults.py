"""What can be wrong with people, their departments, and how they sign in."""

from zhike.kernel.faults import Conflict, Fault, NotAllowed, Unauthenticated
from zhike.kernel.words import Words


class WrongLogin(Unauthenticated):
    """The login or the password is wrong."""

    code = "S801"
    zh = "登录名或密码不正确"


class SignedOut(Unauthenticated):
    """The session or the key is no longer good."""

    code = "S802"
    zh = "登录已失效或密钥无效"
    hint = Words(zh="请重新登录", en="sign in again")


class LoginTaken(Conflict):
    """Somebody else already signs in as '{login}'."""

    code = "S803"
    zh = "登录名“{login}”已被占用"


class UnknownRole(Fault):
    """There is no role '{role}'."""

    code = "S804"
    zh = "没有角色“{role}”"
    hint = Words(zh="是否指“{nearest}”?", en="did you mean '{nearest}'?")


class UnknownPerson(Fault):
    """There is no user {id}."""

    code = "S805"
    zh = "没有用户 {id}"


class UnknownDepartment(Fault):
    """There is no department {id}."""

    code = "S806"
    zh = "没有部门 {id}"


class DepartmentCycle(Fault):
    """A department cannot stand below itself."""

    code = "S807"
    zh = "部门不能成为自己的下级"


class ManagerCycle(Fault):
    """Nobody can be their own manager, not even through others."""

    code = "S808"
    zh = "直属上级不能形成循环"


class DepartmentInUse(Conflict):
    """The department is still in use: {uses}."""

    code = "S809"
    zh = "部门仍在使用中:{uses}"
    hint = Words(
        zh="请先移走其人员、下级部门和数据", en="move its people, sub-departments and records first"
    )


class LastAdmin(Conflict):
    """This would leave nobody who can administer the workspace."""

    code = "S810"
    zh = "这样将没有任何人能管理工作区"


class WeakPassword(Fault):
    """A password needs {least} to {most} characters."""

    code = "S811"
    zh = "密码长度应为 {least} 到 {most} 个字符"


class AboveYou(NotAllowed):
    """Only those who hold the role '{role}' may give it, take it, or change its holders."""

    code = "S812"
    zh = "只有拥有角色“{role}”的人才能授予、收回该角色或修改其持有者"


class TwoMainDepartments(Fault):
    """Only one department can be the main one."""

    code = "S813"
    zh = "主部门只能有一个"


class UnreadableContact(Fault):
    """'{value}' is no {kind}."""

    code = "S814"
    zh = "“{value}”不是合法的{kind}"
