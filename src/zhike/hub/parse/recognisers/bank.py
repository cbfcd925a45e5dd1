"""Bank accounts: named as such, or a card's number whose check digit is right."""

import re
from collections.abc import Iterator

from zhike.hub.parse.found import Finding

NAMED = re.compile(
    r"(?:银行)?(?:账号|帐号|账户|帐户|卡号|A/C(?: No)?|Account(?: No)?)\.? {0,3}[:是]? {0,3}"
    r"(\d(?:[ -]?\d){7,29})(?!\d)",
    re.IGNORECASE,
)
CARD = re.compile(r"(?<![\d+-])(62\d{2}(?: ?\d{4}){3}(?: ?\d{1,3})?)(?!\d)", re.ASCII)


def bank(text: str) -> Iterator[Finding]:
    """Find bank accounts."""
    for one in NAMED.finditer(text):
        yield Finding(
            sort="bank_account", start=one.start(1), end=one.end(1), text=one[1], confidence=0.95
        )
    for one in CARD.finditer(text):
        if _luhn(one[1].replace(" ", "")):
            yield Finding(
                sort="bank_account", start=one.start(1), end=one.end(1), text=one[1],
                confidence=0.9,
            )  # fmt: skip


def _luhn(digits: str) -> bool:
    doubled = (int(one) * (1 + n % 2) for n, one in enumerate(reversed(digits)))
    return sum(one // 10 + one % 10 for one in doubled) % 10 == 0
