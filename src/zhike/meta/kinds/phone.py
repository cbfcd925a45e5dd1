"""A telephone number, mobile or not, of China or abroad."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Literal

import phonenumbers

from zhike.kernel.faults import Fault
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import (
    TEXT,
    DigitsLost,
    FieldKind,
    Json,
    MistakenSigns,
    Reading,
    Settings,
    Settled,
    unreadable,
)
from zhike.meta.reading.amounts import scientific
from zhike.meta.reading.line import figure, halved, shown

MOBILE = re.compile(r"(?:\+?86[- ]?|0086[- ]?|0)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})", re.ASCII)
AREA = r"(10|2\d|[3-9]\d{2})"
USUAL = re.compile(r"0(?:10|2\d)-[2-9]\d{7}|0[3-9]\d\d-[2-9]\d{6,7}", re.ASCII)
"""A landline in standard form already."""
EXTENSION = r"(?:(?:-|转接?(?:分机)?|[#*x]|extn?|分机号?)[:.]?(\d{1,6}))?"
LANDLINE = re.compile(rf"(?:\+?86-?|0086-?)?0{AREA}-?([2-9]\d{{6,7}}){EXTENSION}", re.ASCII)
FROM_ABROAD = re.compile(rf"(?:(?:\+|00)86-?|86-){AREA}-?([2-9]\d{{6,7}}){EXTENSION}", re.ASCII)
SERVICE = re.compile(rf"([48]00)-?(\d{{3}})-?(\d{{4}}){EXTENSION}|([48]00)-?(\d{{4}})-?(\d{{3}})")
SHORT = re.compile(rf"(9[56]\d{{3,6}}|1[02]\d{{3}}|1[12]\d){EXTENSION}", re.ASCII)
LOCAL = re.compile(rf"[2-8]\d{{6,7}}{EXTENSION}", re.ASCII)
NEIGHBOUR = re.compile(r"(852|853|886)-?([\d-]{8,11})", re.ASCII)
ABROAD = re.compile(r"(?:\+|00)[1-9][\d-]{5,20}", re.ASCII)
SHORTENED = re.compile(r"(?:\+?86-?)?1[3-9]\d{5,8}", re.ASCII)
LENGTHENED = re.compile(r"(?:\+?86-?)?1[3-9]\d{10,}", re.ASCII)

JOINTS = re.compile(r"[/\\、,,;;|\n]+|(?<=\d)或(?=[\d+(])|(?<=\d{7}) +(?=[\d+(]\d{6})")
NAMED = re.compile(
    r"^(?:手机|移动电话|联系电话|联系方式|电话|座机|固话|总机|微信(?:同号)?|香港|澳门|台湾"
    r"|tel|phone|mobile|mob|cell|m|t)(?:号码|号)?[::.]?",
    re.IGNORECASE,
)
ASIDE = re.compile(r"\(([^()\d][^()]*)\)$|([一-鿿]+|转\d+)$")
LOOSE = re.compile(r"[\s()]+|(?<=\d)[.·](?=\d)")
LONGEST = 200
ENDS = " .,;:。，；、"
SEVERAL = re.compile(r"[/\\、,;|\n]")
LOOKALIKE = str.maketrans("lLiIoO", "111100")
BIG_CITY, EIGHT = 2, 8
"""An area code of two digits (after the 0) stands before numbers of eight digits only."""

CHINA = 86


class DigitsMissing(Fault):
    """`{value}` has not the length of a telephone number: a mobile number has 11 digits."""

    code = "M213"
    zh = "“{value}”位数不对：手机号应为 11 位"
    hint = Words(
        zh="若来自表格，请把该列设为“文本”格式后重新填写",
        en="if it comes from a spreadsheet, set the column to text and enter it again",
    )


class AreaCodeMissing(Fault):
    """`{value}` is a local number: its area code is missing."""

    code = "M214"
    zh = "“{value}”缺少区号"
    hint = Words(zh="请写成 区号-座机号，如 010-62345678", en="write it as 010-62345678")


class PhoneSettings(Settings):
    """Which of several numbers in one cell is the number of this field."""

    prefer: Literal["mobile", "landline"] = "mobile"


class Phone(FieldKind):
    """
    A telephone number in one spelling: `+86-13812345678`, `010-62345678-801`, `400-1234567`,
    `+852-91234567`.

    However it is written; of several numbers the first mobile one counts and the others are handed
    back.
    """

    name = "phone"
    label = Words(zh="电话", en="phone number")
    settings: ClassVar[Settled] = PhoneSettings
    operators = TEXT
    display = "phone"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        if raw.__class__ is str and (found := MOBILE.fullmatch(raw)):
            return f"+86-{found[1]}{found[2]}{found[3]}"
        if raw.__class__ is str and USUAL.fullmatch(raw):
            return raw
        text = figure(raw if not isinstance(raw, str) else raw.strip().replace("\n", "/"))
        if not text:
            return None
        if scientific(text):
            raise DigitsLost(value=shown(text))
        if len(text) > LONGEST:
            raise unreadable(raw, self)
        return self._several(halved(text).strip(ENDS), settings)

    def _several(self, text: str, settings: Any) -> Json | Reading:
        if SEVERAL.search(text) is None and (whole := _number(text)) is not None:
            return whole
        pieces = [piece.strip() for piece in JOINTS.split(text) if piece.strip()]
        heard = [(*_heard(piece), piece) for piece in pieces]
        numbers = [number for number, _, _ in heard if number]
        if not numbers:
            raise _fault(text, self)
        first = _preferred(numbers, mobile=settings.prefer == "mobile")
        rest: list[str] = []
        for number, aside, piece in heard:
            rest.extend(one for one in (number or piece, aside) if one and one != first)
        return Reading(value=first, rest=tuple(dict.fromkeys(rest))) if rest else first

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql(
            "CASE WHEN {column} LIKE '+86-1%' THEN substr({column}, 5, 3) || '****' "
            r"|| right({column}, 4) WHEN {column} ~ '^(\+?\d+-)?\d{7,}(-\d+)?$' "
            r"THEN regexp_replace({column}, '^(\+?\d+-)?\d*(\d\d\d\d)(-\d+)?$', '\1****\2') "
            "WHEN {column} IS NOT NULL THEN '****' END",
            column=column,
        )

    def cell(self, value: Json, settings: Any) -> Json:
        return value.removeprefix("+86-") if isinstance(value, str) else value

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "examples": ["+86-13812345678"]}


def _heard(piece: str) -> tuple[str | None, str]:
    """Give the number in a piece of text, and the words that stood beside it."""
    if found := MOBILE.fullmatch(piece):
        return f"+86-{found[1]}{found[2]}{found[3]}", ""
    if USUAL.fullmatch(piece):
        return piece, ""
    bare = NAMED.sub("", piece).strip()
    number = _number(bare)
    if number is not None:
        return number, ""
    if aside := ASIDE.search(bare):
        return _number(bare[: aside.start()]), aside[1] or aside[2]
    return None, ""


def _preferred(numbers: Sequence[str], *, mobile: bool) -> str:
    wanted = (one for one in numbers if one.startswith("+86-1") == mobile)
    return next(wanted, numbers[0])


def _number(text: str) -> str | None:
    """Give one number in standard form."""
    bare = LOOSE.sub("", text).lower()
    return next((done for form in FORMS if (done := form(bare)) is not None), None)


def _mobile(text: str) -> str | None:
    found = MOBILE.fullmatch(text)
    return f"+86-{found[1]}{found[2]}{found[3]}" if found else None


def _landline(text: str) -> str | None:
    found = LANDLINE.fullmatch(text) or FROM_ABROAD.fullmatch(text)
    if found is None or (len(found[1]) == BIG_CITY and len(found[2]) < EIGHT):
        return None
    return _extended(f"0{found[1]}-{found[2]}", found[3])


def _service(text: str) -> str | None:
    found = SERVICE.fullmatch(text)
    if found is None:
        return None
    line = "".join(part for part in found.group(1, 5) if part)
    number = "".join(part for part in found.group(2, 3, 6, 7) if part)
    return _extended(f"{line}-{number}", found[4])


def _short(text: str) -> str | None:
    found = SHORT.fullmatch(text)
    return _extended(found[1], found[2]) if found else None


def _abroad(text: str) -> str | None:
    if found := NEIGHBOUR.fullmatch(text):
        # Without a plus it might be anything: only a number that is in use there counts.
        return _foreign(f"+{found[1]}{found[2]}", valid=True)
    return _foreign(text, valid=False) if ABROAD.fullmatch(text) else None


def _foreign(text: str, *, valid: bool) -> str | None:
    try:
        parsed = phonenumbers.parse("+" + text.lstrip("+0").replace("-", ""), None)
    except phonenumbers.NumberParseException:
        return None
    fits = phonenumbers.is_valid_number if valid else phonenumbers.is_possible_number
    if parsed.country_code == CHINA or not fits(parsed):
        return None
    return f"+{parsed.country_code}-{phonenumbers.national_significant_number(parsed)}"


def _extended(number: str, extension: str | None) -> str:
    return f"{number}-{extension}" if extension else number


FORMS: tuple[Callable[[str], str | None], ...] = (_mobile, _landline, _service, _short, _abroad)


def _fault(text: str, kind: FieldKind) -> Fault:
    bare = LOOSE.sub("", NAMED.sub("", text))
    if SHORTENED.fullmatch(bare) or LENGTHENED.fullmatch(bare):
        return DigitsMissing(value=shown(text))
    if (likely := bare.translate(LOOKALIKE)) != bare and (number := _number(likely)) is not None:
        return MistakenSigns(value=shown(text), likely=number)
    if LOCAL.fullmatch(bare):
        return AreaCodeMissing(value=shown(text))
    return unreadable(text, kind)
