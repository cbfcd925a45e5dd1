"""The name of a person."""

import re
from typing import Any, ClassVar

from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.sql import Sql, param, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import (
    TEXT,
    FieldKind,
    Json,
    Reading,
    Settings,
    Settled,
    TooLong,
    unreadable,
)
from zhike.meta.reading.line import BLANKS, composed, figure, halved, shown

HAN = "㐀-鿿豈-﫿\U00020000-\U0003ffff"
PLAIN = re.compile("[一-鿿]{2,4}")
BETWEEN_HAN = re.compile(f"(?<=[{HAN}·]) +(?=[{HAN}·])")
DOTS = str.maketrans("•‧・．∙", "·····")
ASIDE = re.compile(r"^(.+?)\s*[(\[【](.+?)[)\]】]$")
SPOKEN = re.compile(r"^([^\d]+?)[\s::,]*(\+?\d[\d -]{6,})$")
COMPOUND = (
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|夏侯|诸葛|尉迟|公孙|长孙|慕容|司徒|司空|令狐|宇文|皇甫|轩辕"
    "|呼延|东郭|南门|西门|钟离|澹台|公冶|宗政|濮阳|淳于|单于|申屠|太叔|仲孙|鲜于|闾丘|百里|东方"
)
JOINTS = re.compile(rf"[、/,;;|&]+|(?<=.)和(?=.)|(?<=[{HAN}]{{2}})(?<!{COMPOUND}) (?=[{HAN}]{{2}})")
DUTIES = (
    "总经理|副总经理|董事长|副总|总裁|总监|经理|主管|主任|助理|专员|采购|财务|会计|出纳|销售|行政|人事|工程师"
    "|技术员|技师|店长|厂长|厂办|院长|校长|所长|处长|科长|局长|部长|站长|队长|组长|秘书|老师|律师|教授|博士"
    "|医生|文员|前台|老板|老板娘|负责人|法人|股东|客服|司机|仓管|质检|品质|生产|研发|市场|运营|产品|设计|技术"
    "|CEO|CTO|CFO|COO|HR|PM"
)
TITLE = re.compile(rf"(?:[{HAN}]{{0,6}})(?:{DUTIES})", re.IGNORECASE)
CALLED = "总|工|董|局|处|科|哥|姐|女士|先生|小姐|太太|同学|师傅|老师|阿姨|大哥|大姐|sir|老总"
ADDRESS = re.compile(
    rf"(?:{DUTIES}|[{HAN}]{{1,6}}[部处科组])?"
    rf"(?:(?:{COMPOUND}|[{HAN}])(?:{CALLED}|{DUTIES})|[小老阿大][{HAN}]|(?:{DUTIES}|先生|女士|小姐))"
    r"|(?:mr|mrs|ms|miss|dr)\.? ?[a-z]+|[a-z]+ ?(?:总|哥|姐|小姐|女士|先生)",
    re.IGNORECASE,
)
TITLES = (
    "先生", "女士", "小姐", "太太", "老师", "副总经理", "总经理", "经理", "总监", "主任", "主管",
    "工程师", "副董事长", "董事长", "会计", "教授", "医生", "律师", "院长", "校长", "处长", "科长",
    "局长", "部长", "厂长", "店长", "总裁", "秘书", "助理", "老板",
)  # fmt: skip
"""What stands behind a name without a space and is never the end of one; the longer ones first."""
TITLED = re.compile(rf"((?:{COMPOUND})[{HAN}]{{1,2}}|[{HAN}]{{2,3}}?)({'|'.join(TITLES)})")
SHORT_TITLES = frozenset({"总", "工", "董"})
BEFORE = re.compile(r"^(mr|mrs|ms|miss|dr)\.? +([a-z.]+ +[a-z].*)$", re.IGNORECASE)
BEHIND = re.compile(r"^(.+?)[ _-]+(\S+)$")
TITLED_FROM = 4
"""In characters: two of a name, two of a title."""
DEEPEST = 8
LONGEST = 64


