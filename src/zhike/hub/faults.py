"""What the intake as a whole may have to say."""

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words


class NotAKey(Fault):
    """Records are not told apart by {key}."""

    code = "H702"
    zh = "{key} 不是唯一字段,不能用来匹配记录"
    hint = Words(zh="可用:{keys}", en="these will do: {keys}")
