"""What may be wrong with the values of a record."""

from zhike.kernel.faults import Fault, NotAllowed


class FieldNotWritable(NotAllowed):
    """You may not write `{field}`."""

    code = "H501"
    zh = "没有权限填写“{field}”"


class Required(Fault):
    """`{field}` must be given."""

    code = "H503"
    zh = "“{field}”必填"


class NotText(Fault):
    """The text holds a character that cannot be stored."""

    code = "H504"
    zh = "文本中含有无法保存的字符"


class LeftOver(Fault):
    """Only the first value was kept; left over: {rest}."""

    code = "H505"
    zh = "只保留了第一个值，其余未保存：{rest}"
