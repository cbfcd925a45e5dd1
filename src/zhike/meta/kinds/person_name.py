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
from zhike.meta.reading.line import composed, figure, halved, shown

HAN = "㐀-鿿豈-﫿\U00020000-\U0003ffff"
PLAIN = re.compile("[一-鿿]{2,4}")
BETWEEN_HAN = re.compile(f"(?<=[{HAN}·]) +(?=[{HAN}·])")
DOTS = str.maketrans("•‧・．∙", "·····")
ASIDE = re.compile(r"^(.+?)\s*[(\[【](.+?)[)\]】]$")
SPOKEN = re.compile(r"^([^\d]+?)[\s::,]*(\+?\d[\d -]{6,})$")
JOINTS = re.compile(r"[、/,;;|&]+|(?<=.)和(?=.)")
COMPOUND = (
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|夏侯|诸葛|尉迟|公孙|长孙|慕容|司徒|司空|令狐|宇文|皇甫|轩辕"
    "|呼延|东郭|南门|西门|钟离|澹台|公冶|宗政|濮阳|淳于|单于|申屠|太叔|仲孙|鲜于|闾丘|百里|东方"
)
DUTIES = (
    "总经理|副总经理|董事长|副总|总裁|总监|经理|主管|主任|助理|专员|采购|财务|会计|出纳|销售|行政|人事|工程师"
    "|技术员|技师|店长|厂长|厂办|院长|校长|所长|处长|科长|局长|部长|站长|队长|组长|秘书|老师|律师|教授|博士"
    "|医生|文员|前台|老板|老板娘|负责人|法人|股东|客服|司机|仓管|质检|品质|生产|研发|市场|运营|产品|设计|技术"
    "|CEO|CTO|CFO|COO|HR|PM"
)
TITLE = re.compile(rf"(?:[{HAN}]{{0,6}})(?:{DUTIES})", re.IGNORECASE)
ADDRESS = re.compile(
    rf"(?:{COMPOUND}|[{HAN}])(?:总|工|董|局|处|科|哥|姐|女士|先生|小姐|太太|同学|师傅|老师|阿姨|大哥|大姐|{DUTIES})"
    rf"|[小老阿大][{HAN}]|(?:{DUTIES})|(?:mr|mrs|ms|miss|dr)\.? ?[a-z]+",
    re.IGNORECASE,
)
LONGEST = 64


class FormOfAddress(Fault):
    """`{value}` is how somebody is addressed, not a full name."""

    code = "M215"
    zh = "“{value}”是称呼,不是姓名全称"
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
        if raw.__class__ is str and PLAIN.fullmatch(raw) and not ADDRESS.fullmatch(raw):
            return raw
        text = halved(composed(figure(raw))).translate(DOTS).strip()
        if not text:
            return None
        name, rest = _parted(text)
        name = " ".join(BETWEEN_HAN.sub("", name).split())
        if ADDRESS.fullmatch(name):
            raise FormOfAddress(value=shown(name))
        if not any(sign.isalpha() for sign in name):
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


def _parted(text: str) -> tuple[str, tuple[str, ...]]:
    """Give the name, and what else stood in the cell: a title, a telephone number, more names."""
    if len(text) > LONGEST * 4:
        return text, ()
    pieces = [piece.strip() for piece in JOINTS.split(text) if piece.strip()]
    if len(pieces) > 1 and not TITLE.fullmatch(pieces[0]):
        name, rest = _parted(pieces[0])
        return name, (*rest, *pieces[1:])
    if found := ASIDE.match(text) or SPOKEN.match(text):
        name, rest = _parted(found[1])
        return name, (*rest, found[2].strip())
    name, _, title = text.rpartition(" ")
    if name and TITLE.fullmatch(title):
        return name.strip(), (title,)
    return text, ()
