"""What identity may have to say."""

from zhike.kernel.faults import Conflict, Fault, NotAllowed, NotFound, TooMany
from zhike.kernel.words import Words


class Duplicate(Conflict):
    """The record is already there: {title} ({reasons} agree)."""

    code = "H601"
    zh = "记录已存在：{title}（{reasons}相同）"
    hint = Words(zh="负责人：{owner}", en="it belongs to {owner}")


class DuplicateInside(Conflict):
    """It is the same as entry {entry} before it ({reasons} agree)."""

    code = "H602"
    zh = "与前面第 {entry} 条重复（{reasons}相同）"


class UnknownComparison(Fault):
    """There is no comparison `{name}`."""

    code = "H603"
    zh = "没有比较方式“{name}”"
    hint = Words(zh="是否指“{near}”？", en="did you mean `{near}`?")


class NotComparable(Fault):
    """`{field}` cannot tell records apart."""

    code = "H604"
    zh = "字段“{field}”不能用于识别重复"


class UnknownRun(NotFound):
    """There is no such run."""

    code = "H605"
    zh = "没有这次查重任务"


class UnknownPair(NotFound):
    """There is no such pair of records."""

    code = "H606"
    zh = "没有这一对记录"


class NothingTelling(Fault):
    """{object} has no field by which its records could be told apart."""

    code = "H607"
    zh = "“{object}”没有可用于识别重复的字段"
    hint = Words(
        zh="例如名称、电话、邮箱、证件号码",
        en="such as a name, a telephone number, an e-mail address, an official number",
    )


class RunBroken(Fault):
    """The run broke off."""

    code = "H608"
    zh = "查重任务意外中断"
    hint = Words(zh="详情见服务日志", en="the server's log says more")


class NearDuplicate(Conflict):
    """The record is most likely there already: {title} ({percent} % sure)."""

    code = "H609"
    zh = "记录很可能已存在：{title}（可能性 {percent}%）"
    hint = Words(zh="负责人：{owner}", en="it belongs to {owner}")


class NearDuplicateInside(Conflict):
    """It is most likely the same as entry {entry} before it ({percent} % sure)."""

    code = "H610"
    zh = "很可能与前面第 {entry} 条重复（可能性 {percent}%）"


class MayBeKnown(Conflict):
    """It may be the same as {title} ({percent} % sure)."""

    code = "H611"
    zh = "可能与 {title} 重复（可能性 {percent}%）"
    hint = Words(zh="负责人：{owner}", en="it belongs to {owner}")


class TooManyMet(TooMany):
    """In 24 hours one may come across {most} records of others at the identity gate."""

    code = "H612"
    zh = "24 小时内最多可查到 {most} 条他人的重复记录"


class UnknownCard(NotFound):
    """There is no such card."""

    code = "H613"
    zh = "没有这张查重卡片"


class UnknownWish(NotFound):
    """There is no such wish for you to decide."""

    code = "H614"
    zh = "没有需要您处理的这条申请"


class WishDecided(Conflict):
    """This wish was decided already."""

    code = "H615"
    zh = "该申请已处理"


class NotReleased(NotAllowed):
    """You may not give this record to whoever asked for it."""

    code = "H616"
    zh = "您不能把该记录转给申请人"


class UnknownLevel(Fault):
    """There is no level `{name}` of agreement for this field."""

    code = "H617"
    zh = "该字段没有名为“{name}”的相似级别"
    hint = Words(zh="可用：{known}", en="there are: {known}")


class NothingAgainst(Fault):
    """`{object}` is no other object with a match document."""

    code = "H618"
    zh = "“{object}”不是另一个设有查重规则的对象"


class NoGroup(Fault):
    """`{field}` does not point at records of this object."""

    code = "H619"
    zh = "字段“{field}”不是指向本对象的关联字段"


class NoDay(Fault):
    """`{field}` holds no date."""

    code = "H620"
    zh = "字段“{field}”不是日期"


class SparkMissing(Fault):
    """A Spark cluster is set, but what talks to it is not installed."""

    code = "H621"
    zh = "已设置 Spark 集群，但未安装连接 Spark 的组件"
    hint = Words(
        zh="请安装可选组件：pip install 'zhike[spark]'，或清空 ZHIKE_SPARK_MASTER",
        en="install it with pip install 'zhike[spark]', or leave ZHIKE_SPARK_MASTER empty",
    )


class SparkUnreachable(Fault):
    """The Spark cluster {master} cannot be used."""

    code = "H622"
    zh = "无法使用 Spark 集群 {master}"
    hint = Words(
        zh="请检查 ZHIKE_SPARK_MASTER、集群是否在运行，以及本机的 Java(JAVA_HOME)；详情见服务日志",
        en="check ZHIKE_SPARK_MASTER, whether the cluster runs, and the Java of this computer"
        " (JAVA_HOME); the server's log says more",
    )


class KeyTaken(Fault):
    """`{name}` is a field of this object already."""

    code = "H623"
    zh = "“{name}”已是本对象的字段"
    hint = Words(zh="请为表达式另取一个标识", en="give the expression another key")


class NothingToCompare(Fault):
    """Values of type {type} tell nobody from anybody."""

    code = "H624"
    zh = "“{type}”类型的值不能用于识别重复"
    hint = Words(zh="可用：文本、数字、日期", en="there are: texts, numbers, dates")
