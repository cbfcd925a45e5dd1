"""
What a scale knows: how alike two values are, in levels, from the same down to different.

The same levels are told in SQL (for millions of pairs) and in Python (for the few at the gate);
what they are worth is learnt from the workspace's own data.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from zhike.kernel.words import Words

Parts = Sequence[str | None]
"""A value taken apart, in the order of the scale's `parts`; all None if it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """
    One degree of agreement.

    `sql` speaks of the parts of the two records as `{part}_l` and `{part}_r`. `prior` is how often
    records of one and the same party agree just so, before any data is seen; the priors of a scale
    add up to about one. `apart`: who agrees only so far is not the same, whatever else agrees.
    `given_once`: what agrees so is given to one party alone, as the state gives names and numbers.
    """

    word: str
    label: Words
    sql: str
    test: Callable[[Parts, Parts], bool]
    prior: float
    apart: bool = False
    given_once: bool = False


def different(prior: float, *, apart: bool = False) -> Level:
    """Give the last level of a scale: all that no level before it holds for."""
    return Level(
        word="different",
        label=Words(zh="不同", en="different"),
        sql="ELSE",
        test=lambda _a, _b: True,
        prior=prior,
        apart=apart,
    )


SAME = Words(zh="相同", en="the same")


def same(part: str, at: int, prior: float, *, given_once: bool = False) -> Level:
    """Give the level of equal values."""
    return Level(
        word="same",
        label=SAME,
        sql=f"{{{part}}}_l = {{{part}}}_r",
        test=lambda a, b: a[at] == b[at],
        prior=prior,
        given_once=given_once,
    )


class Scale:
    """One way to say how alike two values are."""

    name: ClassVar[str]
    kinds: ClassVar[frozenset[str]]
    """The field kinds it is made for."""
    parts: ClassVar[tuple[str, ...]]
    """The columns a value is taken apart into; without the first there is nothing to compare."""
    levels: ClassVar[tuple[Level, ...]]
    """From the highest to the lowest; the first that holds counts."""
    blocks: ClassVar[tuple[str, ...]]
    """The parts in which the same party mostly agrees: candidates are looked for by them."""
    hints: ClassVar[tuple[str, ...]] = ()
    """Vaguer parts, that make candidates only together with one of another field."""
    names: ClassVar[bool] = False
    """Whether values are names: of what a record is about, they say most of all fields."""
    identifies: ClassVar[bool] = False
    """Whether an agreement settles who it is: an official number."""

    @property
    def top(self) -> int:
        """The place of the highest level of agreement."""
        return next(n for n, level in enumerate(self.levels) if level.word == "same")

    def taken_apart(self, value: str) -> Parts:
        """Give the parts of a standardized value."""
        raise NotImplementedError

    def level(self, one: Parts, other: Parts) -> int | None:
        """Give the place of the level two values agree on; None if one of them says nothing."""
        if one[0] is None or other[0] is None:
            return None
        return next(n for n, level in enumerate(self.levels) if level.test(one, other))

    def opposed(self, one: Parts, other: Parts) -> bool:
        """
        Say whether two different values contradict each other whatever lies between them: they are
        no two spellings.
        """
        return False

    def nothing(self) -> Parts:
        """Give the parts of a value that says nothing."""
        return (None,) * len(self.parts)
