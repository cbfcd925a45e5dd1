"""A postal address."""

from typing import Any, ClassVar

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import TEXT, Settled
from zhike.meta.kinds.text import Text, TextSettings


class Address(Text):
    """Street, number, floor, on one line; the region may be part of it."""

    name = "address"
    label = Words(zh="地址", en="address")
    settings: ClassVar[Settled] = TextSettings
    operators = TEXT
    indexable = None
    display = "address"

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql(
            "left({column}, 0) || coalesce(substring({column} FROM "
            "CASE WHEN {column} ~ '^(北京|上海|天津|重庆)' THEN "
            "'^..市?(?:[^0-9路街道号省市区县]{1,6}[区县])?' "
            "ELSE '^(?:[^0-9路街道号省市]{1,10}[省区])?(?:[^0-9路街道号省市区县]{1,10}[市州盟])?"
            "(?:[^0-9路街道号省市区县]{1,8}[区县市旗])?' END), '') || '****'",
            column=column,
        )
