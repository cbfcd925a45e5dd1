"""The name of a company or another organization."""

import re
from typing import Any

from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import TEXT, FieldKind, Json, Reading, TooLong, drained
from zhike.meta.kinds.person_name import HAN
from zhike.meta.reading.han import simplified, traditional
from zhike.meta.reading.line import composed, figure, halved

PLAIN = re.compile("(?!.*曾用名)[一-鿿（）]{6,}公司")
HAS_HAN = re.compile(f"[{HAN}]")
WIDE = f"{HAN}（）"
LOOSE = re.compile(rf"(?<=[{WIDE}])\s+|\s+(?=[{WIDE}])")
BRACKETS = str.maketrans("()[]〔〕【】", "（）（）（）（）")
MARKS = "*★☆●■◆#、,，.。;；:：-_ "
FULL = re.compile(
    "(?:公司|企业|集团|合伙|事务所|厂|店|行|社|站|场|馆|院|所|校|学|园|会|中心|银行|部|局|委|府|处|馆|基金"
    "|经营部|商行|个体户|酒店|医院)(?:（[^（）]+）)?$"
)
FOREIGN = re.compile(
    r"\b(?:co|ltd|llc|inc|corp|corporation|company|limited|gmbh|ag|sa|plc|bv|kg|oy|ab|as|srl|spa|llp"
    r"|lp|group|foundation|university|institute|association)\b",
    re.IGNORECASE,
)
FORMER = re.compile(
    r"[\s（,;]*(?:曾用名|旧称|原名称?|更名前)[:为]?\s*([^（）]{2,}(?:（[^（）]*）[^（）]*)?)）?$"
    r"|（原([^（）]{4,}(?:公司|集团|厂|店|社|所|院|中心))）$"
)
"""A name that the company once had, behind the one it has."""
JOINTS = re.compile(r"[;/、|]+")
BARE = re.compile("(?:有限|责任|股份|集团)*公司")
"""A form without a name."""
COUNTED = re.compile(r"^\d{1,4}[、.)）]\s*(?=\D)")
LONGEST = 200


class ShortName(Fault):
    """`{value}` does not look like the full registered name of a company."""

    code = "M216"
    zh = "“{value}”不像是工商登记的全称"
    hint = Words(
        zh="建议填写营业执照上的全称，如“华为技术有限公司”",
        en="better enter the name on the business licence",
    )


class CompanyName(FieldKind):
    """
    A name as on the business licence: no spaces between Chinese characters, brackets full-width,
    characters simplified.

    A former name (曾用名) is handed back; a branch (分公司) keeps its whole name. A name that does
    not look like a registered one (华为) is kept and remarked on.
    """

    name = "company_name"
    label = Words(zh="公司名称", en="company name")
    operators = TEXT
    display = "company_name"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        if raw.__class__ is str and PLAIN.fullmatch(raw) and traditional().isdisjoint(raw):
            return raw
        name = _standard(figure(raw))
        if not figure(name):
            return None
        if (former := FORMER.search(name)) and former.start():
            return self._first(name[: former.start()], (former[1] or former[2],))
        pieces = JOINTS.split(name)
        if len(pieces) > 1 and all(map(FULL.search, pieces)):
            return self._first(pieces[0], tuple(pieces[1:]))
        if BARE.fullmatch(name) is None and (FULL.search(name) or FOREIGN.search(name)):
            return name
        return Reading(value=name, remark=problem(ShortName, value=name[:60]))

    def _first(self, name: str, rest: tuple[str, ...]) -> Reading:
        """Read the first of several names; what is left of it comes before the others."""
        read = self.read(name, None)
        inner = read.rest if isinstance(read, Reading) else ()
        return Reading(value=drained(read), rest=(*inner, *rest))

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or len(value) <= LONGEST:
            return None
        return problem(TooLong, length=len(value), limit=LONGEST)

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("left({column}, 2) || '***'", column=column)


def _standard(text: str) -> str:
    name = halved(composed(text)).strip().strip(MARKS)
    if HAS_HAN.search(name):
        name = COUNTED.sub("", simplified(LOOSE.sub("", name.translate(BRACKETS))))
    return " ".join(name.split())
