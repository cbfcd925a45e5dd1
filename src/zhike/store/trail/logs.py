"""The three logs there are, and how a row of each is written when it is summed up for a seal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from zhike.kernel.sql import Sql, ident, joined, sql

LogKey = Literal["operations", "sign_ins", "changes"]

FORM = 2
"""How rows are written for their digest; a column more is another form, old seals keep theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One log: a table that only grows."""

    key: LogKey
    table: str
    forms: Mapping[int, tuple[str, ...]]
    """The columns that a seal covers, by its form."""

    @property
    def counter(self) -> Sql:
        """The sequence its rows are numbered by."""
        return ident(f"{self.table}_seq_seq")

    def line(self, alias: str, form: int = FORM) -> Sql:
        """Give a row as the text that is summed up; the same whatever the session's settings."""
        return sql("ROW({columns})::text", columns=joined(self._columns(alias, form)))

    def _columns(self, alias: str, form: int) -> list[Sql]:
        return [
            sql("extract(epoch FROM {at})", at=ident(alias, name))
            if name == "at"
            else ident(alias, name)
            for name in self.forms[form]
        ]


OPERATION = (
    "seq", "xid", "at", "actor", "name", "seen_by", "act", "object", "target", "label", "old",
    "new", "reason", "source", "ip", "agent", "request",
)  # fmt: skip
OPERATIONS = Log(key="operations", table="zk_operation", forms={1: OPERATION, 2: OPERATION})
SIGN_IN = ("seq", "xid", "at", "user", "login", "way", "outcome", "ip", "agent")
SIGN_INS = Log(key="sign_ins", table="zk_sign_in", forms={1: SIGN_IN, 2: SIGN_IN})
CHANGE = (
    "seq", "xid", "at", "actor", "source", "cause", "object", "record", "kind", "old", "new",
)  # fmt: skip
CHANGES = Log(key="changes", table="zk_event", forms={1: CHANGE, 2: (*CHANGE, "raw", "line")})

LOGS: Mapping[LogKey, Log] = {one.key: one for one in (OPERATIONS, SIGN_INS, CHANGES)}
"""操作日志, 登录日志, 变更记录."""
