"""
Field kinds: what a field can hold, one file per kind.

A new kind is one file, one line in `KINDS` and one file of golden pairs.
"""

from collections.abc import Mapping

from zhike.meta.kinds.address import Address
from zhike.meta.kinds.attachment import Attachment
from zhike.meta.kinds.auto_number import AutoNumber
from zhike.meta.kinds.bank_account import BankAccount
from zhike.meta.kinds.boolean import Boolean
from zhike.meta.kinds.children import Children
from zhike.meta.kinds.company_name import CompanyName
from zhike.meta.kinds.credit_code import CreditCode
from zhike.meta.kinds.date import Date
from zhike.meta.kinds.datetime import Datetime
from zhike.meta.kinds.department import Department
from zhike.meta.kinds.email import Email
from zhike.meta.kinds.formula import Formula
from zhike.meta.kinds.geo import Geo
from zhike.meta.kinds.id import Id
from zhike.meta.kinds.id_number import IdNumber
from zhike.meta.kinds.image import Image
from zhike.meta.kinds.job_title import JobTitle
from zhike.meta.kinds.json import JsonKind
from zhike.meta.kinds.kind import FieldKind, Json, Reading, Settings, Type, Unreadable, drained
from zhike.meta.kinds.long_text import LongText
from zhike.meta.kinds.lookup import Lookup
from zhike.meta.kinds.lookups import Lookups
from zhike.meta.kinds.money import Money
from zhike.meta.kinds.number import Number
from zhike.meta.kinds.option import Option
from zhike.meta.kinds.options import Options
from zhike.meta.kinds.percent import Percent
from zhike.meta.kinds.person_name import PersonName
from zhike.meta.kinds.phone import Phone
from zhike.meta.kinds.rating import Rating
from zhike.meta.kinds.region import Region
from zhike.meta.kinds.rollup import Rollup
from zhike.meta.kinds.signature import Signature
from zhike.meta.kinds.tags import Tags
from zhike.meta.kinds.text import Text
from zhike.meta.kinds.url import Url
from zhike.meta.kinds.user import User
from zhike.meta.kinds.users import Users

KINDS: Mapping[str, FieldKind] = {
    kind.name: kind
    for kind in (
        Id(),
        Text(),
        LongText(),
        Number(),
        Money(),
        Percent(),
        Boolean(),
        Date(),
        Datetime(),
        Option(),
        Options(),
        Tags(),
        User(),
        Users(),
        Department(),
        Lookup(),
        Lookups(),
        Children(),
        Phone(),
        Email(),
        Url(),
        PersonName(),
        JobTitle(),
        CompanyName(),
        CreditCode(),
        IdNumber(),
        BankAccount(),
        Region(),
        Address(),
        Geo(),
        AutoNumber(),
        Formula(),
        Rollup(),
        Attachment(),
        Image(),
        Signature(),
        Rating(),
        JsonKind(),
    )
}
"""Every field kind by name, in the order in which they are offered; `id` is the platform's."""

__all__ = [
    "KINDS",
    "FieldKind",
    "Json",
    "Reading",
    "Settings",
    "Type",
    "Unreadable",
    "drained",
]
