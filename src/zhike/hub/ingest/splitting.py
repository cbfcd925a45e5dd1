"""
A cell that says two things, for two fields: an address that begins with its region. Pure.

Only a place that is written as one (浙江省杭州市西湖区, with its suffix) is taken out: 南京东路
is a street of Shanghai. What is left stays the address; the cell as it came is kept as its raw
value.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from zhike.hub.ingest.spec import ImportSpec
from zhike.meta import Field
from zhike.meta.regions import Found, find

SUFFIXES = tuple("省市区县旗盟州")
REMEMBERED = 10_000


class Split(NamedTuple):
    """A field of addresses, and the one that takes the regions they begin with."""

    address: str
    region: str
    at: int
    """The place of the column of addresses."""


class Parted(NamedTuple):
    """An address in two: the code of its region, and the rest, if there is any."""

    region: str
    rest: str | None


def split_of(spec: ImportSpec, fields: Mapping[str, Field]) -> Split | None:
    """
    Say which address of a file is split: none if the file has regions of its own.

    Files of changes are taken as they are: a record whose address begins with its region would
    change although nobody edited it.
    """
    if spec.mode != "create":
        return None
    taken = {one.field: one.at for one in spec.columns}
    free = [
        one.key for one in fields.values() if one.kind.name == "region" and one.key not in taken
    ]
    addresses = [key for key, one in fields.items() if one.kind.name == "address" and key in taken]
    if len(free) != 1 or not addresses:
        return None
    address = _beside(free[0], addresses)
    return Split(address=address, region=free[0], at=taken[address])


def _beside(region: str, addresses: Collection[str]) -> str:
    """Choose the address that is called like the region: shipping_address for shipping_region."""
    stem = region.removesuffix("region")
    return next((one for one in addresses if one == f"{stem}address"), next(iter(addresses)))


@lru_cache(maxsize=REMEMBERED)
def parted(address: str) -> Parted | None:
    """Part an address; None if it does not begin with a place that is written as one."""
    match find(address):
        case Found(place=place, rest=rest):
            said = address.removesuffix(rest) if rest else address
            if said.rstrip(" /-,、·").endswith(SUFFIXES):
                return Parted(region=place.code, rest=rest.strip() or None)
        case _:
            pass
    return None
