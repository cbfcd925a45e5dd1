"""How alike two telephone numbers or e-mail addresses are."""

from zhike.hub.identity.scales.scale import Level, Parts, Scale, different, same
from zhike.hub.identity.scales.shape import edited, edits, shape
from zhike.kernel.words import Words

PUBLIC = frozenset({
    "qq.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "139.com",
    "189.cn", "wo.cn", "foxmail.com", "aliyun.com", "21cn.com", "tom.com", "gmail.com",
    "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "msn.com", "me.com",
    "vip.qq.com", "vip.163.com", "vip.sina.com",
})  # fmt: skip
"""Where anybody may have an address: sharing one says nothing."""
LONG = 8
DIGITS = frozenset("0123456789")


class Telephone(Scale):
    """The same number, or one with a slip of the finger."""

    name = "telephone"
    kinds = frozenset({"phone"})
    parts = ("number",)
    blocks = ("number",)
    levels = (
        same("number", 0, 0.7),
        Level(
            word="one_typo",
            label=Words(zh="差一位", en="one digit differs"),
            sql=f"length({{number}}_l) >= {LONG} AND {edited('number', 1)}",
            test=lambda a, b: len(a[0] or "") >= LONG and edits(a[0] or "", b[0] or "", 1),
            prior=0.03,
        ),
        different(0.27),
    )

    def taken_apart(self, value: str) -> Parts:
        digits = "".join(char for char in value if char in DIGITS)
        return (digits or None,)


class Mail(Scale):
    """The same address, one with a typo, or at least the same company's."""

    name = "mail"
    kinds = frozenset({"email"})
    parts = ("address", "domain")
    blocks = ("address",)
    hints = ("domain",)
    levels = (
        same("address", 0, 0.72),
        Level(
            word="one_typo",
            label=Words(zh="差一个字符", en="one character differs"),
            sql=edited("address", 1),
            test=lambda a, b: edits(a[0] or "", b[0] or "", 1),
            prior=0.03,
        ),
        Level(
            word="same_domain",
            label=Words(zh="企业域名相同", en="the same company domain"),
            sql="{domain}_l = {domain}_r",
            test=lambda a, b: a[1] is not None and a[1] == b[1],
            prior=0.15,
        ),
        different(0.1),
    )

    def taken_apart(self, value: str) -> Parts:
        address = value.strip().lower()
        domain = address.rpartition("@")[2]
        if not address:
            return self.nothing()
        return (shape(address), None if domain in PUBLIC else domain or None)
