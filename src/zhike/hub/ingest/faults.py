"""What may be wrong with an import as a whole, with one of its lines, or with one of its cells."""

from zhike.kernel.faults import Conflict, Fault, Invalid, NotFound
from zhike.kernel.words import Words


class UnknownColumn(Invalid):
    """The sheet has no column `{name}`."""

    code = "H201"
    zh = "表中没有“{name}”这一列"
    hint = Words(zh="表中有：{known}", en="it has: {known}")


class NotImportable(Invalid):
    """There is no field `{name}` that you may fill."""

    code = "H202"
    zh = "没有可导入的字段“{name}”"
    hint = Words(zh="是否指 {near}？", en="did you mean {near}?")


class MappedTwice(Invalid):
    """Two columns go into {label}: {columns}."""

    code = "H203"
    zh = "有多列对应到“{label}”：{columns}"


class RequiredUnmapped(Invalid):
    """No column goes into {label}, which is required."""

    code = "H204"
    zh = "必填字段“{label}”没有对应的列"
    hint = Words(zh="请为它指定一列", en="say which column it is")


class NothingToImport(Invalid):
    """No table could be found in the file."""

    code = "H205"
    zh = "文件中找不到表格"


class UnknownImport(NotFound):
    """There is no such import, or it is not yours."""

    code = "H206"
    zh = "导入任务不存在或不属于您"


class NotADraft(Conflict):
    """The import is {state} and cannot be changed any more."""

    code = "H207"
    zh = "导入任务已是 {state} 状态，不能再修改"


class RunElsewhere(Conflict):
    """This import is being run by another process."""

    code = "H208"
    zh = "该导入正由另一个进程执行"


class TooManyCells(Fault):
    """The line has {count} cells, but the head has {columns} columns."""

    code = "H211"
    zh = "这一行有 {count} 个单元格，表头只有 {columns} 列"
    hint = Words(
        zh="可能有未加引号的分隔符", en="a separator inside a text may lack its quotation marks"
    )


class TooFewCells(Fault):
    """The line has {count} cells, but the head has {columns} columns."""

    code = "H212"
    zh = "这一行只有 {count} 个单元格，表头有 {columns} 列"


class UnknownLink(Fault):
    """There is no {object} `{value}`, or you may not see it."""

    code = "H213"
    zh = "找不到{object}“{value}”"


class AmbiguousLink(Fault):
    """There are {count} records of {object} called `{value}`."""

    code = "H214"
    zh = "有 {count} 条{object}都叫“{value}”，无法确定是哪一条"


class DepartedLink(Fault):
    """`{value}` does not work here any more."""

    code = "H222"
    zh = "“{value}”已停用"


class LeftOver(Fault):
    """`{rest}` was left over and not imported."""

    code = "H215"
    zh = "多出的内容“{rest}”没有导入"


class PutElsewhere(Fault):
    """`{rest}` went into {label}."""

    code = "H216"
    zh = "多出的“{rest}”已写入“{label}”"


class Garbled(Fault):
    """`{value}` holds characters that could not be decoded."""

    code = "H217"
    zh = "“{value}”中有无法解码的字符"


class SameAsLine(Fault):
    """This is the same as line {line} of the file ({reasons})."""

    code = "H218"
    zh = "与文件第 {line} 行重复（{reasons}）"


class SameAsRecord(Fault):
    """This is the same as {title}, which is already there ({reasons})."""

    code = "H219"
    zh = "与已有的{title}重复（{reasons}）"


class SameAsHidden(Fault):
    """This is the same as a record that you may not see, of {owner} ({reasons})."""

    code = "H221"
    zh = "与您无权查看的记录重复，负责人为 {owner}({reasons})"


class Stopped(Fault):
    """The import stopped: {reason}."""

    code = "H220"
    zh = "导入中止：{reason}"
    hint = Words(zh="再次执行会从中断处继续", en="run it again to go on from there")


class MadeToo(Fault):
    """{object} `{value}` was not there and is made along with the line."""

    code = "H235"
    zh = "{object}“{value}”原本不存在，已随本行新建"


class KeyLess(Fault):
    """The line does not say which record it means: {label} is empty."""

    code = "H230"
    zh = "未写明是哪条记录：“{label}”为空"


class NoSuchKey(Fault):
    """There is no {object} whose {label} is `{value}`, or you may not see it."""

    code = "H231"
    zh = "找不到{label}为“{value}”的{object}"


class AmbiguousKey(Fault):
    """There are {count} records of {object} whose {label} is `{value}`."""

    code = "H232"
    zh = "有 {count} 条{object}的{label}都是“{value}”"


class KeyUnmapped(Invalid):
    """No column goes into {label}, which is to name the records."""

    code = "H233"
    zh = "没有列对应到用于识别记录的“{label}”"


class KeyUnfit(Invalid):
    """Records cannot be named by {label}."""

    code = "H234"
    zh = "不能用“{label}”识别记录"
    hint = Words(
        zh="请选用可见的文本、编号等字段或记录 ID",
        en="take a field that you see, or the record's id",
    )


class NeverRehearsed(NotFound):
    """This import was not tried yet."""

    code = "H223"
    zh = "该导入尚未试运行"


class ChangedSince(Conflict):
    """{object} `{title}` was changed by {by} since ({fields})."""

    code = "H224"
    zh = "{object}“{title}”此后被{by}修改过（{fields}）"
    hint = Words(zh="可强制撤销，后来的修改将丢失", en="force it, and later changes are lost")


class LinkedSince(Conflict):
    """{by} of others point at {object} `{title}`."""

    code = "H225"
    zh = "有其他{by}关联到{object}“{title}”"
    hint = Words(
        zh="可强制撤销，关联将指向回收站中的记录", en="force it, and they point into the bin"
    )


class Untakable(Conflict):
    """The import is {state} and cannot be undone."""

    code = "H226"
    zh = "导入任务处于 {state} 状态，不能撤销"


class NotYoursAnyMore(Fault):
    """It was changed since, and you may not overwrite that."""

    code = "H227"
    zh = "此后被他人修改，您无权覆盖"


class Cancelled(Conflict):
    """The import is {state} and cannot be cancelled."""

    code = "H229"
    zh = "导入任务处于 {state} 状态，不能取消"
