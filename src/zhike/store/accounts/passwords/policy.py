"""What a password has to be: pure, with a small list of what everybody tries first."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from zhike.kernel.faults import Problem, problem
from zhike.meta.documents.security import PasswordSpec
from zhike.meta.reading.pinyin import syllables
from zhike.store.accounts.faults import CommonPassword, PlainPassword, TellingPassword, WeakPassword

MOST = 256
CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
"""Small letters, capitals, digits, signs."""
ROWS = (
    "0123456789" * 2,
    "abcdefghijklmnopqrstuvwxyz" * 2,
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.",
    "1q2w3e4r5t6y7u8i9o0p",
)
"""What fingers run along, forwards and backwards."""
REPEATED = re.compile(r"(.{1,4})\1+(?:.{0,3})")
DATE = re.compile(r"(19|20)\d\d[-./]?(0?[1-9]|1[0-2])[-./]?(0?[1-9]|[12]\d|3[01])")
EDGES = re.compile(r"^[^a-z]+|[^a-z]+$")
LOOKALIKES = str.maketrans("@013$5!7", "aoiessit")
SHORTEST_LATIN, SHORTEST_OTHER, SHORTEST_READ = 4, 2, 5
"""Letters from which on a name inside a password tells something."""


def wrong_password(
    password: str, *, rules: PasswordSpec, about: Iterable[str] = (), at: str = "password"
) -> list[Problem]:
    """Say everything that is wrong with a new password; `about` is what its owner is known by."""
    if not rules.least <= len(password) <= MOST:
        return [problem(WeakPassword, at=at, least=rules.least, most=MOST)]
    found = []
    if sum(bool(re.search(one, password)) for one in CLASSES) < rules.classes:
        found.append(problem(PlainPassword, at=at, classes=rules.classes))
    folded = password.casefold()
    if any(one in folded for one in _telling(about)):
        found.append(problem(TellingPassword, at=at))
    if tried_first(folded):
        found.append(problem(CommonPassword, at=at))
    return found


def _telling(about: Iterable[str]) -> set[str]:
    """Give the words that tell of somebody: names, how they are read, the parts of an address."""
    known = (text.casefold().partition("@")[0] for text in about)
    words = {one for text in known for one in re.split(r"[\s.+-]+", text)}
    read = {"".join(syllables(one)) for one in words}
    long_enough = {
        one for one in words if len(one) >= (SHORTEST_LATIN if one.isascii() else SHORTEST_OTHER)
    }
    return long_enough | {one for one in read if len(one) >= SHORTEST_READ}


def tried_first(folded: str) -> bool:
    """Tell whether this is among what everybody tries first, dressed up or not."""
    forms = {folded, folded.translate(LOOKALIKES)}
    forms |= {EDGES.sub("", one) for one in forms}
    return (
        bool(forms & _common())
        or bool(REPEATED.fullmatch(folded))
        or bool(DATE.fullmatch(folded))
        or any(_runs_along(folded, row) for row in ROWS)
    )


def _runs_along(folded: str, row: str) -> bool:
    return folded in row or folded in row[::-1]


@cache
def _common() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("common.csv").read_text(encoding="ascii").split())
