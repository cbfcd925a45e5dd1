"""The same company under different spellings of its name: 行政区划 + 字号 + 行业 + 组织形式."""

from zhike.hub.identity.kinds.company_name import parsed
from zhike.hub.identity.kinds.comparison import Comparison
from zhike.kernel.words import Words
from zhike.meta import Json

SHORTEST = 2
"""Characters a name has to leave after place and form are taken away, to be anybody's."""


class CompanyCore(Comparison):
    """
    Place, brand and trade agree, wherever the place stands and however the form is written.

    有限公司 and 有限责任公司 are one form; 股份有限公司 is another company's. A name without a
    form may be either. A branch is not its head.
    """

    name = "company_core"
    label = Words(zh="企业名称主体相同", en="the same company name")
    kinds = frozenset({"company_name", "text"})

    def keys(self, value: Json) -> tuple[str, ...]:
        if not isinstance(value, str):
            return ()
        name = parsed(value)
        if len(name.core) < SHORTEST:
            return ()
        key = f"{name.place}{name.core}"
        if name.branch:
            key = f"{key}/{name.branch}"
        match name.form:
            case "limited":
                return (key,)
            case "joint":
                return (f"{key}+股份",)
            case _:
                return (key, f"{key}+股份")
