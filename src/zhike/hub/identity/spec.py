"""
The words of identity are the `match` documents of `meta`; this stage adds none of its own yet.
"""

from zhike.meta import MatchKeySpec, MatchSpec

__all__ = ["MatchKeySpec", "MatchSpec"]
