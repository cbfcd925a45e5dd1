"""
The catalogue's grammar: what a fault is, and the few families every fault belongs to.

Each floor keeps its own entries beside the code that raises them. A fault never knows an HTTP
status; `doors/http` maps the families to numbers in one table.

Codes are grouped by floor (K kernel, D db, O outbound, M meta, L lang, A access, S store, H hub, E
engines, P packs, W doors) and never used again once retired.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from zhike.kernel.words import Language, Words


class Fault(Exception):
    """
    Something a caller can be told.

    The class docstring is the English sentence and `zh` the Chinese one; both are `str.format`
    templates over the facts. `hint` says what to do next.
    """

    code: ClassVar[str] = "K000"
    zh: ClassVar[str] = "出错了"
    hint: ClassVar[Words] = Words(zh="", en="")

    def __init__(self, *, at: str = "", **facts: object) -> None:
        self.at = at
        self.facts = facts
        super().__init__(self.says("en"))

    @classmethod
    def word(cls) -> str:
        """
        Give the stable English word of this fault, as the API shows it: `UnknownField` →
        `unknown_field`.
        """
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def template(cls) -> Words:
        """Give the sentence of this fault as a template in both languages."""
        return Words(zh=cls.zh, en=" ".join((cls.__doc__ or "").split()))

    def says(self, language: Language) -> str:
        """Give the sentence with the facts filled in."""
        return self.template().said(language, self.facts)

    @property
    def problems(self) -> "tuple[Problem, ...]":
        """Every problem this fault stands for; most stand for themselves."""
        return (Problem(fault=type(self), at=self.at, facts=self.facts),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, with an address: a fault that is listed instead of raised."""

    fault: type[Fault]
    at: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.fault.code

    @property
    def word(self) -> str:
        return self.fault.word()

    def says(self, language: Language) -> str:
        """Give the sentence, without the hint."""
        return self.fault.template().said(language, self.facts)

    def hint(self, language: Language) -> str:
        """Say what to do next, or nothing."""
        return "" if self._holes() else self.fault.hint.said(language, self.facts)

    def under(self, prefix: str) -> "Problem":
        """
        Give the same problem seen from one level further out: `phone` under `[3]` is `[3].phone`.
        """
        joint = "" if not self.at or not prefix or self.at.startswith("[") else "."
        return replace(self, at=f"{prefix}{joint}{self.at}")

    def _holes(self) -> set[str]:
        """Name the facts that the hint wants and nobody gave: such a hint is better left unsaid."""
        wanted = set(re.findall(r"\{(\w+)", self.fault.hint.zh))
        return {name for name in wanted if not self.facts.get(name)}


def problem(fault: type[Fault], *, at: str = "", **facts: object) -> Problem:
    """List a fault instead of raising it."""
    return Problem(fault=fault, at=at, facts=facts)


class Malformed(Fault):
    """The request cannot be read: {reason}."""

    code = "K001"
    zh = "请求无法读取：{reason}"


class Unauthenticated(Fault):
    """You are not signed in."""

    code = "K002"
    zh = "尚未登录"


class NotAllowed(Fault):
    """You may not do this."""

    code = "K003"
    zh = "没有权限"


class NotFound(Fault):
    """There is no such thing, or you may not see it."""

    code = "K004"
    zh = "不存在或无权查看"


class Conflict(Fault):
    """This conflicts with what is already there."""

    code = "K005"
    zh = "与已有数据冲突"


class Stale(Fault):
    """The record was changed by somebody else meanwhile."""

    code = "K006"
    zh = "记录已被他人修改"
    hint = Words(zh="请刷新后重试", en="reload and try again")


class TooLarge(Fault):
    """This is larger than allowed: {limit} at most."""

    code = "K007"
    zh = "超出大小限制：最多 {limit}"


class TooMany(Fault):
    """Too many attempts; try again in {seconds} seconds."""

    code = "K008"
    zh = "尝试次数过多，请在 {seconds} 秒后重试"


class Unavailable(Fault):
    """The service cannot answer just now: {reason}."""

    code = "K009"
    zh = "服务暂时不可用：{reason}"
    hint = Words(zh="请稍后重试", en="try again later")


class Invalid(Fault):
    """{count} problem(s) were found."""

    code = "K010"
    zh = "发现 {count} 个问题"

    def __init__(self, found: Iterable[Problem] = (), *, at: str = "", **facts: object) -> None:
        self.found = tuple(found)
        super().__init__(at=at, count=len(self.found) or 1, **facts)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.found or super().problems
