"""What may be wrong with a question about records."""

from zhike.kernel.faults import Conflict, Fault, Malformed, NotFound
from zhike.kernel.words import Words


class WrongLimit(Fault):
    """`{value}` is not a page size: a whole number from 1 to {most}."""

    code = "S301"
    zh = "“{value}”不是有效的每页条数：应为 1 到 {most} 的整数"


class WrongOffset(Fault):
    """`{value}` records cannot be passed over: a whole number from 0 to {most} can."""

    code = "S314"
    zh = "不能跳过“{value}”条：应为 0 到 {most} 的整数"


class WrongChoice(Fault):
    """`{value}` cannot stand here; one of {choices} can."""

    code = "S302"
    zh = "“{value}”无效，可用：{choices}"


class WrongMember(Fault):
    """`{name}` must be {wanted}."""

    code = "S303"
    zh = "“{name}”的格式不正确，应为：{wanted}"


class UnknownMember(Fault):
    """A query has no `{name}`."""

    code = "S304"
    zh = "查询中没有“{name}”这一项"
    hint = Words(zh="是否指“{near}”？", en="did you mean `{near}`?")


class BadCursor(Malformed):
    """The cursor is not one of ours: {reason}."""

    code = "S305"
    zh = "翻页标记无效：{reason}"
    hint = Words(zh="请从第一页重新开始", en="start again from the first page")


class ForeignCursor(BadCursor):
    """The cursor belongs to another query."""

    code = "S306"
    zh = "翻页标记属于另一个查询"


class SelectedTwice(Fault):
    """`{name}` is selected twice."""

    code = "S307"
    zh = "“{name}”被选择了两次"
    hint = Words(zh="请用 AS 另取名称", en="give one of them another name with AS")


class CannotOrder(Fault):
    """Records cannot be ordered by `{name}`."""

    code = "S308"
    zh = "不能按“{name}”排序"


class UnknownRelation(NotFound):
    """`{object}` has no relation `{name}`."""

    code = "S309"
    zh = "“{object}”没有关系“{name}”"


class UnknownObject(NotFound):
    """There is no object `{name}`."""

    code = "S310"
    zh = "没有对象“{name}”"


class UnknownView(NotFound):
    """There is no view `{name}` of this object."""

    code = "S311"
    zh = "该对象没有视图“{name}”"


class TooMuch(Fault):
    """`{name}` holds more than {most} parts."""

    code = "S313"
    zh = "“{name}”过多，最多 {most} 项"


class CannotGroup(Fault):
    """Records cannot be grouped by `{name}`."""

    code = "S315"
    zh = "不能按“{name}”分组"


class WrongGrain(Fault):
    """`{name}` cannot be grouped by `{value}`; it can by: {choices}."""

    code = "S316"
    zh = "“{name}”不能按“{value}”分组，可用：{choices}"


class CannotMeasure(Fault):
    """`{name}` is no number that could be summed."""

    code = "S317"
    zh = "“{name}”不是可以汇总的数字"


class FoundOthers(Conflict):
    """{now} records answer now, not {expected} as was confirmed; nothing was done."""

    code = "S318"
    zh = "现在符合条件的有 {now} 条，不是确认时的 {expected} 条，未做任何更改"
    hint = Words(zh="请核对后再试", en="look at them again, and confirm anew")
