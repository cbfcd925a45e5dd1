"""What may be wrong with a record that is to be written."""

from zhike.kernel.faults import Conflict, Fault, NotAllowed, NotFound
from zhike.kernel.words import Words


class UnknownRecord(Fault):
    """There is no {object} `{value}`, or you may not see it."""

    code = "S501"
    zh = "{object}“{value}”不存在或无权查看"


class Departed(Fault):
    """`{value}` does not work here any more."""

    code = "S502"
    zh = "“{value}”已停用"
    hint = Words(zh="请选择在职人员", en="choose somebody who does")


class Taken(Conflict):
    """Another record already has this {label}."""

    code = "S503"
    zh = "已有记录使用相同的{label}"


class NoSuchRecord(NotFound):
    """There is no such {object}, or you may not see it."""

    code = "S504"
    zh = "{object}不存在或无权查看"


class RecordNotYours(NotAllowed):
    """You may see this {object}, but not {action} it."""

    code = "S505"
    zh = "可以查看该{object}，但没有权限执行 {action}"


class FieldNotYours(NotAllowed):
    """You may not change {label} of this record."""

    code = "S506"
    zh = "没有权限修改该记录的“{label}”"


class NotARecord(Fault):
    """`{value}` is not the id of a record."""

    code = "S507"
    zh = "“{value}”不是有效的记录 ID"
