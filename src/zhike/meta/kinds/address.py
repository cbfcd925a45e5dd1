"""A postal address."""

import re
from typing import Any, ClassVar

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.company_name import HAS_HAN
from zhike.meta.kinds.kind import TEXT, Json, Settled
from zhike.meta.kinds.person_name import HAN
from zhike.meta.kinds.text import Text, TextSettings
from zhike.meta.reading.line import composed, halved, line

PLAIN = re.compile("[一-鿿0-9A-Za-z]+")
LOOSE = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")


class Address(Text):
    """
    Street, number, floor, on one line; the region may be part of it.

    Digits and letters have their usual width, and no space stands beside a Chinese character.
    """

    name = "address"
    label = Words(zh="地址", en="address")
    settings: ClassVar[Settled] = TextSettings
    operators = TEXT
    indexable = None
    display = "address"

    def read(self, raw: Json, settings: Any) -> Json:
        if raw.__class__ is str and PLAIN.fullmatch(raw):
            return raw
        text = line(halved(composed(line(raw))))
        return LOOSE.sub("", text) or None if HAS_HAN.search(text) else text or None

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql(
            "left({column}, 0) || coalesce(substring({column} FROM "
            "CASE WHEN {column} ~ '^(北京|上海|天津|重庆)' THEN "
            "'^..市?(?:[^0-9路街道号省市区县]{1,6}[区县])?' "
            "ELSE '^(?:[^0-9路街道号省市]{1,10}[省区])?(?:[^0-9路街道号省市区县]{1,10}[市州盟])?"
            "(?:[^0-9路街道号省市区县]{1,8}[区县市旗])?' END), '') || '****'",
            column=column,
        )
