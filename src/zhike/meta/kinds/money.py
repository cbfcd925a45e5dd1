"""An amount of money, exact to the cent."""

from typing import ClassVar

from pydantic import Field

from zhike.kernel.words import Words
from zhike.meta.kinds.kind import Settled
from zhike.meta.kinds.number import Number, NumberSettings


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
