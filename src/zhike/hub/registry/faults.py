"""What can be wrong with asking a company register."""

from zhike.kernel.faults import Invalid, NotFound, TooMany, Unavailable
from zhike.kernel.words import Words


class NoSuchRegistry(NotFound):
    """There is no company register {name} for these records."""

    code = "H676"
    zh = "没有用于该对象的工商数据源 {name}"


class RegistrySilent(Unavailable):
    """{name} does not answer as it should: {reason}."""

    code = "H672"
    zh = "{name} 暂时无法使用：{reason}"
    hint = Words(zh="可以先手工录入，稍后再补全", en="enter it by hand and complete it later")


class CallsUsedUp(TooMany):
    """The calls to {name} that one day allows are used up."""

    code = "H673"
    zh = "今天查询 {name} 的次数已用完"
    hint = Words(
        zh="已查过的公司仍可使用；上限见数据源配置的 per_day 与 per_person",
        en="companies asked for before are still there; see per_day and per_person of the register",
    )


class TooLittleToSearch(Invalid):
    """Two characters at least are needed to search a register."""

    code = "H674"
    zh = "请至少输入两个字再查询工商信息"


class NotInRegistry(NotFound):
    """{name} knows no company {id}."""

    code = "H675"
    zh = "{name} 中没有公司 {id}"
