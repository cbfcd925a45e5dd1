"""What can be wrong with what the company's directory says."""

from zhike.kernel.faults import Conflict, Fault
from zhike.kernel.words import Words


class ExternalTaken(Conflict):
    """The directory already knows somebody else as '{external}'."""

    code = "S860"
    zh = "目录标识“{external}”已属于其他人"


class OneDepartment(Fault):
    """'{name}' does not name exactly one department."""

    code = "S861"
    zh = "“{name}”没有对应唯一的部门"
    hint = Words(
        zh="请使用部门名称或部门编码，且不可重名", en="give the name or code of one department"
    )


class UnknownAttribute(Fault):
    """People cannot be filtered by '{name}'."""

    code = "S862"
    zh = "不能按“{name}”筛选人员"


class UnfitValue(Fault):
    """'{name}' cannot be compared like this with {value}."""

    code = "S863"
    zh = "“{name}”不能这样与 {value} 比较"
