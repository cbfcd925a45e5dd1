"""An amount of money, exact to the cent."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from zhike.kernel.faults import Fault, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import Json, Reading, Settled, drained
from zhike.meta.kinds.number import Number, NumberSettings
from zhike.meta.reading.line import shown

CURRENCIES: Mapping[str, str] = {
    "us$": "USD", "usd": "USD", "$": "USD", "美元": "USD",
    "hk$": "HKD", "hkd": "HKD", "港币": "HKD", "港元": "HKD",
    "€": "EUR", "eur": "EUR", "欧元": "EUR", "£": "GBP", "gbp": "GBP", "英镑": "GBP",
    "rmb": "CNY", "cny": "CNY", "人民币": "CNY",
}  # fmt: skip
"""The currency that a word or sign names; ¥ is that of two, so it says nothing."""
NAMED = re.compile("|".join(map(re.escape, sorted(CURRENCIES, key=len, reverse=True))))


class OtherCurrency(Fault):
    """`{value}` is in {other}; the field counts in {currency}. The number was kept as it is."""

    code = "M224"
    zh = "“{value}”的币种是 {other}，而该字段为 {currency}；数值未换算"


class MoneySettings(NumberSettings):
    """The currency is that of the whole field; amounts in several currencies are several fields."""

    decimals: int = Field(default=2, ge=0, le=10)
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$")


class Money(Number):
    """
    An amount in one currency, as exact text: `"90770000.00"`.

    `9077万`, `1.70亿`, `¥1,030,000.00`, `（1,000）`, `12.5万元` and 壹佰万元整 are understood.
    """

    name = "money"
    label = Words(zh="金额", en="money")
    type = "money"
    settings: ClassVar[Settled] = MoneySettings
    display = "money"

    def _slowly(self, raw: Json, settings: Any) -> Json | Reading:
        read = super()._slowly(raw, settings)
        if read is None or not isinstance(raw, str) or not (found := NAMED.search(raw.lower())):
            return read
        other = CURRENCIES[found.group()]
        if other == settings.currency:
            return read
        facts = {"value": shown(raw), "other": other, "currency": settings.currency}
        return Reading(value=drained(read), remark=problem(OtherCurrency, **facts))
