"""Values taken apart for whoever fills them in one by one: companies, places, addresses. Pure."""

from collections.abc import Callable, Mapping

from zhike.hub.identity.kinds.company_name import FORMS, parsed
from zhike.hub.identity.kinds.trades import brand_of
from zhike.hub.ingest.splitting import parted
from zhike.meta import Field, Json
from zhike.meta.regions import Found, find

Parts = Mapping[str, Json]
LEVELS = ((2, "province"), (4, "city"), (6, "district"))
"""How many digits of a code say which level."""


def parts(field: Field, value: Json) -> Parts | None:
    """Give the parts of a value in standard form; None for a kind that has none."""
    taken_apart = APART.get(field.kind.name)
    return taken_apart(value) if taken_apart is not None and isinstance(value, str) else None


def company(name: str) -> Parts:
    """Give 行政区划 + 字号 + 行业 + 组织形式, and the branch; what is not told is empty."""
    found = parsed(name)
    brand = brand_of(found.core)
    head = name.removesuffix(found.branch)
    form = next((one for one, _ in FORMS if head.endswith(one)), "") if found.form else ""
    return {
        "region": found.place,
        "brand": brand,
        "industry": found.core.removeprefix(brand),
        "form": form,
        "branch": found.branch,
    }


def region(text: str) -> Parts:
    """Give 省/市/区 of a place; a municipality has no city in between."""
    match find(text):
        case Found(place=place):
            names: dict[str, Json] = {
                "code": place.code,
                "province": "",
                "city": "",
                "district": "",
            }
            for digits, level in LEVELS:
                code = place.code[:digits].ljust(len(place.code), "0")
                inner = find(code) if len(place.code) == LEVELS[-1][0] else None
                if isinstance(inner, Found) and inner.place.name not in names.values():
                    names[level] = inner.place.name
            return names
        case _:
            return {"code": "", "province": "", "city": "", "district": ""}


def address(text: str) -> Parts:
    """Give 省/市/区 at the head of an address, and the rest of it."""
    found = parted(text)
    return {**region(found.region if found else ""), "rest": found.rest if found else text}


APART: Mapping[str, Callable[[str], Parts]] = {
    "company_name": company,
    "region": region,
    "address": address,
}
