"""How alike two numbers are that somebody gave out: of companies, people, accounts; and dates."""

from typing import ClassVar

from zhike.hub.identity.scales.scale import Level, Parts, Scale, different, same
from zhike.hub.identity.scales.shape import edited, edits, folded, shape
from zhike.kernel.words import Words

LONG = 4


def _typos(most: int, prior: float, word: str, label: Words) -> Level:
    return Level(
        word=word,
        label=label,
        sql=f"length({{code}}_l) >= {LONG} AND {edited('code', most)}",
        test=lambda a, b: len(a[0] or "") >= LONG and edits(a[0] or "", b[0] or "", most),
        prior=prior,
    )


ONE = _typos(1, 0.05, "one_typo", Words(zh="差一位", en="one character differs"))
TWO = _typos(2, 0.02, "two_typos", Words(zh="差两位", en="two characters differ"))


class Code(Scale):
    """The same, or with one or two characters mistyped or swapped."""

    name = "code"
    kinds = frozenset({"bank_account", "number", "date"})
    parts = ("code",)
    blocks = ("code",)
    levels: ClassVar[tuple[Level, ...]] = (same("code", 0, 0.85), ONE, TWO, different(0.08))

    def taken_apart(self, value: str) -> Parts:
        return (shape("".join(char for char in value.upper() if char.isalnum())) or None,)


class Exact(Scale):
    """The same or not, whatever its width, case and spaces."""

    name = "exact"
    kinds = frozenset()
    parts = ("plain",)
    blocks = ("plain",)
    levels: ClassVar[tuple[Level, ...]] = (same("plain", 0, 0.9), different(0.1))

    def taken_apart(self, value: str) -> Parts:
        return (folded(value) or None,)


class OfficialNumber(Code):
    """A number the state gives once: two that differ by more than a slip are two parties."""

    name = "official"
    kinds = frozenset({"credit_code", "id_number"})
    identifies = True
    levels: ClassVar[tuple[Level, ...]] = (
        same("code", 0, 0.96, given_once=True),
        ONE,
        different(0.0, apart=True),
    )
