"""
What may go wrong when somebody asks for more than they may see.

A hidden field has no entry here on purpose: it answers with the very fault of a name that does not
exist.
"""

from zhike.kernel.faults import Fault, NotAllowed
from zhike.kernel.words import Words


class MaskedField(Fault):
    """You see `{name}` masked only, so it cannot be used to filter, sort, group or compute."""

    code = "A101"
    zh = "字段“{name}”对您脱敏显示，不能用于筛选、排序、分组或计算"
    hint = Words(zh="可以显示该字段，但不能按它查询", en="it may be shown, not asked about")


class ActionNotAllowed(NotAllowed):
    """Your roles do not allow you to {action} records of {object}."""

    code = "A102"
    zh = "您的角色没有“{object}”的{action}权限"
    hint = Words(zh="请联系管理员调整角色", en="ask an administrator for a role that allows it")


class ClosedThen(NotAllowed):
    """{label} may not be given a value in the state that the record would have."""

    code = "A110"
    zh = "记录保存后的状态下不允许填写“{label}”"
    hint = Words(
        zh="请先单独保存该字段，再变更状态", en="save this field first, and then change the state"
    )


class NotLikeThis(NotAllowed):
    """You may create records of {object}, but not such a one."""

    code = "A111"
    zh = "您可以新建{object}，但不能新建这样的{object}"
    hint = Words(zh="请检查负责人和部门", en="look at its owner and department")
