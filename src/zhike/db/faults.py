"""
What can go wrong with a database, and the border at which the driver's exceptions become our
faults.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
import psycopg_pool
from psycopg import errors

from zhike.kernel.faults import Conflict, Fault, Invalid, Unavailable
from zhike.kernel.words import Words


class DatabaseUnreachable(Unavailable):
    """The database cannot be reached: {reason}."""

    code = "D101"
    zh = "无法连接数据库：{reason}"
    hint = Words(
        zh="请检查数据库是否在运行，以及连接地址是否正确",
        en="check that the database runs and that its address is right",
    )


class EmbeddedServerFailed(Unavailable):
    """The embedded database did not start: {reason}."""

    code = "D102"
    zh = "内置数据库未能启动：{reason}"
    hint = Words(
        zh="运行 zhike doctor 查看原因", en="`zhike doctor` looks for the cause and says what to do"
    )


class DatabaseTooOld(Unavailable):
    """The database is PostgreSQL {version}; {wanted} or newer is needed."""

    code = "D103"
    zh = "数据库版本为 PostgreSQL {version}，需要 {wanted} 或更高版本"
    hint = Words(
        zh="请升级数据库，或不设置 ZHIKE_DATABASE_URL 以使用内置数据库",
        en="upgrade it, or leave ZHIKE_DATABASE_URL empty to use the embedded database",
    )


class ConnectionLost(Unavailable):
    """The connection to the database was lost."""

    code = "D104"
    zh = "与数据库的连接已中断"


class DatabaseBusy(Unavailable):
    """The database is too busy to answer in time."""

    code = "D105"
    zh = "数据库繁忙，未能及时响应"


class DiskFull(Unavailable):
    """The database has no room left on its disk."""

    code = "D106"
    zh = "数据库磁盘空间已满"
    hint = Words(zh="请清理磁盘后重试", en="make room on the disk and try again")


class NotUnique(Conflict):
    """There is already a {table} with this {columns}."""

    code = "D107"
    zh = "{table} 中已存在相同的 {columns}"


class StillReferenced(Conflict):
    """It cannot be removed: {table} still refers to it."""

    code = "D108"
    zh = "无法删除：仍被 {table} 引用"


class MissingReference(Invalid):
    """{columns} refers to something that does not exist."""

    code = "D109"
    zh = "{columns} 指向的数据不存在"


class ConstraintFailed(Invalid):
    """The data breaks the rule {constraint} of {table}."""

    code = "D110"
    zh = "数据不符合 {table} 的约束 {constraint}"


class ValueMissing(Invalid):
    """{columns} must have a value."""

    code = "D111"
    zh = "{columns} 不能为空"


class BadValue(Invalid):
    """A value cannot be read: {reason}."""

    code = "D112"
    zh = "值无法识别：{reason}"


class BadText(Invalid):
    """A text contains characters that cannot be stored (NUL or half of a surrogate pair)."""

    code = "D113"
    zh = "文本中含有无法保存的字符（NUL 或不完整的代理对）"


class Collided(Conflict):
    """The same data was being changed by somebody else at the same moment."""

    code = "D114"
    zh = "同一数据正在被他人同时修改"
    hint = Words(zh="请重试", en="try again")


class WorkerLost(Unavailable):
    """The process that did this work has ended in the middle of it {times} times."""

    code = "D119"
    zh = "执行它的进程已 {times} 次意外中止"


class BrokenStatement(Fault):
    """A statement was refused by the database: {reason}."""

    code = "D115"
    zh = "数据库拒绝执行语句：{reason}"


class SchemaMoved(Unavailable):
    """The configuration changed while this was running."""

    code = "D116"
    zh = "执行期间配置发生了变化"


class MigrationChanged(Fault):
    """The migration {number} ({name}) of {schema} was changed after it had been run."""

    code = "D117"
    zh = "{schema} 的迁移 {number}({name})在执行之后被改动过"
    hint = Words(zh="已执行的迁移不可修改，请另写新的迁移", en="write a new migration instead")


class NewerSchema(Fault):
    """The database was last used by a newer release of Zhike (migration {number} of {schema})."""

    code = "D118"
    zh = "数据库已由更新版本的知客使用过（{schema} 的迁移 {number}）"
    hint = Words(zh="请升级知客", en="upgrade Zhike")


KEY = re.compile(r"^Key \((?P<columns>.*?)\)=\((?P<values>.*?)\)(?: |$)", re.DOTALL)

EXACT: Mapping[str, type[Fault]] = {
    "23001": StillReferenced,
    "23502": ValueMissing,
    "23505": NotUnique,
    "23514": ConstraintFailed,
    "23P01": NotUnique,
    "22021": BadText,
    "22P05": BadText,
    "40001": Collided,
    "40P01": Collided,
    "53100": DiskFull,
    "53300": DatabaseBusy,
    "55P03": DatabaseBusy,
    "57014": DatabaseBusy,
    "25P03": DatabaseBusy,
    "25P04": DatabaseBusy,
    "57P05": ConnectionLost,
}
"""What an SQLSTATE means to us."""

FAMILIES: Mapping[str, type[Fault]] = {
    "08": ConnectionLost,
    "22": BadValue,
    "28": DatabaseUnreachable,
    "3D": DatabaseUnreachable,
    "53": DatabaseBusy,
    "57": ConnectionLost,
    "58": DatabaseUnreachable,
}
"""What the class of an SQLSTATE means where no single one says more."""


@contextmanager
def translated() -> Iterator[None]:
    """Nothing above this file ever sees a driver's exception."""
    try:
        yield
    except (psycopg.Error, UnicodeEncodeError) as error:
        raise fault(error) from error


def fault(error: psycopg.Error | UnicodeEncodeError) -> Fault:
    """Give our word for what the driver says."""
    if isinstance(error, UnicodeEncodeError):
        return BadText()
    if isinstance(error, psycopg_pool.PoolTimeout):
        return DatabaseBusy()
    if not error.sqlstate:
        return _unnumbered(error)
    if isinstance(error, errors.ForeignKeyViolation):
        return _foreign_key(error)
    if isinstance(error, errors.FeatureNotSupported) and "cached plan" in str(error):
        return SchemaMoved(reason="cached plan")
    kind = EXACT.get(error.sqlstate) or FAMILIES.get(error.sqlstate[:2]) or BrokenStatement
    return kind(**_facts(error))


def _unnumbered(error: psycopg.Error) -> Fault:
    reason = str(error).strip()
    if isinstance(error, psycopg.DataError):
        return BadText() if "NUL" in reason else BadValue(reason=reason)
    if isinstance(error, psycopg.OperationalError):
        return ConnectionLost(reason=reason)
    return BrokenStatement(reason=reason)


def _foreign_key(error: psycopg.Error) -> Fault:
    missing = "is not present in table" in (error.diag.message_detail or "")
    kind: type[Fault] = MissingReference if missing else StillReferenced
    return kind(**_facts(error))


def _facts(error: psycopg.Error) -> dict[str, str]:
    said = error.diag
    key = KEY.match(said.message_detail or "")
    return {
        "reason": said.message_primary or str(error),
        "constraint": said.constraint_name or "",
        "schema": said.schema_name or "",
        "table": said.table_name or "",
        "columns": said.column_name or (key["columns"] if key else ""),
        "values": key["values"] if key else "",
    }
