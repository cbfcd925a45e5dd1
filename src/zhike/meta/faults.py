"""What can be wrong with a configuration, and the nearest right name."""

from collections.abc import Iterable
from difflib import get_close_matches

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words

NEAR = Words(zh="是否指 `{near}`？", en="did you mean `{near}`?")


class UnknownDocumentKind(Fault):
    """There is no kind of document called `{name}`."""

    code = "M101"
    zh = "没有名为 `{name}` 的文档类型"
    hint = NEAR


class UnknownWord(Fault):
    """`{name}` is not a word that may stand here."""

    code = "M102"
    zh = "此处不能写 `{name}`"
    hint = NEAR


class MissingWord(Fault):
    """`{name}` is missing."""

    code = "M103"
    zh = "缺少 `{name}`"


class WrongShape(Fault):
    """`{name}` must be {shape}."""

    code = "M104"
    zh = "`{name}` 必须是{shape}"


class NotOneOf(Fault):
    """`{value}` is not one of {choices}."""

    code = "M105"
    zh = "`{value}` 不在可选值之列：{choices}"
    hint = NEAR


class BadKey(Fault):
    """`{name}` cannot be a key."""

    code = "M106"
    zh = "`{name}` 不能作为标识"
    hint = Words(
        zh="标识以小写字母开头，只含小写字母、数字和单个下划线，最长 48 个字符",
        en="a key begins with a small letter and holds only small letters, digits and single "
        "underscores, 48 at most",
    )


class BadSetting(Fault):
    """`{name}` is not right: {reason}."""

    code = "M107"
    zh = "`{name}` 的值不正确：{reason}"


class DuplicateKey(Fault):
    """`{name}` is there twice; the first stands at {first}."""

    code = "M108"
    zh = "`{name}` 重复，首次出现在 {first}"


class ReservedKey(Fault):
    """`{name}` is a name of the platform's own."""

    code = "M109"
    zh = "`{name}` 是系统保留的名称"
    hint = Words(zh="请换一个标识", en="choose another key")


class UnknownFieldKind(Fault):
    """There is no kind of field called `{name}`."""

    code = "M110"
    zh = "没有名为 `{name}` 的字段类型"
    hint = NEAR


class NoSuchObject(Fault):
    """There is no object called `{name}`."""

    code = "M111"
    zh = "没有对象 `{name}`"
    hint = NEAR


class NoSuchField(Fault):
    """The object `{object}` has no field `{name}`."""

    code = "M112"
    zh = "对象 `{object}` 没有字段 `{name}`"
    hint = NEAR


class NameTaken(Fault):
    """The relation `{name}` of `{field}` clashes: `{object}` already has {other} of that name."""

    code = "M113"
    zh = "`{field}` 的关系名 `{name}` 冲突：`{object}` 已有同名{other}"
    hint = Words(
        zh="请用 `relation: …` 另取一个关系名", en="give the relation another name: `relation: …`"
    )


class NotForMentions(Fault):
    """`{name}` does not hold several people, so it cannot keep who is mentioned."""

    code = "M172"
    zh = "字段 `{name}` 不是“多个人员”，不能记录提到了谁"


class NotUniqueable(Fault):
    """Values of `{name}` are not kept in a column of their own, so they cannot be unique."""

    code = "M114"
    zh = "字段 `{name}` 没有单独的列，不能设为唯一"


class NoSuchRole(Fault):
    """There is no role called `{name}`."""

    code = "M115"
    zh = "没有角色 `{name}`"
    hint = NEAR


class NameTooLong(Fault):
    """`{name}` is too long together with its object's key: {limit} characters at most."""

    code = "M116"
    zh = "`{name}` 与对象标识合计过长，最多 {limit} 个字符"


class StillUsed(Fault):
    """`{name}` cannot be removed: {users} still refers to it."""

    code = "M117"
    zh = "不能删除 `{name}`：{users} 仍在引用"
    hint = Words(zh="请先删除这些引用", en="remove what refers to it first")


class NotALookup(Fault):
    """`{object}.{name}` does not point back at `{parent}`."""

    code = "M118"
    zh = "`{object}.{name}` 没有指向 `{parent}`"
    hint = Words(zh="请填写指向本对象的关联字段", en="name a lookup that points at this object")


class NoSuchApp(Fault):
    """The app `{name}` is required and not installed."""

    code = "M119"
    zh = "需要先安装应用 `{name}`"


class BadDefault(Fault):
    """The default of `{name}` cannot be read: {reason}."""

    code = "M120"
    zh = "`{name}` 的默认值无法识别：{reason}"


class SecondMatch(Fault):
    """The object `{object}` already has a match document: `{first}`."""

    code = "M121"
    zh = "对象 `{object}` 已有查重规则 `{first}`"


class SecondQuality(Fault):
    """The object `{object}` already has a quality document: `{first}`."""

    code = "M123"
    zh = "对象 `{object}` 已有质量规则 `{first}`"


class GivenByQuality(Fault):
    """`{object}` has a field `{name}` already, which a quality document would give it."""

    code = "M124"
    zh = "对象 `{object}` 已有字段 `{name}`，与质量规则给出的字段同名"


class PowerForStrangers(Fault):
    """The role `{name}` gives power over others; nobody gets it by being vouched for elsewhere."""

    code = "M122"
    zh = "角色 `{name}` 含管理权限，不能自动授予外部登录时新建的人员"


def nearest(name: str, names: Iterable[str]) -> str:
    """Give the one of some names that somebody who wrote this most likely meant, or nothing."""
    known = sorted(set(names))
    found = get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    return found[0] if found else ""


class KeptTooShort(Fault):
    """A log must be kept for {least} months at least (0: for ever), not {months}."""

    code = "M140"
    zh = "日志至少须保留 {least} 个月（0 表示永久），不能是 {months}"
