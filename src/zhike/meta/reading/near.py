"""The nearest known words to an unknown one, for the hint of a refusal."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

MOST = 3
LEAST_ALIKE = 50.0
LONGEST = 60


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Give up to three words that look like a word, the most alike first."""
    found = process.extract(
        word[:LONGEST], list(known), scorer=fuzz.ratio, limit=MOST, score_cutoff=LEAST_ALIKE
    )
    return [one for one, _, _ in found]
