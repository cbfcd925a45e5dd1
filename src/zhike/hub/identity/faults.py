"""What identity may have to say."""

from zhike.kernel.faults import Conflict, Fault
from zhike.kernel.words import Words


class Duplicate(Conflict):
    """The record is already there: {title} ({reasons} agree)."""

    code = "H601"
    zh = "记录已存在:{title}({reasons}相同)"
    hint = Words(zh="负责人:{owner}", en="it belongs to {owner}")


class DuplicateInside(Conflict):
    """It is the same as entry {entry} before it ({reasons} agree)."""

    code = "H602"
    zh = "与前面第 {entry} 条重复({reasons}相同)"


class UnknownComparison(Fault):
    """There is no comparison `{name}`."""

    code = "H603"
    zh = "没有比较方式“{name}”"
    hint = Words(zh="是否指“{near}”?", en="did you mean `{near}`?")


class NotComparable(Fault):
    """`{field}` cannot tell records apart."""

    code = "H604"
    zh = "字段“{field}”不能用于识别重复"
