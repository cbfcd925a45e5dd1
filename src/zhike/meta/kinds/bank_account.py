"""The number of a bank account or card."""

import re
from typing import Any

from zhike.kernel.faults import Fault, problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.credit_code import refuse_lost_digits
from zhike.meta.kinds.kind import EQUALITY, FieldKind, Json, Reading, unreadable
from zhike.meta.reading.line import figure, halved, shown

ACCOUNT = re.compile(r"[A-Z]{0,4}\d[0-9A-Z]{6,31}", re.ASCII)
USUAL = re.compile(r"\d{12,21}", re.ASCII)
CARD = re.compile(r"62\d{14,17}", re.ASCII)
LOOSE = re.compile(r"[\s./-]+")
NAMED = re.compile(r"^(?:银行)?(?:账号|帐号|账户|帐户|卡号)[::]?")
TWICE = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


class DoubtfulCard(Fault):
    """`{value}` looks like a bank card, but its check digit does not match."""

    code = "M218"
    zh = "“{value}”像银行卡号，但校验位不符"


class BankAccount(FieldKind):
    """
    Digits without spaces. Accounts of companies follow no common rule, so none is enforced.

    A number that looks like a card and fails its check is kept and remarked on.
    """

    name = "bank_account"
    label = Words(zh="银行账号", en="bank account")
    operators = EQUALITY
    display = "bank_account"
    sensitive = True

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        if raw.__class__ is str and USUAL.fullmatch(raw) and (raw[:2] != "62" or _checks(raw)):
            return raw
        refuse_lost_digits(raw)
        number = NAMED.sub("", LOOSE.sub("", halved(figure(raw))).upper())
        if not number:
            return None
        if not ACCOUNT.fullmatch(number):
            raise unreadable(raw, self)
        if CARD.fullmatch(number) and not _checks(number):
            return Reading(value=number, remark=problem(DoubtfulCard, value=shown(number)))
        return number

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql(
            "CASE WHEN length({column}) > 12 THEN left({column}, 6) "
            "|| repeat('*', length({column}) - 10) || right({column}, 4) "
            "WHEN length({column}) > 7 THEN '****' || right({column}, 4) "
            "WHEN {column} IS NOT NULL THEN '****' END",
            column=column,
        )


def _checks(number: str) -> bool:
    """Tell whether the last digit fits (Luhn)."""
    digits = [*map(int, reversed(number))]
    return (sum(digits[::2]) + sum(map(TWICE.__getitem__, digits[1::2]))) % 10 == 0
