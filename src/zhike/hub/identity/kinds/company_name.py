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

from zhike.hub.identity.kinds.places import led_by, places

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
LETTERS = frozenset("有限责任公司股份")
CUT_OFF = ("有限责任公", "有限责任", "有限责", "有限公", "有限", "有", "股份")
"""What is left of a form in a column of few characters."""
OWNED = frozenset("国公私民共所拥")
"""What makes a word with 有."""
ENOUGH, SHORTEST = 4, 2
"""Letters of a form, one of them mistyped or changed with another; of what stands before it."""

BRANCHES = (
    "分公司", "支公司", "办事处", "代表处", "营业部", "分部", "分店", "分厂", "分院", "门店",
    "分行", "支行",
)  # fmt: skip
FIRM_BRANCHES = ("分公司", "支公司", "分行", "支行")
"""Those that only companies have: where no form stands before them, two characters name them."""
NAMED, WHOLE, FARTHEST = 2, 4, 5
COMPANY = "公司"
BRANCH = re.compile(r"(?<=公司)(?=..)")
BRACKETS = re.compile(r"\(([^()]*)\)")
NOISE = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000·・,，.。、-—–_*'’\"“”/\\&#!?;:\u200b\ufeff"))
SIGNS = frozenset(map(chr, NOISE))
STRAY = dict.fromkeys(map(ord, "()"))
GUESSED = re.compile(r"(?<=..)\(([一-鿿]{2,3})\)")
WORDS = frozenset((
    "集团", "控股", "股份", "国际", "实业", "筹", "筹备", "中国", "大中华", "亚太", "亚洲", "华东",
    "华南", "华北", "华中", "西南", "西北", "东北",
))  # fmt: skip
"""What stands where a place would, and is none."""
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
        "停用",
        "已停用",
        "禁用",
        "勿用",
        "作废",
        "失效",
        "重复",
        "注销",
        "已注销",
        "吊销",
        "现款",
        "现结",
        "月结",
        "预付",
    }
)
"""What registers and bookkeeping add about a company, which is no part of its name."""
ASIDE = re.compile(
    rf"\((?:{'|'.join(sorted(NOTES))})\)$|(?<=公司)(?:{'|'.join(sorted(NOTES))})$"
    r"|(?<=公司)\(?[a-z][a-z0-9]{2,}\)?$"
)
"""Such a note behind the name, or the name once more in English."""
ZONE = re.compile(
    r"(?:高新技术产业开发区|经济技术开发区|高新技术开发区|经济开发区|工业园区|高新区|经开区|开发区"
    r"|保税区|自贸区)(?=..)"
)
"""What a city has laid out for companies: no district, and yet told as one."""


class CompanyName(NamedTuple):
    """The parts of a name; places and forms without their synonyms."""

    place: str
    core: str
    form: Form
    branch: str
    guessed: str = ""
    """A part of the core that stands where a place would, and may be one that is mistyped."""

    @property
    def whole(self) -> str:
        """The name with its place in front, mistyped or not."""
        rest = self.core.replace(self.guessed, "", 1) if self.guessed else self.core
        return f"{self.place or self.guessed}{rest}"


@lru_cache(maxsize=1024)
def parsed(name: str) -> CompanyName:
    """Take a name apart; each of a record's keys asks for it again."""
    text = _folded(name)
    if not text.endswith(COMPANY):
        text = ASIDE.sub("", text)
    head, branch = _parted(text) if text.endswith(BRANCHES) else (text, "")
    inner, guessed = "", None
    if "(" in head or ")" in head:
        guessed = GUESSED.search(head)
        head, inner = _unbracketed(head)
    place, core = ("", head) if inner else led_by(head)
    if place and (zone := ZONE.match(core)):
        place, core = place + zone[0], core[zone.end() :]
    place = place or inner
    core, form = _formless(core)
    maybe = guessed[1] if guessed and not place and guessed[1] not in WORDS else ""
    return CompanyName(place=place, core=core, form=form, branch=branch, guessed=maybe)


def _folded(name: str) -> str:
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return text.lower() if SIGNS.isdisjoint(text) else text.lower().translate(NOISE)


def _parted(text: str) -> tuple[str, str]:
    """Part a branch from its head: behind the form, or before the place that it is called by."""
    cut = BRANCH.search(text)
    if cut:
        where, rest = led_by(text[cut.start() :])
        return text[: cut.start()], where + rest
    word = next(one for one in BRANCHES if text.endswith(one))
    head = text.removesuffix(word)
    for size in range(FARTHEST, 1, -1):
        if len(head) - size >= WHOLE and head[-size:] in places():
            return head[:-size], led_by(head[-size:])[0] + word
    if word in FIRM_BRANCHES and len(head) - NAMED >= WHOLE:
        return head[:-NAMED], head[-NAMED:] + word
    return text, ""


def _unbracketed(text: str) -> tuple[str, str]:
    """
    Take the brackets away: a place in them is told apart, if none stands in front; notes go.

    A place in front that is written like a brand (东方红) is one if the brackets tell another.
    """
    leading = led_by(text)[0]
    place = ""

    def said(found: re.Match[str]) -> str:
        nonlocal place
        inside = found[1]
        if inside in NOTES:
            return ""
        where, rest = led_by(inside)
        if where and not rest and not place and (not leading or _brandlike(text, leading, where)):
            place = where
            return ""
        return inside

    closed = BRACKETS.sub(said, text)
    if not place and not leading and (half := _half(closed)):
        at, found = half
        place, closed = led_by(found)[0], closed[:at] + closed[at + len(found) :]
    return closed.translate(STRAY), place


def _half(text: str) -> tuple[int, str] | None:
    """Find a place beside a bracket that has lost the other one."""
    for found in re.finditer(r"[()]", text):
        at = found.start()
        for size in (2, 3, 4):
            begin = at + 1 if found[0] == "(" else at - size
            if begin > 0 and text[begin : begin + size] in places():
                return begin, text[begin : begin + size]
    return None


def _brandlike(text: str, leading: str, where: str) -> bool:
    """Say whether what a name begins with is no place: another one is told, far from it."""
    bare = text.startswith(leading) and text[len(leading)] not in "市县区省("
    codes = [{one.code[:2] for one in places().get(name, ())} for name in (leading, where)]
    return bare and not codes[0] & codes[1]


def _formless(core: str) -> tuple[str, Form]:
    for ending, form in FORMS:
        if core.endswith(ending):
            rest = core[: -len(ending)]
            if not form and (broken := _broken(core)):
                return broken
            if not rest.endswith(COMPANY):
                return rest, form
            rest, written = _formless(rest)  # 有限公司公司
            return rest, form or written
    return _broken(core) or (core, "")


def _broken(core: str) -> tuple[str, Form] | None:
    """Take away a form that was cut off or mistyped; None if there is none."""
    at, strange = len(core), 0
    while at > SHORTEST and strange + (core[at - 1] not in LETTERS) < SHORTEST:
        at -= 1
        strange += core[at] not in LETTERS
    while at < len(core) and core[at] not in LETTERS:
        at += 1
    tail = core[at:]
    if not ("限" in tail and len(tail) - strange >= ENOUGH):
        tail = next((one for one in CUT_OFF if core.endswith(one)), "")
        if tail == "有" and core[-2] in OWNED:
            return None
    if not tail or len(core) - len(tail) < SHORTEST:
        return None
    joint = "股" in tail or "份" in tail
    return core.removesuffix(tail), "joint" if joint else "limited"
