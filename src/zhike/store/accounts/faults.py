"""What can be wrong with people, their departments, and how they sign in."""

from zhike.kernel.faults import Conflict, Fault, NotAllowed, TooMany, Unauthenticated
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
    hint = Words(zh="是否指“{nearest}”？", en="did you mean '{nearest}'?")


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
    zh = "部门仍在使用中：{uses}"
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


class PlainPassword(Fault):
    """A password needs {classes} of these: small letters, capitals, digits, signs."""

    code = "S820"
    zh = "密码须包含小写字母、大写字母、数字、符号中的 {classes} 种"


class TellingPassword(Fault):
    """A password must not contain the login, the name, the number or the address of its owner."""

    code = "S821"
    zh = "密码不能包含本人的登录名、姓名、工号、手机号或邮箱"


class CommonPassword(Fault):
    """This password is among the first that anybody would try."""

    code = "S822"
    zh = "这个密码太常见，容易被猜到"
    hint = Words(
        zh="用几个不相关的词组成一句话", en="string a few words together that have no connection"
    )


class EarlierPassword(Fault):
    """This password was in use before."""

    code = "S823"
    zh = "不能使用用过的密码"


class WrongPassword(NotAllowed):
    """The old password is wrong."""

    code = "S824"
    zh = "原密码不正确"


class TwoPowers(Fault):
    """With separated powers nobody holds two of them: {who} would hold {powers}."""

    code = "S825"
    zh = "三员分立下不能一人身兼两职：{who} 将同时拥有{powers}"


class OwnPowers(NotAllowed):
    """With separated powers nobody changes what they may do themselves."""

    code = "S826"
    zh = "三员分立下不能更改自己的角色和授权"


class AbsenceBackwards(Fault):
    """An absence ends after it begins."""

    code = "S827"
    zh = "请假的结束时间应晚于开始时间"


class OwnDeputy(Fault):
    """Nobody can be their own deputy."""

    code = "S828"
    zh = "代理人不能是本人"


class NumberTaken(Conflict):
    """Somebody else already has the number '{number}'."""

    code = "S829"
    zh = "工号“{number}”已被占用"


class CodeTaken(Conflict):
    """Another department already has the code '{code}'."""

    code = "S830"
    zh = "部门编码“{code}”已被占用"


class UnknownZone(Fault):
    """There is no time zone '{zone}'."""

    code = "S831"
    zh = "没有时区“{zone}”"
    hint = Words(zh="例如 Asia/Shanghai", en="for instance Asia/Shanghai")


class UnknownScope(Fault):
    """'{scope}' is no object and action of this workspace."""

    code = "S832"
    zh = "“{scope}”不是本工作区的“对象：操作”"
    hint = Words(zh="例如 customer:read、order:*", en="for instance customer:read or order:*")


class WiderKey(NotAllowed):
    """A key gives no more than it may itself: not {scope}."""

    code = "S833"
    zh = "密钥不能给出自己没有的权限：{scope}"


class TooManyRequests(TooMany):
    """Too many requests with this key; try again in {seconds} seconds."""

    code = "S834"
    zh = "此密钥请求过于频繁，请在 {seconds} 秒后重试"


class NoEmergencyRole(Fault):
    """There is no role that may do nothing but {power}."""

    code = "S835"
    zh = "没有只具备{power}权限的角色"
