"""Two letters for a field: a short mark that stays the same whatever other fields come and go."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


def tags(keys: Iterable[str]) -> Mapping[str, str]:
    """Give each key its mark; keys that would share one are marked by their whole name."""
    known = tuple(keys)
    marks = {key: _mark(key) for key in known}
    shared = Counter(marks.values())
    return {key: mark if shared[mark] == 1 else f"{key}0" for key, mark in marks.items()}


def _mark(key: str) -> str:
    number = int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big")
    return LETTERS[number % 36] + LETTERS[number // 36 % 36]
