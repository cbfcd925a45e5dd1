"""What may be wrong with an export."""

from zhike.kernel.faults import Conflict, Invalid, NotAllowed, NotFound, TooMany
from zhike.kernel.words import Words


class UnknownExport(NotFound):
    """There is no such export, or it is not yours."""

    code = "H301"
    zh = "导出任务不存在或不属于您"


class UnknownFormat(Invalid):
    """There is no format `{name}` for exports."""

    code = "H302"
    zh = "不支持导出为“{name}”格式"
    hint = Words(zh="可用：{known}", en="there are: {known}")


class TooManyExports(TooMany):
    """You have {count} exports under way."""

    code = "H303"
    zh = "您有 {count} 个导出尚未结束"
    hint = Words(
        zh="请等待其中一个完成，或取消不再需要的",
        en="wait for one of them to end, or cancel one you no longer want",
    )


class OwnExport(NotAllowed):
    """Nobody decides on an export that he asked for himself."""

    code = "H304"
    zh = "不能审批自己申请的导出"


class Decided(Conflict):
    """The export does not wait for approval: it is {state}."""

    code = "H305"
    zh = "该导出不在待审批状态（当前：{state}）"


class NotReady(Conflict):
    """The export has no file: it is {state}."""

    code = "H306"
    zh = "该导出没有可下载的文件（当前：{state}）"


class FileGone(NotFound):
    """The file of this export is gone: it was kept until {until}."""

    code = "H307"
    zh = "导出文件已过期清除（保留至 {until}）"
    hint = Words(zh="请重新导出", en="export again")


class RightsChanged(NotAllowed):
    """What you may see has changed since this file was written."""

    code = "H308"
    zh = "自导出以来您的权限已变化，文件不能再下载"
    hint = Words(zh="请重新导出", en="export again")


class NotAnApprover(NotAllowed):
    """You may not decide on exports."""

    code = "H310"
    zh = "您没有审批导出的权限"


class Over(Conflict):
    """The export is over: it is {state}."""

    code = "H311"
    zh = "该导出已结束（当前：{state}）"


class NotAnAuditor(NotAllowed):
    """You may not trace exports."""

    code = "H312"
    zh = "您没有追踪导出的权限"
