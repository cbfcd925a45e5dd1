"""What can go wrong between a folder of documents and an installed app."""

from zhike.kernel.faults import Conflict, Fault, Invalid, Malformed, NotFound, TooLarge
from zhike.kernel.words import Words


class NotYaml(Fault):
    """The file cannot be read as YAML: {reason}."""

    code = "P101"
    zh = "无法按 YAML 读取：{reason}"


class NotADocument(Fault):
    """A document is a mapping that begins with `kind` and `key`."""

    code = "P102"
    zh = "文档应为以 `kind` 和 `key` 开头的键值对"


class WrittenTwice(Fault):
    """`{name}` is written twice here."""

    code = "P103"
    zh = "此处重复书写了 `{name}`"


class FileTooLarge(TooLarge):
    """The file is too large to be configuration: {limit} at most."""

    code = "P104"
    zh = "文件过大，不像是配置：最多 {limit}"


class TooManyAliases(Fault):
    """The file repeats itself by aliases beyond measure."""

    code = "P105"
    zh = "文件中的别名引用过多"


class NoFolder(NotFound):
    """There is no folder `{path}` with documents."""

    code = "P106"
    zh = "没有找到包含文档的文件夹 `{path}`"
    hint = Words(zh="文档为 .yaml 或 .yml 文件", en="documents are .yaml or .yml files")


class TooDeep(Fault):
    """The document is nested too deeply."""

    code = "P107"
    zh = "文档嵌套过深"


class SecondApp(Fault):
    """A folder is one app, and `{first}` is already one."""

    code = "P108"
    zh = "一个文件夹只能是一个应用，已有 `{first}`"


class OtherApp(Fault):
    """`{name}` belongs to the app `{app}`."""

    code = "P109"
    zh = "`{name}` 属于应用 `{app}`"
    hint = Words(zh="请换一个标识", en="choose another key")


class StillUsed(Fault):
    """`{name}` cannot be removed: it is still used at {user}."""

    code = "P110"
    zh = "不能删除 `{name}`：{user} 仍在使用"
    hint = Words(zh="请先修改该处", en="change that place first")


class NotARollup(Fault):
    """A roll-up is one aggregate over one relation, such as `SUM(orders.amount)`."""

    code = "P111"
    zh = "汇总应为对一个关联的一次聚合，例如 `SUM(orders.amount)`"


class Drifting(Fault):
    """A roll-up is kept, and `{part}` would change without any record changing."""

    code = "P112"
    zh = "汇总是存储的，而 `{part}` 会在记录不变时变化"
    hint = Words(
        zh="请改用 `stored: false` 的公式字段", en="make it a formula with `stored: false`"
    )


class Elsewhere(Fault):
    """`{part}` reads other records; forms and pages know only the record that is before one."""

    code = "P113"
    zh = "`{part}` 读取了其他记录；表单和页面的规则只看当前这条记录"
    hint = Words(
        zh="可以先在对象上加一个公式或汇总字段",
        en="give the object a formula or a roll-up, and speak of that",
    )


class UnfitRule(Fault):
    """The field `{name}` cannot hold what this expression gives."""

    code = "P114"
    zh = "字段 `{name}` 装不下这个表达式的值"


class NotConfirmed(Conflict):
    """Steps that lose something want to be confirmed: {steps}."""

    code = "P201"
    zh = "以下步骤会丢失数据，需要确认：{steps}"
    hint = Words(zh="请在 `confirm` 中列出这些步骤", en="name these steps in `confirm`")


class NoSuchVersion(NotFound):
    """There is no version {version} of `{name}`."""

    code = "P202"
    zh = "`{name}` 没有版本 {version}"


class NoSuchDocument(NotFound):
    """There is no {kind} called `{key}`."""

    code = "P203"
    zh = "没有名为 `{key}` 的 {kind} 文档"


class NothingKept(NotFound):
    """Nothing is kept of `{name}`."""

    code = "P206"
    zh = "没有保留 `{name}` 的数据"


class WrongName(Malformed):
    """The document says it is `{said}`, and it was sent as `{name}`."""

    code = "P204"
    zh = "文档自称 `{said}`，却以 `{name}` 提交"


class Problems(Invalid):
    """{count} problem(s) were found in the documents."""

    code = "P205"
    zh = "文档中发现 {count} 个问题"


class PowerlessWorkspace(Fault):
    """With separated powers somebody has to hold each of them, and nobody holds {power}."""

    code = "P207"
    zh = "三员分立下每一员都要有人担任，现在无人担任{power}"
    hint = Words(zh="请先把相应角色授予专人", en="give somebody a role with it first")
