"""What can be wrong with a table of people."""

from zhike.kernel.faults import Conflict, Fault
from zhike.kernel.words import Words


class NoNamesHere(Fault):
    """No line of the file names the columns: a name, and a number, login, mobile or e-mail."""

    code = "H820"
    zh = "没有找到表头：至少要有“姓名”，以及工号、登录名、手机、邮箱之一"
    hint = Words(
        zh="可先下载模板：GET /api/v1/users/import/template.xlsx",
        en="get the template: GET /api/v1/users/import/template.xlsx",
    )


class TooManyLines(Fault):
    """A table of people has {limit} lines at most."""

    code = "H821"
    zh = "人员表最多 {limit} 行"


class NoName(Fault):
    """Somebody new needs a name."""

    code = "H822"
    zh = "新增人员必须有姓名"


class NothingToSignIn(Fault):
    """Somebody new needs a number, a login, an e-mail or a mobile number."""

    code = "H823"
    zh = "新增人员必须有工号、登录名、邮箱、手机之一"


class TwiceInTable(Fault):
    """This person already stands in line {line}."""

    code = "H824"
    zh = "此人已在第 {line} 行出现"


class SeveralPeople(Fault):
    """'{value}' and the other cells of this line mean different people, or several."""

    code = "H825"
    zh = "“{value}”与本行其他内容指的不是同一个人，或指多个人"


class NoSuchPlace(Fault):
    """There is no department '{value}'."""

    code = "H826"
    zh = "没有部门“{value}”"
    hint = Words(zh="请先建部门，或选择自动创建", en="add the department first, or have it created")


class SeveralPlaces(Fault):
    """Several departments are called '{value}'."""

    code = "H827"
    zh = "有多个部门叫“{value}”"
    hint = Words(
        zh="请写完整路径，如 总部/华东大区/销售一部", en="write the whole path from the top down"
    )


class NoSuchManager(Fault):
    """There is nobody called '{value}'."""

    code = "H828"
    zh = "没有人叫“{value}”"


class SeveralManagers(Fault):
    """Several people are called '{value}'."""

    code = "H829"
    zh = "有多个人叫“{value}”"
    hint = Words(zh="请填工号", en="give the number")


class NoDay(Fault):
    """'{value}' is no day."""

    code = "H830"
    zh = "“{value}”不是日期"


class NoState(Fault):
    """'{value}' says neither that somebody is here nor that somebody left."""

    code = "H831"
    zh = "“{value}”既不是在职也不是离职"


class CellTooLong(Fault):
    """This is longer than {limit} characters."""

    code = "H832"
    zh = "超过 {limit} 个字符"


class RosterRefused(Conflict):
    """Nothing was imported: {count} problem(s)."""

    code = "H833"
    zh = "未导入：发现 {count} 个问题"


class NoLanguage(Fault):
    """'{value}' is no language that we speak: zh or en."""

    code = "H834"
    zh = "不支持语言“{value}”，可填 中文 或 英文"
