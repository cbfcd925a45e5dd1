"""统一社会信用代码: the number of an organization in the registers of China (GB 32100)."""

import re
from operator import mul
from typing import Any

from stdnum.iso7064 import mod_11_10

from zhike.kernel.faults import Fault, problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import (
    TEXT,
    DigitsLost,
    FieldKind,
    Json,
    MistakenSigns,
    Reading,
    WrongCheckDigit,
    unreadable,
)
from zhike.meta.reading.amounts import scientific
from zhike.meta.reading.line import EXACT, figure, halved, shown

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUE = {sign: value for value, sign in enumerate(ALPHABET)}.__getitem__
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CODE = re.compile(rf"[{ALPHABET}]{{2}}\d{{6}}[{ALPHABET}]{{10}}", re.ASCII)
OLD = re.compile(r"\d{15}", re.ASCII)
LOOSE = re.compile(r"[\s-]+")
NAMED = re.compile(r"^(?:统一社会信用代码|社会信用代码|信用代码|税号|注册号)[::]?")
LOOKALIKE = str.maketrans("IOSVZ", "105U2")
LENGTH = 18


class WrongLength(Fault):
    """`{value}` has {length} characters; {wanted} are wanted."""

    code = "M217"
    zh = "“{value}”有 {length} 位，应为 {wanted} 位"


class OldRegistration(Fault):
    """`{value}` is a registration number of before 2015, which no longer counts."""

    code = "M223"
    zh = "“{value}”是 2015 年以前的 15 位注册号，现已不用"
    hint = Words(
        zh="请换成 18 位统一社会信用代码", en="better enter the credit code of 18 characters"
    )


class CreditCode(FieldKind):
    """
    Eighteen characters, the last of which checks the others.

    A registration number of 15 digits (工商注册号) is kept and remarked on. Letters that the code
    never has (I, O, S, V, Z) are not corrected: the fault says what they most likely stand for.
    """

    name = "credit_code"
    label = Words(zh="统一社会信用代码", en="unified social credit code")
    operators = TEXT
    display = "credit_code"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        if raw.__class__ is str and CODE.fullmatch(raw) and _checks(raw):
            return raw
        refuse_lost_digits(raw)
        code = NAMED.sub("", LOOSE.sub("", halved(figure(raw))).upper())
        if not code:
            return None
        if OLD.fullmatch(code) and mod_11_10.is_valid(code):
            return Reading(value=code, remark=problem(OldRegistration, value=code))
        if len(code) != LENGTH:
            raise WrongLength(value=shown(code), length=len(code), wanted=LENGTH)
        if CODE.fullmatch(code) and _checks(code):
            return code
        likely = code.translate(LOOKALIKE)
        if likely != code and CODE.fullmatch(likely) and _checks(likely):
            raise MistakenSigns(value=shown(code), likely=likely)
        if not CODE.fullmatch(code):
            raise unreadable(raw, self)
        raise WrongCheckDigit(value=shown(code))

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("left({column}, 6) || '********' || right({column}, 4)", column=column)


def _checks(code: str) -> bool:
    """Tell whether the last character fits the others."""
    return ALPHABET[-sum(map(mul, map(VALUE, code), WEIGHTS)) % 31] == code[-1]


def refuse_lost_digits(raw: Json) -> None:
    """Raise if a long number came as one that is counted with: its last digits are then made up."""
    counted = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= EXACT
    if counted or (isinstance(raw, str) and scientific(raw.strip())):
        raise DigitsLost(value=shown(raw))
