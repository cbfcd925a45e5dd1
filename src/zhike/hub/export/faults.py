"""What may be wrong with an export."""

from zhike.kernel.faults import Invalid, NotFound
from zhike.kernel.words import Words


class UnknownExport(NotFound):
    """There is no such export, or it is not yours."""

    code = "H301"
    zh = "导出任务不存在或不属于您"


class UnknownFormat(Invalid):
    """There is no format `{name}` for exports."""

    code = "H302"
    zh = "不支持导出为“{name}”格式"
    hint = Words(zh="可用:{known}", en="there are: {known}")
