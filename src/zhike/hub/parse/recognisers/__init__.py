"""One file per sort of value; the surest look first."""

from collections.abc import Sequence

from zhike.hub.parse.found import Recogniser
from zhike.hub.parse.recognisers.address import address
from zhike.hub.parse.recognisers.bank import bank
from zhike.hub.parse.recognisers.code import code
from zhike.hub.parse.recognisers.company import company
from zhike.hub.parse.recognisers.day import day
from zhike.hub.parse.recognisers.email import email
from zhike.hub.parse.recognisers.person import person
from zhike.hub.parse.recognisers.phone import phone
from zhike.hub.parse.recognisers.url import url
from zhike.hub.parse.recognisers.wechat import wechat

SURE: Sequence[Recogniser] = (email, url, code, bank, wechat, phone)
"""What is told by its own shape, whatever stands before it."""
LIKELY: Sequence[Recogniser] = (company, address, person)
DATED: Sequence[Recogniser] = (day,)
"""What is looked for only where there is a field for it."""

__all__ = ["DATED", "LIKELY", "SURE"]
