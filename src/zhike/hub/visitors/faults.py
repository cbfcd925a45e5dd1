"""What strangers who fill in a form may be told. Never, whom the base knows."""

from zhike.kernel.faults import Conflict, Fault, NotFound, TooMany
from zhike.kernel.words import Words


class FormClosed(NotFound):
    """This form is not open at the moment."""

    code = "H840"
    zh = "此表单目前未开放"


class NotOnTheForm(Fault):
    """`{name}` is no field of this form."""

    code = "H841"
    zh = "表单中没有字段“{name}”"


class OldTicket(Conflict):
    """The page was open for too long."""

    code = "H842"
    zh = "页面打开时间过长"
    hint = Words(zh="请重新打开表单", en="open the form anew")


class TooSoon(TooMany):
    """It was sent faster than anybody can write; try again in {seconds} seconds."""

    code = "H843"
    zh = "提交过快，请在 {seconds} 秒后再试"


class NotAsFilledIn(Conflict):
    """The form cannot be sent as it is set up."""

    code = "H844"
    zh = "表单的设置有误，暂时无法提交"
    hint = Words(zh="请联系提供此链接的人", en="ask whoever gave you the link")


class TooManyFiles(Fault):
    """There are too many files: {limit} at most."""

    code = "H845"
    zh = "文件过多，最多 {limit} 个"


class FileNotTaken(Fault):
    """`{name}` is no file that is taken here: {kinds}."""

    code = "H846"
    zh = "不接受文件“{name}”，可用：{kinds}"
