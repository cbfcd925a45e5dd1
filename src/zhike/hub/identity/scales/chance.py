"""
How often two strangers agree just so, for each scale and level, before any data is seen; how often
one party does stands in the scale itself.

They are guesses for a base of some hundred thousand records, and err on the side of asking a
person.
"""

from collections.abc import Mapping

CHANCE: Mapping[str, Mapping[str, float]] = {
    "company": {
        "elsewhere": 0.01, "same": 2e-8, "same_core": 1e-6, "same_sound": 5e-7, "misspelt": 1e-6,
        "one_typo": 4e-6, "two_typos": 5e-7, "cut_short": 1e-6, "brand": 1e-4,
        "different": 0.99,
    },
    "person": {
        "same": 3e-4, "same_short": 7e-4, "same_sound": 1e-3, "one_typo": 5e-3, "alike": 5e-3,
        "partly": 1e-2, "another": 0.99, "different": 0.98,
    },
    "telephone": {"same": 1e-6, "one_typo": 2e-6, "different": 1.0},
    "mail": {"same": 1e-6, "one_typo": 5e-6, "same_domain": 2e-3, "different": 0.5},
    "official": {"same": 1e-8, "one_typo": 1e-7, "different": 1.0},
    "code": {"same": 1e-6, "one_typo": 1e-5, "two_typos": 1e-4, "different": 0.5},
    "exact": {"same": 1e-3, "different": 0.999},
    "address": {
        "elsewhere": 0.5, "same": 1e-5, "same_street": 1e-5, "typos": 1e-4, "alike": 1e-3,
        "similar": 1e-2, "different": 0.5,
    },
    "text": {"same": 1e-2, "one_typo": 1e-2, "alike": 2e-2, "similar": 5e-2, "different": 0.5},
}  # fmt: skip
TELLING = frozenset({"company", "person", "telephone", "mail", "official", "address"})
"""Scales whose fields are compared without being named; others have to be, or learnt."""
