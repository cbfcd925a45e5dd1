"""Ways to compare: how a value becomes the keys by which records are recognised as one."""

from collections.abc import Mapping

from zhike.hub.identity.kinds.company_core import CompanyCore
from zhike.hub.identity.kinds.comparison import Comparison
from zhike.hub.identity.kinds.exact import Exact

COMPARISONS: Mapping[str, Comparison] = {one.name: one for one in (Exact(), CompanyCore())}

__all__ = ["COMPARISONS", "Comparison"]
