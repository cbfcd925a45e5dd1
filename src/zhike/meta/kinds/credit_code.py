"""统一社会信用代码: the number of an organization in the registers of China (GB 32100)."""

import re
from typing import Any

from zhike.kernel.faults import Fault
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import (
    TEXT,
    DigitsLost,
    FieldKind,
    Json,
    WrongCheckDigit,
    unreadable,
)
from zhike.meta.reading.amounts import scientific
from zhike.meta.reading.line import EXACT, figure, halved, shown

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CODE = re.compile(rf"[{ALPHABET}]{{2}}\d{{6}}[{ALPHABET}]{{10}}", re.ASCII)
LOOSE = re.compile(r"[\s-]+")
LENGTH = 18


class WrongLength(Fault):
    """`{value}` has {length} characters; {wanted} are wanted."""

    code = "M217"
    zh = "“{value}”有 {length} 位,应为 {wanted} 位"


class CreditCode(FieldKind):
    """Eighteen characters, the last of which checks the others."""

    name = "credit_code"
    label = Words(zh="统一社会信用代码", en="unified social credit code")
    operators = TEXT
    display = "credit_code"

    def read(self, raw: Json, settings: Any) -> Json:
        refuse_lost_digits(raw)
        code = LOOSE.sub("", halved(figure(raw))).upper()
        if not code:
            return None
        if len(code) != LENGTH:
            raise WrongLength(value=shown(code), length=len(code), wanted=LENGTH)
        if not CODE.fullmatch(code):
            raise unreadable(raw, self)
        total = sum(VALUES[sign] * weight for sign, weight in zip(code, WEIGHTS, strict=False))
        if ALPHABET[-total % 31] != code[-1]:
            raise WrongCheckDigit(value=shown(code))
        return code

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("left({column}, 6) || '********' || right({column}, 4)", column=column)


def refuse_lost_digits(raw: Json) -> None:
    """Raise if a long number came as one that is counted with: its last digits are then made up."""
    counted = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= EXACT
    if counted or (isinstance(raw, str) and scientific(raw.strip())):
        raise DigitsLost(value=shown(raw))
