"""What may be wrong with bringing the base to another standard."""

from zhike.kernel.faults import Conflict, Fault, NotFound


class UnknownStandardRun(NotFound):
    """There is no such run."""

    code = "H510"
    zh = "没有这次重新标准化"


class NotReady(Conflict):
    """The run is {state}: this cannot be done with it now."""

    code = "H511"
    zh = "当前状态为 {state}，不能这样做"


class RunUnderWay(Conflict):
    """Another run over {object} is under way."""

    code = "H512"
    zh = "“{object}”正在重新标准化"


class NotStandardized(Fault):
    """`{field}` is no field of {object} whose values you see in full, may write, and can type."""

    code = "H513"
    zh = "“{field}”不是“{object}”中您可完整查看、可填写的文本类字段"
