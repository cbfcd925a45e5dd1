"""Findings → the fields of an object: which value goes where, read as the field's kind reads it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhike.hub.ingest.guess.mapping import Names
from zhike.hub.parse.found import TAKEN, Finding, blanked, found
from zhike.hub.parse.labelled import labelled
from zhike.hub.parse.recognisers import DATED, LIKELY, SURE
from zhike.kernel.faults import Fault
from zhike.meta import Field, Json, Reading, Settings, drained
from zhike.meta.reading.days import moment
from zhike.meta.reading.numerals import numeral
from zhike.meta.reading.relative import placed
from zhike.meta.regions import find as place_in

DAYS = ("date", "datetime")
KINDS_OF: Mapping[str, tuple[str, ...]] = {
    "email": ("email",), "url": ("url",), "credit_code": ("credit_code",),
    "bank_account": ("bank_account",), "mobile": ("phone",), "landline": ("phone",),
    "company": ("company_name", "lookup"), "address": ("address",), "person": ("person_name",),
    "wechat": ("text",), "title": ("job_title", "text", "option"), "day": DAYS,
}  # fmt: skip
"""By sort of finding: the kinds of fields it may go into."""
CALLED: Mapping[str, tuple[str, ...]] = {
    "wechat": ("wechat", "微信", "微信号"),
    "title": ("title", "contact_title", "职务", "职位", "岗位", "job title"),
    "landline": ("landline", "tel", "座机", "固定电话", "固话", "办公电话", "公司电话"),
    "company": ("customer", "company", "公司", "公司名称", "单位", "客户"),
}
"""How the field is called that such a value goes into, where its kind alone does not tell."""
STRICT = frozenset({"wechat", "title"})
AHEAD = (
    "next_at",
    "due_at",
    "due_on",
    "closes_on",
    "下次跟进时间",
    "截止时间",
    "计划日期",
    "提醒时间",
)
"""How a field is called that takes a day which is still to come and stands there without a name."""
BEHIND = ("at", "visited_at", "ordered_at", "received_on", "跟进时间", "拜访时间")
"""How one is called that takes a day which has come."""
SAID_CLOCK = re.compile("([一二两三四五六七八九十]{1,2})点")
NOISE = "\n ,;:|/、。.!?()[]<>【】-·~*#\"'“”"
LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A value for a field: what was read, and where it stands in the text."""

    value: Json
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a text says of one record."""

    fields: Mapping[str, Filled] = field(default_factory=dict)
    links: Mapping[str, Finding] = field(default_factory=dict)
    """Lookups by what the other record is called; to choose it is for people."""
    left: Sequence[Finding] = ()
    """What was not understood, or had no place."""


def draft(text: str, names: Names, as_of: date | None = None) -> Draft:
    """
    Give what a text says of one record of an object whose fields have these names.

    Days that are counted (昨天) are counted from `as_of`, and not read without it.
    """
    sure, rest = found(text, SURE)
    said = list(labelled(rest, names))
    hinted = _hinted(list(labelled(text, names)), sure)
    good = [one for one in said if read(names.fields[one.field], one, as_of) is not None]
    for one in good:
        rest = blanked(rest, one)
    filling = _Filling(names, as_of)
    dated, rest = found(rest, DATED) if filling.takes_days else ((), rest)
    likely, rest = found(rest, LIKELY)
    for one in (*good, *hinted, *likely, *dated):
        filling.put(one)
    filling.place()
    left = [*filling.over, *_left(rest, names)]
    return Draft(
        fields=filling.fields, links=filling.links, left=sorted(left, key=lambda one: one.start)
    )


def _hinted(said: Iterable[Finding], sure: Sequence[Finding]) -> Iterator[Finding]:
    """Give the sure findings, the first behind a label with the field that this names."""
    fields: dict[int, str] = {}
    for one in said:
        inside = [
            each.start
            for each in sure
            if one.start <= each.start < one.end and one.sort in KINDS_OF.get(each.sort, ())
        ]
        if inside:
            fields[min(inside)] = one.field
    for each in sorted(sure, key=lambda one: one.start not in fields):
        yield (
            each
            if each.start not in fields
            else Finding(
                sort=each.sort, start=each.start, end=each.end, text=each.text,
                confidence=each.confidence, field=fields[each.start],
            )
        )  # fmt: skip


class _Filling:
    """The fields of a draft being filled: each once, the best place first."""

    def __init__(self, names: Names, as_of: date | None) -> None:
        self._names = names
        self._as_of = as_of
        self.fields: dict[str, Filled] = {}
        self.links: dict[str, Finding] = {}
        self.over: list[Finding] = []

    @property
    def takes_days(self) -> bool:
        """Whether there is a field for a day that stands there without a name."""
        return self._as_of is not None and any(
            one.kind.name in DAYS and _is_called(one, (*AHEAD, *BEHIND))
            for one in self._names.fields.values()
        )

    def put(self, one: Finding) -> None:
        """Put a finding into the best field that is free; keep it as left over if none is."""
        for known in self._places(one):
            if known.kind.name == "lookup":
                self.links[known.key] = one
                return
            value = read(known, one, self._as_of)
            if value is not None:
                self.fields[known.key] = Filled(value=value, finding=one)
                return
        if not any(held.finding.text == one.text for held in self.fields.values()):
            self.over.append(one)

    def place(self) -> None:
        """Read the region out of an address, if there is a field for it and nobody named one."""
        free = [one for one in self._free(self._names.fields.values()) if one.kind.name == "region"]
        told = next((one for one in self.fields.values() if one.finding.sort == "address"), None)
        if not free or told is None or place_in(told.finding.text[:12]) is None:
            return
        value = read(free[0], told.finding, self._as_of)
        if value is not None:
            self.fields[free[0].key] = Filled(value=value, finding=told.finding)

    def _free(self, fields: Iterable[Field]) -> Iterator[Field]:
        return (one for one in fields if one.key not in self.fields and one.key not in self.links)

    def _places(self, one: Finding) -> list[Field]:
        known = self._names.fields
        if one.field:
            named = list(self._free([known[one.field]]))
            if named or one.sort not in KINDS_OF:
                return named
        kinds = KINDS_OF.get(one.sort, ())
        fitting = [each for each in self._free(known.values()) if each.kind.name in kinds]
        called = CALLED.get(one.sort, ())
        if one.sort == "day":
            called = AHEAD if self._is_ahead(one) else BEHIND
        if one.sort in STRICT or one.sort == "day":
            return [each for each in fitting if _is_called(each, called)]
        if one.sort == "company":
            fitting = [
                each for each in fitting if each.kind.name != "lookup" or _is_called(each, called)
            ]
            return sorted(fitting, key=lambda each: each.kind.name == "lookup")
        if one.sort == "mobile":
            return [each for each in fitting if not _is_called(each, CALLED["landline"])]
        return sorted(fitting, key=lambda each: bool(called) and not _is_called(each, called))

    def _is_ahead(self, one: Finding) -> bool:
        if self._as_of is None:
            return False
        said = moment(placed(_figured(one.text), self._as_of) or one.text)
        return said is not None and said.day > self._as_of.isoformat()


def _is_called(field: Field, names: Sequence[str]) -> bool:
    told = (field.key, field.label.zh, field.label.en.casefold())
    return any(name in told for name in names)


def read(field: Field, one: Finding, as_of: date | None = None) -> Json:
    """Give a value as the field's kind reads it; None if it cannot be read."""
    settings: Settings = field.settings
    text = one.text
    if as_of is not None and field.kind.name in DAYS:
        text = placed(_figured(text), as_of) or _figured(text)
    try:
        read = field.kind.read(text, settings)
    except Fault:
        return None
    value = drained(read) if isinstance(read, Reading) else read
    return None if field.kind.validate(value, settings) else value