class FormOfAddress(Fault):
    """`{value}` is how somebody is addressed, not a full name."""

    code = "M215"
    zh = "“{value}”是称呼，不是姓名全称"
    hint = Words(zh="请填写姓名全称", en="enter the full name")


class PersonNameSettings(Settings):
    """Whether a mask keeps a compound surname whole: 欧阳** instead of 欧**."""

    compound: bool = False


class PersonName(FieldKind):
    """
    A full name, without the spaces that spreadsheets put into short ones: `钱 强` is 钱强.

    A title beside it is handed back (`王娜静(采购)`); a form of address (王总, 李工) is refused.
    """

    name = "person_name"
    label = Words(zh="姓名", en="person's name")
    settings: ClassVar[Settled] = PersonNameSettings
    operators = TEXT
    display = "person_name"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        if raw.__class__ is str and PLAIN.fullmatch(raw) and _is_name(raw):
            return raw
        text = halved(composed(figure(raw))).translate(DOTS).strip()
        if not text:
            return None
        name, rest = _named(text)
        if ADDRESS.fullmatch(name):
            raise FormOfAddress(value=shown(name))
        if name in BLANKS or not any(sign.isalpha() for sign in name):
            raise unreadable(raw, self)
        return Reading(value=name, rest=rest) if rest else name

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or len(value) <= LONGEST:
            return None
        return problem(TooLong, length=len(value), limit=LONGEST)

    def mask(self, column: Sql, settings: Any) -> Sql:
        kept = sql("1")
        if settings.compound:
            kept = sql(
                "CASE WHEN length({column}) > 2 AND {column} ~ {surnames} THEN 2 ELSE 1 END",
                column=column,
                surnames=param(f"^({COMPOUND})", "text"),
            )
        return sql(
            "CASE WHEN length({column}) < 2 THEN '*' ELSE left({column}, {kept}) "
            "|| CASE WHEN length({column}) > {kept} + 1 THEN '**' ELSE '*' END END",
            column=column,
            kept=kept,
        )


def _is_name(text: str) -> bool:
    """Tell whether two to four Chinese characters are a name and nothing else."""
    if text in BLANKS or ADDRESS.fullmatch(text):
        return False
    return len(text) < TITLED_FROM or TITLED.fullmatch(text) is None


def _named(text: str) -> tuple[str, tuple[str, ...]]:
    """Part a text until what is left is a name and nothing else, and so stays as it is."""
    left: tuple[str, ...] = ()
    for _ in range(DEEPEST):
        name, rest = _parted(text)
        name = " ".join(BETWEEN_HAN.sub("", name).split())
        left = (*rest, *left)
        if name == text:
            break
        text = name
    return text, left


def _parted(text: str) -> tuple[str, tuple[str, ...]]:
    """Give the name, and what else stood in the cell: a title, a telephone number, more names."""
    if len(text) > LONGEST * 4:
        return text, ()
    pieces = [one for piece in JOINTS.split(text) if (one := figure(piece))]
    if not pieces:
        return "", ()
    if len(pieces) > 1 and TITLE.fullmatch(pieces[0]) and not TITLED.fullmatch(pieces[0]):
        pieces[:2] = pieces[1], pieces[0]
    name, rest = _parted(pieces[0]) if pieces[0] != text else _bare(text)
    return name, (*rest, *pieces[1:])


def _bare(text: str) -> tuple[str, tuple[str, ...]]:
    """Give the same of a text that names one person."""
    if found := ASIDE.match(text) or SPOKEN.match(text):
        name, rest = _parted(found[1])
        return name, (*rest, found[2].strip())
    if found := BEFORE.match(text):
        return found[2], (found[1],)
    name, title = (found[1], found[2]) if (found := BEHIND.match(text)) else ("", "")
    if name and (TITLE.fullmatch(title) or title in TITLES or title in SHORT_TITLES):
        return name.strip(), (title,)
    if not ADDRESS.fullmatch(text) and (titled := TITLED.fullmatch(text)):
        return titled[1], (titled[2],)
    return text, ()
