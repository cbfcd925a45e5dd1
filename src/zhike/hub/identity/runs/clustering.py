"""
Pairs → clusters, so that no two records of one cluster contradict each other.

Simple chaining would join sister companies through a record that says too little to contradict
either. So pairs are taken from the surest down, and two clusters are joined only if no record of
the one is kept apart from any of the other.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from zhike.hub.identity.runs.aspects import Aspect, Table

LARGEST = 400
"""Clusters that would grow beyond this are not joined: nobody has so many spellings."""

Pair = tuple[int, int]


def clusters(
    table: Table,
    pairs: Iterable[Pair],
    *,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
) -> list[list[int]]:
    """
    Give the clusters of more than one record, each in rising order.

    `pairs` come surest first; `same` and `different` are what people decided, and hold whatever the
    pairs say.
    """
    forest = _Forest(_contradicting(table), different)
    for one, other in same:
        forest.join(one, other, whatever=True)
    for one, other in pairs:
        forest.join(one, other)
    return sorted(sorted(found) for found in forest.members.values() if len(found) > 1)


class _Forest:
    def __init__(self, apart: Callable[[int, int], bool], different: Iterable[Pair]) -> None:
        self.members: dict[int, list[int]] = {}
        self._root: dict[int, int] = {}
        self._apart = apart
        self._told = {frozenset(pair) for pair in different}

    def join(self, one: int, other: int, *, whatever: bool = False) -> None:
        a, b = self._find(one), self._find(other)
        if a == b:
            return
        mine, theirs = self.members[a], self.members[b]
        if not whatever and (len(mine) + len(theirs) > LARGEST or self._against(mine, theirs)):
            return
        if len(mine) < len(theirs):
            a, b, mine, theirs = b, a, theirs, mine
        mine += theirs
        del self.members[b]
        for record in theirs:
            self._root[record] = a

    def _find(self, record: int) -> int:
        if record not in self._root:
            self._root[record] = record
            self.members[record] = [record]
        return self._root[record]

    def _against(self, mine: Sequence[int], theirs: Sequence[int]) -> bool:
        return any(
            (self._told and frozenset((a, b)) in self._told) or self._apart(a, b)
            for a in mine
            for b in theirs
        )


def _contradicting(table: Table) -> Callable[[int, int], bool]:
    """Give the test whether two records of a table can never be the same."""
    official = [one for one in table.aspects if one.scale.identifies]
    telling = [one for one in table.aspects if _keeps_apart(one) and not one.scale.identifies]
    rows: Mapping[str, Sequence[Sequence[str | None]]] = table.parts

    def level(one: Aspect, a: int, b: int) -> int | None:
        return one.scale.level(rows[one.field][a], rows[one.field][b])

    def apart(one: Aspect, found: int | None) -> bool:
        return found is not None and one.apart(found)

    def contradicting(a: int, b: int) -> bool:
        numbers = [level(one, a, b) for one in official]
        if any(map(apart, official, numbers)):
            return True
        if 0 in numbers:
            return False
        return any(
            found is not None
            and (
                (one.apart(found) and _conflict(one, found))
                or (
                    _strange(one, found)
                    and one.scale.opposed(*(rows[one.field][n] for n in (a, b)))
                )
            )
            for one in telling
            for found in (level(one, a, b),)
        )

    return contradicting


def _keeps_apart(one: Aspect) -> bool:
    return any(one.apart(level) for level in range(len(one.scale.levels)))


def _conflict(one: Aspect, found: int) -> bool:
    """
    Whether a level is a contradiction even between records that nothing joins directly.

    That two spellings of a cluster look different is none: a third may lie between them.
    """
    return not _strange(one, found)


def _strange(one: Aspect, found: int) -> bool:
    return one.scale.levels[found].word in ("different", "another")
