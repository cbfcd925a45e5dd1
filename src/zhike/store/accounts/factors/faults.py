"""What can be wrong with second factors, passkeys, and what identity providers say."""

from zhike.kernel.faults import Conflict, Fault, NotAllowed, Unauthenticated
from zhike.kernel.words import Words


class SecondFactorNeeded(Unauthenticated):
    """A second factor is needed: the code that your authenticator shows, or a recovery code."""

    code = "S843"
    zh = "需要第二重验证：请输入验证器显示的动态码或恢复码"


class PasskeyNeeded(Unauthenticated):
    """The password alone does not suffice: sign in with your passkey, or with a recovery code."""

    code = "S844"
    zh = "仅凭密码不能登录：请使用通行密钥登录，或输入恢复码"


class WrongCode(Unauthenticated):
    """The code is wrong, expired, or was used before."""

    code = "S845"
    zh = "验证码不正确、已过期或已使用过"


class SecondFactorMissing(NotAllowed):
    """A second factor has to be set up before anything else."""

    code = "S846"
    zh = "须先设置第二重验证，才能进行其他操作"


class SignInAgain(NotAllowed):
    """This needs a sign-in of the last {minutes} minutes."""

    code = "S847"
    zh = "此操作需要最近 {minutes} 分钟内登录过"
    hint = Words(zh="请重新登录后再试", en="sign in again and try once more")


class TicketGone(Fault):
    """This was begun too long ago, elsewhere, or was finished already."""

    code = "S848"
    zh = "该操作已过期、已完成或不是在此处开始的"
    hint = Words(zh="请重新开始", en="begin again")


class WrongPasskey(Unauthenticated):
    """The passkey was not accepted."""

    code = "S849"
    zh = "通行密钥未被接受"


class BadPasskey(Fault):
    """This passkey cannot be registered: {reason}."""

    code = "S850"
    zh = "无法登记此通行密钥：{reason}"


class PasskeyTaken(Conflict):
    """This passkey is registered already."""

    code = "S851"
    zh = "此通行密钥已登记"


class TooManyPasskeys(Conflict):
    """Nobody needs more than {most} passkeys."""

    code = "S852"
    zh = "通行密钥最多 {most} 个"


class NoSecondFactor(Conflict):
    """There is no second factor that recovery codes could stand in for."""

    code = "S853"
    zh = "尚未设置第二重验证，无需恢复码"


class LastFactor(Conflict):
    """A second factor is demanded of you: set up another one before you remove this one."""

    code = "S854"
    zh = "您的账号必须有第二重验证：请先设置另一种，再移除这一种"


class LinkTaken(Conflict):
    """This identity is linked to somebody already."""

    code = "S855"
    zh = "此身份已关联到其他用户"
