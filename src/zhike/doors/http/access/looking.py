"""
The product through somebody else's eyes: who may look so, and what can be done meanwhile.

A builder who looks so is given no more than the builder's own rights would show: so it takes the
right to configure in a workspace where administrators see records and hold all powers. Where
powers are kept apart, or administrators see no records, nobody looks so.
"""

import re

from zhike.access import Policy
from zhike.kernel.faults import NotAllowed
from zhike.kernel.words import Words

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
READING = re.compile(
    r"/api/v1/(?:records/[^/]+/(?:query|check)|access/explain|access/view-as|auth/logout)"
)
"""What a POST or DELETE may still do: it reads, or it ends the looking."""
PRIVATE = ("/api/v1/me/", "/api/v1/api-keys")
"""What is nobody's business but the person's own: sessions, second factors, keys."""


class MayNotLook(NotAllowed):
    """You may not look through somebody else's eyes here."""

    code = "W192"
    zh = "不能以他人身份查看"
    hint = Words(
        zh="需要配置权限，且工作区允许管理员查看业务数据、未启用三员分立",
        en="it takes the right to configure, administrators who see records, and powers that are"
        " not kept apart",
    )


class OnlyLooking(NotAllowed):
    """You look through somebody else's eyes; nothing can be changed that way."""

    code = "W193"
    zh = "正在以他人身份查看，不能修改"
    hint = Words(
        zh="DELETE /api/v1/access/view-as 可退出", en="DELETE /api/v1/access/view-as ends it"
    )


def may_look(held: Policy) -> bool:
    """Say whether somebody may look through another person's eyes."""
    security = held.snapshot.security
    return held.configures and security.admins_see_records and not security.separation


def only_looking(behind: Policy, method: str, path: str) -> None:
    """Refuse whatever is more than looking, and whoever lost the right to look meanwhile."""
    ending = path == "/api/v1/access/view-as" and method == "DELETE"
    if not ending and not may_look(behind):
        raise MayNotLook
    if path.startswith(PRIVATE) or (method not in SAFE and not READING.fullmatch(path)):
        raise OnlyLooking
