"""
A company's name taken apart: 行政区划 (place) + 字号 and 行业 (core) + 组织形式 (form), and a
branch.

Two spellings of one name give the same parts; what is not understood stays in the core, so that
names are kept apart rather than mixed up.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from zhike.hub.identity.kinds.places import led_by

Form = Literal["limited", "joint", ""]

FORMS: tuple[tuple[str, Form], ...] = (
    ("股份有限责任公司", "joint"),
    ("股份有限公司", "joint"),
    ("有限责任公司", "limited"),
    ("股份公司", "joint"),
    ("有限公司", "limited"),
    ("公司", ""),
    ("companylimited", "limited"),
    ("coltd", "limited"),
    ("limited", "limited"),
    ("ltd", "limited"),
)
"""The forms that may be left out or written in another way, the longer before those they end in."""

BRANCHES = (
    "分公司", "支公司", "办事处", "代表处", "营业部", "分部", "分店", "分厂", "分院", "门店",
)  # fmt: skip
COMPANY = "公司"
BRANCH = re.compile(r"(?<=公司)(?=..)")
BRACKETS = re.compile(r"\(([^()]*)\)")
NOISE = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000·・,，.。、-—–_*'’\"“”/\\&#!?;:\u200b\ufeff"))
SIGNS = frozenset(map(chr, NOISE))
STRAY = dict.fromkeys(map(ord, "()"))
NOTES = frozenset(
    {
        "自然人独资",
        "法人独资",
        "个人独资",
        "外商独资",
        "国有独资",
        "独资",
        "个体工商户",
        "存续",
        "在营",
    }
)
"""What registers add in brackets about a company, which is no part of its name."""


class CompanyName(NamedTuple):
    """The parts of a name; places and forms without their synonyms."""

    place: str
    core: str
    form: Form
    branch: str


@lru_cache(maxsize=1024)
def parsed(name: str) -> CompanyName:
    """Take a name apart; each of a record's keys asks for it again."""
    text = _folded(name)
    head, branch = _parted(text) if text.endswith(BRANCHES) else (text, "")
    inner = ""
    if "(" in head or ")" in head:
        head, inner = _unbracketed(head)
    place, core = led_by(head)
    if inner:
        place, core = (inner, core) if not place else (place, core)
    core, form = _formless(core)
    return CompanyName(place=place, core=core, form=form, branch=branch)


def _folded(name: str) -> str:
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return text.lower() if SIGNS.isdisjoint(text) else text.lower().translate(NOISE)


def _parted(text: str) -> tuple[str, str]:
    """Part a branch from its head; without a form between the two nobody can tell where."""
    cut = BRANCH.search(text)
    return (text[: cut.start()], text[cut.start() :]) if cut else (text, "")


def _unbracketed(text: str) -> tuple[str, str]:
    """Take the brackets away: a place in them is told apart, if none stands in front; notes go."""
    leading = bool(led_by(text)[0])
    place = ""

    def said(found: re.Match[str]) -> str:
        nonlocal place
        inside = found[1]
        if inside in NOTES:
            return ""
        where, rest = led_by(inside)
        if where and not rest and not leading and not place:
            place = where
            return ""
        return inside

    return BRACKETS.sub(said, text).translate(STRAY), place


def _formless(core: str) -> tuple[str, Form]:
    for ending, form in FORMS:
        if core.endswith(ending):
            rest = core[: -len(ending)]
            if not rest.endswith(COMPANY):
                return rest, form
            rest, written = _formless(rest)  # 有限公司公司
            return rest, form or written
    return core, ""
