"""What the intake as a whole may have to say."""

from zhike.kernel.faults import Fault, TooLarge
from zhike.kernel.words import Words


class NotAKey(Fault):
    """Records are not told apart by {key}."""

    code = "H702"
    zh = "{key} 不是唯一字段,不能用来匹配记录"
    hint = Words(zh="可用:{keys}", en="these will do: {keys}")


class NotCarried(Fault):
    """`{name}` is no relation whose records could go along."""

    code = "H818"
    zh = "“{name}”不是可以一并转移的关系"
    hint = Words(zh="可用:{known}", en="these will do: {known}")


class TooManyGiven(TooLarge):
    """These are more than {limit} records."""

    code = "H819"
    zh = "超过 {limit} 条记录"
