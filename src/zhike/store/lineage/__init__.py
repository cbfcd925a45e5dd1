"""
Lineage: where each value of one field came from, when, by whom, by which rule and how sure.

Nothing of it is kept twice: it is read out of history, the books of imports and merges, and what
was typed.
"""

from zhike.store.lineage.of_field import lineage

__all__ = ["lineage"]
