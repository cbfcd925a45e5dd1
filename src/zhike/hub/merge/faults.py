"""What may be wrong with a merge, or with taking one back."""

from zhike.kernel.faults import Conflict, Fault, NotAllowed, NotFound
from zhike.kernel.words import Words


class UnknownMerge(NotFound):
    """There is no such merge."""

    code = "H640"
    zh = "合并不存在"


class MergedWithItself(Fault):
    """A record cannot be merged with itself."""

    code = "H641"
    zh = "记录不能与自身合并"


class AlreadyMerged(Conflict):
    """The record {record} was merged into another one already."""

    code = "H642"
    zh = "记录 {record} 已合并到另一条记录"
    hint = Words(zh="现为 {survivor}", en="it is {survivor} now")


class NotYoursToMerge(NotAllowed):
    """You may see the record {record}, but not merge it."""

    code = "H643"
    zh = "可以查看记录 {record}，但没有权限合并"


class NotYoursToKeep(NotAllowed):
    """You may not change the record {record} that the others would become part of."""

    code = "H644"
    zh = "没有权限修改保留的记录 {record}"


class ChosenElsewhere(Fault):
    """`{record}` is none of the records that are merged."""

    code = "H645"
    zh = "“{record}”不在本次合并的记录中"


class CannotChoose(Fault):
    """The value of `{name}` cannot be chosen."""

    code = "H646"
    zh = "“{name}”的取值不能指定"


class MergeUndone(Conflict):
    """This merge was taken back already."""

    code = "H647"
    zh = "该合并已撤销"


class MergedAgain(Conflict):
    """The record was merged again since: take back the merge {merge} first."""

    code = "H648"
    zh = "该记录之后又被合并，请先撤销合并 {merge}"


class NotYoursToPart(NotAllowed):
    """You may not take this merge back."""

    code = "H649"
    zh = "没有权限撤销该合并"


class CannotSurvive(Fault):
    """No value of `{field}` can be kept by the rule `{rule}`."""

    code = "H650"
    zh = "字段“{field}”不能使用规则“{rule}”"
    hint = Words(
        zh="all 只用于列表和长文本，trusted 需要写 trust",
        en="`all` is for lists and notes, `trusted` needs `trust`",
    )


class RunNotDone(Conflict):
    """The run is not over, so nothing of it can be merged."""

    code = "H651"
    zh = "查重任务尚未完成，不能合并"


class MergesUnderWay(Conflict):
    """Merges of this run are under way."""

    code = "H652"
    zh = "该查重任务的合并正在进行"


class NotUndoable(Conflict):
    """Merges that are {state} cannot be taken back."""

    code = "H653"
    zh = "状态为“{state}”的批量合并不能撤销"


class ValueTaken(Conflict):
    """Another record has this value now: it stays empty."""

    code = "H655"
    zh = "该值已被其他记录使用，恢复后为空"


class SinceChanged(Conflict):
    """It was changed since the merge and stays as it is."""

    code = "H656"
    zh = "合并后已被修改，保持现状"


class StaysBehind(Conflict):
    """It cannot lead to the survivor and stays with the merged record."""

    code = "H657"
    zh = "无法转到保留的记录，仍留在被合并的记录上"
