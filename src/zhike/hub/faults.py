"""What the intake as a whole may have to say."""

from zhike.kernel.faults import Fault, TooLarge
from zhike.kernel.words import Words


class NotAKey(Fault):
    """Records are not told apart by {key}."""

    code = "H702"
    zh = "{key} 不是唯一字段，不能用来匹配记录"
    hint = Words(zh="可用：{keys}", en="these will do: {keys}")


class UnfitOption(Fault):
    """“{value}” does not go with {others}."""

    code = "H706"
    zh = "“{value}”与{others}不匹配"


class NotCarried(Fault):
    """`{name}` is no relation whose records could go along."""

    code = "H818"
    zh = "“{name}”不是可以一并转移的关系"
    hint = Words(zh="可用：{known}", en="these will do: {known}")


class TooManyGiven(TooLarge):
    """These are more than {limit} records."""

    code = "H819"
    zh = "超过 {limit} 条记录"


class AskerGone(Fault):
    """Whoever asked for this is no longer here, or may no longer do it."""

    code = "H514"
    zh = "发起人已停用，或已无权限"


class Unforeseen(Fault):
    """An error that nobody foresaw ended it: {error} ({what})."""

    code = "H703"
    zh = "出现了未预料到的错误：{error}({what})"
    hint = Words(
        zh="详情见服务日志；已完成的部分保留，可再次执行",
        en="the log has the details; what is done is kept, and it may be run again",
    )
