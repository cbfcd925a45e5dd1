"""What may be wrong with sharing something."""

from zhike.kernel.faults import Fault, NotAllowed, NotFound, TooLarge
from zhike.kernel.words import Words


class UnknownShare(NotFound):
    """There is no such share."""

    code = "S923"
    zh = "共享不存在"


class NotYoursToShare(NotAllowed):
    """You may not share this record."""

    code = "S924"
    zh = "您不能共享此记录"


class BeyondYourLevel(NotAllowed):
    """You may only read this record, so you cannot decide about changing it."""

    code = "S925"
    zh = "您对此记录只有查看权限，不能授予、修改或收回编辑权限"


class SharedWithYourself(Fault):
    """Nobody shares with themselves."""

    code = "S926"
    zh = "不能共享给自己"


class SharedWithOwner(Fault):
    """The owner has the record already."""

    code = "S927"
    zh = "负责人已拥有此记录"


class UnknownGrantee(Fault):
    """There is nobody `{id}` to share with."""

    code = "S928"
    zh = "没有可共享的对象“{id}”"


class GranteeDeparted(Fault):
    """{name} does not work here any more."""

    code = "S929"
    zh = "{name}已停用"


class AlreadyOver(Fault):
    """A share cannot end in the past."""

    code = "S930"
    zh = "共享的截止时间不能早于现在"


class TooManyShared(TooLarge):
    """These are more than {limit} records."""

    code = "S931"
    zh = "超过 {limit} 条记录"
    hint = Words(
        zh="请缩小范围，或改用角色的数据范围", en="narrow them down, or give a role a wider scope"
    )


class ViewNotYours(NotAllowed):
    """Only the owner of a view may do this."""

    code = "S932"
    zh = "只有视图的所有者才能这样做"
