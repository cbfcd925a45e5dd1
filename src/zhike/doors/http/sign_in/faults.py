"""What can be wrong with signing in before anybody has looked at who it is."""

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words


class NeedsName(Fault):
    """Passkeys belong to a host name and need https; '{host}' will not do."""

    code = "W150"
    zh = "通行密钥须在 https 的域名下使用，“{host}”不可用"
    hint = Words(zh="请通过域名（或本机 localhost）访问", en="come by a host name, or by localhost")


class ForeignNext(Fault):
    """After signing in one can only go on to a page of this site."""

    code = "W151"
    zh = "登录后只能前往本站页面"
