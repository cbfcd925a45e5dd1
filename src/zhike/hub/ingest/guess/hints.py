"""What the cells of a column say when its head says nothing."""

import re
from collections.abc import Mapping, Sequence

from zhike.hub.sheets import Cell

MOST = 0.8
FEW = 3

SHAPES: Mapping[str, re.Pattern[str]] = {
    "credit_code": re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}"),
    "id_number": re.compile(r"\d{17}[\dXx]"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "url": re.compile(r"(https?://|www\.)\S+", re.IGNORECASE),
    "phone": re.compile(r"(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"),
    "company_name": re.compile(
        r".{2,}(公司|集团|厂|商行|合作社|事务所|研究院|医院|大学|Ltd\.?|Inc\.?)"
    ),
}
"""The field kinds whose values can be told by sight."""


def kind_of(cells: Sequence[Cell]) -> str | None:
    """Name the kind of field that nearly all of these cells look like, if there is one."""
    texts = [str(one).strip() for one in cells if one is not None and not isinstance(one, bool)]
    if len(texts) < FEW:
        return None
    for kind, shape in SHAPES.items():
        if sum(1 for one in texts if shape.fullmatch(one)) >= MOST * len(texts):
            return kind
    return None
