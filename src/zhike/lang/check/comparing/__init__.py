"""How values are compared: which types may meet at which operator, and what is asked then."""

from zhike.lang.check.comparing.comparison import COMPARING
from zhike.lang.check.comparing.conditions import both, equal, negated, some
from zhike.lang.check.comparing.equality import same

__all__ = ["COMPARING", "both", "equal", "negated", "same", "some"]
