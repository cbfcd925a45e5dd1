"""What can be wrong with a request before anybody below the door has seen it."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhike.kernel.faults import Fault, Invalid, Malformed, NotAllowed, NotFound, Problem
from zhike.kernel.words import Words


class NoSuchPath(NotFound):
    """There is nothing at {path}."""

    code = "W101"
    zh = "地址 {path} 不存在"
    hint = Words(zh="接口清单见 /api/docs", en="see /api/docs for what there is")


class MethodNotAllowed(Fault):
    """{method} is not possible here; {allowed} is."""

    code = "W102"
    zh = "此地址不支持 {method}，可用：{allowed}"


class UnsupportedMediaType(Fault):
    """The body must be {wanted}, and says it is {given}."""

    code = "W103"
    zh = "请求体应为 {wanted}，收到的是 {given}"


class ForeignOrigin(NotAllowed):
    """The request comes from the page of another site ({origin})."""

    code = "W104"
    zh = "请求来自其他网站（{origin}），已拒绝"
    hint = Words(
        zh="程序请使用 Authorization: Bearer 密钥", en="programs should use Authorization: Bearer"
    )


class UnknownWorkspace(NotFound):
    """There is no workspace '{name}' here."""

    code = "W105"
    zh = "工作区“{name}”不存在"


class MalformedJson(Malformed):
    """The body is not JSON: {reason}."""

    code = "W106"
    zh = "请求体不是合法的 JSON:{reason}"


class MalformedText(Malformed):
    """A text holds a character that no text may hold: {reason}."""

    code = "W107"
    zh = "文本中含有不允许的字符：{reason}"


class TooDeep(Malformed):
    """The body is nested deeper than {limit} levels."""

    code = "W108"
    zh = "请求体嵌套超过 {limit} 层"


class RepeatedParameter(Malformed):
    """The parameter '{name}' is given more than once."""

    code = "W109"
    zh = "参数“{name}”重复"


class UnknownParameter(Fault):
    """There is no parameter '{name}' here."""

    code = "W110"
    zh = "没有参数“{name}”"
    hint = Words(zh="是否指“{nearest}”？", en="did you mean '{nearest}'?")


class WrongParameter(Fault):
    """The parameter '{name}' cannot be '{value}': {wanted}."""

    code = "W111"
    zh = "参数“{name}”不能是“{value}”：{wanted}"


class WrongShape(Fault):
    """This must be {wanted}."""

    code = "W112"
    zh = "此处应为 {wanted}"


class UnknownMember(Fault):
    """There is no member '{name}' here."""

    code = "W113"
    zh = "没有“{name}”这一项"
    hint = Words(zh="是否指“{nearest}”？", en="did you mean '{nearest}'?")


class MissingMember(Fault):
    """'{name}' is missing."""

    code = "W114"
    zh = "缺少“{name}”"


class WrongMember(Fault):
    """This is not right: {reason}."""

    code = "W115"
    zh = "此项有误：{reason}"


class Refused(Invalid):
    """The record was not saved: {count} problem(s)."""

    code = "W120"
    zh = "记录未保存：发现 {count} 个问题"

    def __init__(
        self, found: Iterable[Problem] = (), *, members: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(found)
        self.members = members or {}
        """What the problem document says beyond its errors."""


class Broken(Fault):
    """Something went wrong on our side; the log has it as {id}."""

    code = "W199"
    zh = "系统内部出错，日志编号 {id}"
    hint = Words(zh="请将编号告知管理员", en="please tell your administrator this number")
