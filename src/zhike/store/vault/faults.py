"""What can be wrong with secrets at rest."""

from zhike.kernel.faults import Fault, NotFound, Unavailable
from zhike.kernel.words import Words


class BadSecretKey(Fault):
    """The key that secrets are encrypted with cannot be read: {reason}."""

    code = "S840"
    zh = "用于加密机密的密钥无法读取：{reason}"
    hint = Words(
        zh="请检查主目录中的 secret.key 或环境变量 ZHIKE_SECRET_KEY",
        en="check secret.key in the home, or ZHIKE_SECRET_KEY",
    )


class Unreadable(Unavailable):
    """A secret was encrypted with a key that is not here."""

    code = "S841"
    zh = "机密内容无法解密：加密所用的密钥不在此处"
    hint = Words(
        zh="请从备份恢复主目录中的 secret.key", en="bring secret.key of the home back from a backup"
    )


class NoSuchSecret(NotFound):
    """There is no secret '{name}'."""

    code = "S842"
    zh = "没有名为“{name}”的机密"