def _figured(text: str) -> str:
    """Give the hour of a day in figures: 下午三点 is 下午3点."""
    return SAID_CLOCK.sub(lambda each: f"{numeral(each[1].replace('两', '二')) or 0:.0f}点", text)


def _left(rest: str, names: Names) -> Iterator[Finding]:
    """Give the pieces of a text that nobody understood, without signs and lone labels."""
    start = 0
    for piece in rest.replace("\n", TAKEN).split(TAKEN):
        trimmed = piece.strip(NOISE)
        if len(trimmed) >= LEAST and trimmed not in names.by_name and not _is_label(trimmed):
            place = start + piece.index(trimmed)
            yield Finding(
                sort="text", start=place, end=place + len(trimmed), text=trimmed, confidence=0.0
            )
        start += len(piece) + 1


LABELS = frozenset(
    (
        "电话", "手机", "手机号", "座机", "固话", "电邮", "邮箱", "邮件", "地址", "网址",
        "官网", "微信", "微信号", "传真", "姓名", "公司", "单位", "职务", "职位", "税号",
        "账号", "联系人", "联系电话", "tel", "mobile", "mob", "cell", "phone", "email",
        "e-mail", "mail", "web", "website", "add", "addr", "address", "fax", "收件人",
        "发件人", "部门", "手机/微信", "地址、电话", "开户行及账号", "电话是", "备注",
        "统一社会信用代码", "纳税人识别号", "名称", "qq", "我是", "的", "这是", "我的",
    )
)  # fmt: skip
"""Labels that say nothing once their value is taken."""


def _is_label(text: str) -> bool:
    return text.strip(": ").replace(" ", "").casefold() in LABELS
