"""What may be wrong with a saved view."""

from zhike.kernel.faults import Conflict, Fault, NotFound
from zhike.kernel.words import Words


class UnknownView(NotFound):
    """There is no such view, or it is not shared with you."""

    code = "S920"
    zh = "视图不存在或未共享给您"


class ViewBeyondSight(Fault):
    """The condition of this view cannot be used by you: it names what is not there for you."""

    code = "S921"
    zh = "此视图的筛选条件对您不可用：其中有不存在或您无权查看的内容"
    hint = Words(zh="请联系视图的所有者", en="ask whoever owns the view")


class TooManyViews(Conflict):
    """You have {most} saved views already."""

    code = "S922"
    zh = "您保存的视图已达 {most} 个"
