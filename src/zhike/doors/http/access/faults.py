"""What may go wrong when somebody asks why."""

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words


class UnknownAction(Fault):
    """There is no action '{name}'."""

    code = "W190"
    zh = "没有操作“{name}”"
    hint = Words(zh="可用的有：{known}", en="there are: {known}")


class UnknownRoles(Fault):
    """There are no such roles: '{names}'."""

    code = "W191"
    zh = "没有这些角色：“{names}”"
    hint = Words(zh="可用的有：{known}", en="there are: {known}")
