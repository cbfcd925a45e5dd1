"""What may be wrong with the logs and their seals."""

from zhike.kernel.faults import Conflict, Fault, Malformed, NotAllowed, NotFound, TooMany
from zhike.kernel.words import Words


class UnknownLog(NotFound):
    """There is no log '{name}'."""

    code = "S900"
    zh = "没有名为“{name}”的日志"
    hint = Words(zh="可用：{known}", en="there are: {known}")


class ForeignKey(Conflict):
    """The logs were sealed with the key {wanted}; the one kept here is {key}."""

    code = "S901"
    zh = "日志此前由密钥 {wanted} 封存，此处保存的密钥是 {key}"
    hint = Words(
        zh="请把原来的密钥文件放回 {path}，或用 zhike audit seal --new-key 从此改用新密钥",
        en="put the former key back at {path}, or go on with this one: zhike audit seal --new-key",
    )


class OpenKey(Conflict):
    """The key of the seals at {path} can be read by others."""

    code = "S902"
    zh = "封存密钥 {path} 可被其他用户读取"
    hint = Words(zh="chmod 600 {path}", en="chmod 600 {path}")


class BrokenKey(Conflict):
    """What lies at {path} is no key for seals."""

    code = "S903"
    zh = "{path} 不是有效的封存密钥"


class NotThisHead(Malformed):
    """`{value}` is no head of a log: {wanted} is wanted."""

    code = "S905"
    zh = "“{value}”不是日志封存的末端标识，应为：{wanted}"


class NoReason(Fault):
    """A reason has to be given, of {least} characters at least."""

    code = "S906"
    zh = "请填写理由，至少 {least} 个字"


class TooManyReveals(TooMany):
    """In 24 hours {most} masked values may be looked at in full; {left} are left."""

    code = "S907"
    zh = "24 小时内最多可查看 {most} 个脱敏值的明文，还剩 {left} 个"


class CannotReveal(NotAllowed):
    """You see `{name}` masked only, and none of your roles lets you reveal it here."""

    code = "S908"
    zh = "字段“{name}”对您脱敏显示，您的角色不允许在此查看明文"
    hint = Words(zh="请联系管理员", en="ask an administrator")
