"""What may be wrong with a call to another machine."""

from zhike.kernel.faults import Invalid, Unavailable
from zhike.kernel.words import Words


class ForbiddenAddress(Invalid):
    """{url} may not be called: {reason}."""

    code = "O101"
    zh = "不允许访问 {url}：{reason}"
    hint = Words(
        zh="内网地址须由管理员在安全设置的 private_hosts 中列出",
        en="list addresses of the own network in private_hosts of the security settings",
    )


class Unreachable(Unavailable):
    """{url} cannot be reached: {reason}."""

    code = "O102"
    zh = "无法访问 {url}：{reason}"


class AnswerTooLarge(Unavailable):
    """{url} answered with more than {limit} bytes."""

    code = "O103"
    zh = "{url} 返回的内容超过 {limit} 字节"
