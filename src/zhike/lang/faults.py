"""
What may be wrong with an expression.

L0xx: it cannot be read. L1xx: a name in it does not exist. L2xx: it makes no sense together.
L3xx: it makes sense, but not in this place.
"""

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words


class Unexpected(Fault):
    """`{found}` cannot stand here."""

    code = "L001"
    zh = "此处不能出现 `{found}`"
    hint = Words(zh="是否指 `{near}`？", en="did you mean `{near}`?")


class Unfinished(Fault):
    """The expression ends too early."""

    code = "L002"
    zh = "表达式不完整"


class ExpressionTooLong(Fault):
    """The expression is too long: {limit} characters at most."""

    code = "L003"
    zh = "表达式过长：最多 {limit} 个字符"


class ExpressionTooDeep(Fault):
    """The expression is nested too deeply: {limit} levels at most."""

    code = "L004"
    zh = "表达式嵌套过深：最多 {limit} 层"


class UnreadableCharacter(Fault):
    """The text holds a character that cannot be stored ({character})."""

    code = "L005"
    zh = "文本中有无法存储的字符（{character}）"


class NotAnExpression(Fault):
    """This JSON is not an expression: {reason}."""

    code = "L006"
    zh = "这段 JSON 不是表达式：{reason}"


class UnclosedText(Fault):
    """The text that begins here has no closing quote."""

    code = "L007"
    zh = "此处开始的文本缺少结束引号"


class NumberTooLarge(Fault):
    """The number is too large: {limit} digits at most."""

    code = "L008"
    zh = "数字过大：最多 {limit} 位"


class PeriodTooLong(Fault):
    """The stretch of time is too long: a thousand years at most."""

    code = "L009"
    zh = "时间段过长：最多一千年"


class UnknownObject(Fault):
    """There is no object `{object}`."""

    code = "L101"
    zh = "没有对象 `{object}`"
    hint = Words(zh="是否指 `{near}`（{label}）？", en="did you mean `{near}` ({label})?")


class UnknownField(Fault):
    """There is no field `{field}`."""

    code = "L102"
    zh = "没有字段 `{field}`"
    hint = Words(zh="是否指 `{near}`（{label}）？", en="did you mean `{near}` ({label})?")


class AmbiguousLabel(Fault):
    """Several fields are called `{field}`: {keys}."""

    code = "L103"
    zh = "有多个字段叫 `{field}`：{keys}"
    hint = Words(zh="请使用字段的键", en="use the key of the field")


class UnknownFunction(Fault):
    """There is no function `{function}`."""

    code = "L104"
    zh = "没有函数 `{function}`"
    hint = Words(zh="是否指 `{near}`？", en="did you mean `{near}`?")


class UnknownOption(Fault):
    """`{field}` has no option `{option}`."""

    code = "L105"
    zh = "`{field}` 没有选项 `{option}`"
    hint = Words(zh="是否指 `{near}`？", en="did you mean `{near}`?")


class UnknownRegion(Fault):
    """There is no region `{region}`."""

    code = "L106"
    zh = "没有地区 `{region}`"
    hint = Words(zh="是否指 `{near}`？", en="did you mean `{near}`?")


class UnknownRole(Fault):
    """There is no role `{role}`."""

    code = "L107"
    zh = "没有角色 `{role}`"
    hint = Words(zh="是否指 `{near}`？", en="did you mean `{near}`?")


class NotARelation(Fault):
    """{function} wants a relation, and `{name}` is none."""

    code = "L108"
    zh = "{function} 需要一个关联，而 `{name}` 不是关联"
    hint = Words(zh="这里有的关联：{near}", en="the relations here are: {near}")


class NotALookup(Fault):
    """`{field}` points at no other record, so `.{step}` cannot follow."""

    code = "L109"
    zh = "`{field}` 不指向其他记录，后面不能写 `.{step}`"


class BareRelation(Fault):
    """`{name}` stands for many records; put it into a function such as COUNT or SUM."""

    code = "L110"
    zh = "`{name}` 对应多条记录，请放进 COUNT、SUM 等函数"


class FieldWanted(Fault):
    """{function} needs a field of `{name}`, as in `{function}({name}.amount)`."""

    code = "L111"
    zh = "{function} 需要 `{name}` 的一个字段，例如 `{function}({name}.amount)`"


class WrongType(Fault):
    """{what} must be {wanted}, and this is {found}."""

    code = "L201"
    zh = "{what}应为{wanted}，而这里是{found}"


class NotComparable(Fault):
    """`{op}` cannot stand between {left} and {right}."""

    code = "L202"
    zh = "{left}与{right}之间不能用 `{op}`"


class WrongCount(Fault):
    """{function} takes {wanted} argument(s), and {found} were given."""

    code = "L203"
    zh = "{function} 需要 {wanted} 个参数，给了 {found} 个"
    hint = Words(zh="写法：{usage}", en="it is written {usage}")


class NotADate(Fault):
    """`{value}` is not a date."""

    code = "L204"
    zh = "`{value}` 不是日期"
    hint = Words(
        zh="写法如 `2026-01-31` 或 `2026-01-31 09:30`",
        en="write `2026-01-31` or `2026-01-31 09:30`",
    )


class PeriodAlone(Fault):
    """A period such as `{period}` can only stand beside a date: `created_at in {period}`."""

    code = "L205"
    zh = "`{period}` 这样的时间段只能与日期比较，例如 `created_at in {period}`"


class EventOnly(Fault):
    """{function} speaks of a change and can only be used in rules and flows."""

    code = "L206"
    zh = "{function} 说的是一次变更，只能用于规则和流程"


class NotOneOf(Fault):
    """{what} must be one of {choices}, and this is `{value}`."""

    code = "L207"
    zh = "{what}应为 {choices} 之一，而这里是 `{value}`"
    hint = Words(zh="是否指 `{near}`？", en="did you mean `{near}`?")


class MixedTypes(Fault):
    """The results of {function} differ in type: {left} and {right}."""

    code = "L208"
    zh = "{function} 的几个结果类型不同：{left}与{right}"


class WrittenOut(Fault):
    """{what} must be written out, it cannot be computed."""

    code = "L209"
    zh = "{what}必须直接写出，不能由计算得到"


class NestedTooFar(Fault):
    """Relations are nested too deeply: {limit} levels at most."""

    code = "L210"
    zh = "关联嵌套过深：最多 {limit} 层"


class NotUnique(Fault):
    """The value `{value}` names several things."""

    code = "L211"
    zh = "`{value}` 对应多个选项"


class NotStorable(Fault):
    """`{part}` gives another result later or to somebody else, so its value cannot be stored."""

    code = "L301"
    zh = "`{part}` 的结果会随时间或查看人变化，不能存储"
    hint = Words(zh="请设置 stored: false", en="say `stored: false`")


class NotSameRecord(Fault):
    """`{part}` reads other records, so its value cannot be a column of this one."""

    code = "L302"
    zh = "`{part}` 读取了其他记录，不能作为本记录的存储列"
    hint = Words(
        zh="请设置 stored: false，或使用汇总字段", en="say `stored: false`, or use a roll-up"
    )


class FormulaCycle(Fault):
    """The formula depends on itself: {chain}."""

    code = "L303"
    zh = "公式循环引用：{chain}"


class TooComplex(Fault):
    """The expression with all its formulas is too large to compute."""

    code = "L304"
    zh = "表达式连同其中的公式过于庞大，无法计算"
