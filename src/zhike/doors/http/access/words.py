"""Decisions and their reasons in words, Chinese and English."""

from collections.abc import Mapping

from zhike.access import Reason
from zhike.access.policy import DONE, PRESSED
from zhike.kernel.words import Language, Words
from zhike.meta import Level, RoleSpec
from zhike.store.why import Found

SCOPES: Mapping[str, Words] = {
    "none": Words(zh="无", en="none"),
    "own": Words(zh="仅本人", en="own"),
    "subordinates": Words(zh="本人及下属", en="own and of those below in the reporting line"),
    "department": Words(zh="本部门", en="own department"),
    "departments": Words(zh="本部门及下级", en="own department and all below"),
    "all": Words(zh="全部", en="all"),
    "shared": Words(zh="协作或共享给我（只读）", en="shared with the person"),
    "shared to write": Words(zh="协作或共享给我（可编辑）", en="shared with the person to work on"),
}
"""What people call the scopes."""

LEVELS: Mapping[Level, Words] = {
    "hidden": Words(zh="隐藏", en="hidden"),
    "masked": Words(zh="脱敏", en="masked"),
    "read": Words(zh="只读", en="read only"),
    "write": Words(zh="可编辑", en="may be changed"),
}
"""What people call the levels of a field."""

PERSONAL = Words(zh="个人授权", en="a personal grant")
HOLDS: Mapping[bool | None, Words] = {
    True: Words(zh="符合", en="holds"),
    False: Words(zh="不符合", en="does not hold"),
    None: Words(zh="取决于记录", en="depends on the record"),
}


def scope_told(scope: str, language: Language) -> str:
    """Give a scope as people say it; an expression is said as it is written."""
    known = SCOPES.get(scope)
    if known:
        return known.said(language)
    for word, zh, en in (
        ("departments:", "指定部门及下级：", "department with all below: "),
        ("department:", "指定部门：", "department: "),
    ):
        if scope.startswith(word):
            return (zh if language == "zh" else en) + scope.removeprefix(word)
    return scope


def action_told(action: str, language: Language) -> str:
    """Give an action as people say it."""
    return DONE.get(action, PRESSED).said(language)


def reason_told(found: Found, roles: Mapping[str, RoleSpec], language: Language) -> str:
    """Give a reason as one sentence."""
    reason = found.reason
    who = _who(reason, roles, language)
    done = action_told(reason.action, language)
    scope = scope_told(reason.scope, language)
    holds = HOLDS[found.holds].said(language)
    zh = language == "zh"
    match reason.kind:
        case "narrowing":
            return (
                f"访问密钥或查看身份不含“{done}”"
                if zh
                else f"the key or view does not include “{done}”"
            )
        case "denial":
            return (
                f"{who}禁止{done}（{scope}）：{holds}"
                if zh
                else f"{who} denies to {done} ({scope}): {holds}"
            )
        case _:
            level = f"，字段{LEVELS[reason.level].said(language)}" if reason.level and zh else ""
            if reason.level and not zh:
                level = f", the field {LEVELS[reason.level].said(language)}"
            stage = reason.stage and (f"，阶段 {reason.stage}" if zh else f", stage {reason.stage}")
            return (
                f"{who}允许{done}：{scope}{stage}{level}：{holds}"
                if zh
                else f"{who} allows to {done}: {scope}{stage}{level}: {holds}"
            )


def _who(reason: Reason, roles: Mapping[str, RoleSpec], language: Language) -> str:
    if reason.personal:
        return PERSONAL.said(language)
    role = roles.get(reason.role)
    name = role.label.words().said(language) if role else reason.role
    return f"角色“{name}”" if language == "zh" else f"role “{name}”"
