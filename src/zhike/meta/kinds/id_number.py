"""居民身份证号: the number of a person in China (GB 11643)."""

import re
from datetime import date
from operator import mul
from typing import Any, ClassVar, Literal

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.credit_code import WrongLength, refuse_lost_digits
from zhike.meta.kinds.kind import (
    EQUALITY,
    FieldKind,
    Json,
    MistakenSigns,
    Settings,
    Settled,
    WrongCheckDigit,
    unreadable,
)
from zhike.meta.reading.line import figure, halved, shown

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
LONG = re.compile(r"[1-9]\d{5}((?:18|19|20)\d{2})(\d{2})(\d{2})\d{3}[\dX]", re.ASCII)
SHORT = re.compile(r"[1-9]\d{14}", re.ASCII)
LOOSE = re.compile(r"[\s-]+")
LOOKALIKE = str.maketrans("OIL", "011")
LENGTH, OLD_LENGTH = 18, 15


class IdNumberSettings(Settings):
    """How much of a masked number is shown: first six and last four, or first and last only."""

    mask: Literal["ordinary", "strict"] = "ordinary"


class IdNumber(FieldKind):
    """Eighteen digits, the last of which (X is ten) checks the others; 15 are extended."""

    name = "id_number"
    label = Words(zh="身份证号", en="resident identity number")
    settings: ClassVar[Settled] = IdNumberSettings
    operators = EQUALITY
    display = "id_number"
    sensitive = True

    def read(self, raw: Json, settings: Any) -> Json:
        if raw.__class__ is str and (found := LONG.fullmatch(raw)) and _right(raw, found):
            return raw
        refuse_lost_digits(raw)
        number = LOOSE.sub("", halved(figure(raw))).upper().replace("×", "X")
        if not number:
            return None
        if SHORT.fullmatch(number):
            number = _extended(number)
        if len(number) != LENGTH:
            raise WrongLength(value=shown(number), length=len(number), wanted=LENGTH)
        found = LONG.fullmatch(number)
        if found is None:
            _refuse_mistaken(number)
        if found is None or not _born(found[1], found[2], found[3]):
            raise unreadable(raw, self)
        if check_digit(number) != number[-1]:
            raise WrongCheckDigit(value=shown(number))
        return number

    def mask(self, column: Sql, settings: Any) -> Sql:
        if settings.mask == "strict":
            return sql("left({column}, 1) || repeat('*', 16) || right({column}, 1)", column=column)
        return sql("left({column}, 6) || '********' || right({column}, 4)", column=column)


def check_digit(number: str) -> str:
    """Give the last character of a number from its first seventeen."""
    return CHECKS[sum(map(mul, map(int, number[:17]), WEIGHTS)) % 11]


def _extended(number: str) -> str:
    """Give a number of 15 digits in 18, as all have it that were born in the last century."""
    longer = f"{number[:6]}19{number[6:]}"
    return longer + check_digit(longer)


def _refuse_mistaken(number: str) -> None:
    likely = number.translate(LOOKALIKE)
    found = LONG.fullmatch(likely)
    if likely != number and found and _right(likely, found):
        raise MistakenSigns(value=shown(number), likely=likely)


def _right(number: str, found: re.Match[str]) -> bool:
    return check_digit(number) == number[-1] and _born(found[1], found[2], found[3])


def _born(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
