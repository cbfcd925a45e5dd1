"""Equal once standardized: a phone, an e-mail address, a credit code, a number."""

import unicodedata

from zhike.hub.identity.kinds.comparison import Comparison
from zhike.kernel.words import Words
from zhike.meta import Json


class Exact(Comparison):
    """The same letters and digits, whatever their case, width and spacing."""

    name = "exact"
    label = Words(zh="标准化后相同", en="equal once standardized")

    def keys(self, value: Json) -> tuple[str, ...]:
        if not isinstance(value, str):
            return (str(value),) if isinstance(value, int | float) else ()
        folded = value if value.isascii() else unicodedata.normalize("NFKC", value)
        bare = "".join(folded.split()).casefold()
        return (bare,) if bare else ()
