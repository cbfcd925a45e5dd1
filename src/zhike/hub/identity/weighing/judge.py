"""
Two records → how sure it is that they are one party, and why. Pure.

The weights are what the last run over the base learnt, else those that are shipped; both stages
judge by the same scales and the same sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhike.hub.identity.kinds.company_name import parsed
from zhike.hub.identity.kinds.trades import brand_of
from zhike.hub.identity.runs.aspects import Aspect, aspects, beyond
from zhike.hub.identity.runs.model import Model, Worth
from zhike.hub.identity.scales import Parts, Scale
from zhike.hub.identity.scales.chance import TELLING
from zhike.hub.identity.weighing.learned import Learnt, learned
from zhike.hub.identity.weighing.shipped import PRIOR, shipped
from zhike.kernel.tx import Row
from zhike.meta import Json, MatchSpec, Object, Snapshot
from zhike.store.batch import Compared

APART = frozenset({"different", "elsewhere", "another"})
"""Levels of a name that make it another party's, whatever telephone they share."""
Values = Mapping[str, Json]
ROUNDED = 1e-6
"""Bits by which sums of the same weights may differ, in another order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """How sure it is that two records are one party, and the levels on which their fields agree."""

    score: float
    levels: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """How the records of one object are compared."""

    model: Model
    title: str
    named: bool
    """Whether the records are called by a company's name."""
    called: Aspect | None
    """What the records are called, if that is compared."""
    official: Sequence[str]
    """The numbers that overrule names where they agree."""
    beside: float
    """The most that everything beside it can add, in bits."""

    def hopeless(self, one: Values, other: Values, least: float) -> bool:
        """
        Say whether the names of two records alone keep them below a probability, whatever else of
        them agrees: then the rest need not be taken apart.
        """
        if self.called is None or any(one.get(key) and other.get(key) for key in self.official):
            return False
        scale = self.called.scale
        mine, theirs = _apart(scale, one.get(self.title)), _apart(scale, other.get(self.title))
        level = scale.level(mine, theirs)
        if level is None:
            return False
        bits = self.model.worth[self.title].weight(level) + self.beside
        return self.model.probability(bits + ROUNDED) < least

    def apart(self, values: Values) -> Mapping[str, Parts]:
        """Take a record apart, once for all comparisons."""
        called = values.get(self.title)
        return {
            one.field: _apart(one.scale, value if one.whole else beyond(called, value))
            for one in self.model.aspects
            for value in (values.get(one.field),)
        }

    def weigh(self, one: Mapping[str, Parts], other: Mapping[str, Parts]) -> Weighed:
        """Compare two records."""
        levels = tuple(self.model.levels(one, other))
        return Weighed(score=self.model.score(levels), levels=levels)

    def without(self, weighed: Weighed, fields: Iterable[str]) -> Weighed:
        """Give what would be known if some fields said nothing."""
        closed = frozenset(fields)
        pairs = zip(self.model.aspects, weighed.levels, strict=True)
        levels = tuple(None if one.field in closed else level for one, level in pairs)
        return Weighed(score=self.model.score(levels), levels=levels)

    def compared(
        self, weighed: Weighed, given: Values, held: Values, *, closed: frozenset[str], seen: bool
    ) -> tuple[Compared, ...]:
        """Say what each field adds, the weightiest first; values only as they may be seen."""
        told = [
            Compared(
                field=one.field,
                agreement=one.scale.levels[level].word,
                weight=round(self.model.worth[one.field].weight(level), 2),
                given=given.get(one.field),
                held=held.get(one.field) if seen else None,
            )
            for one, level in zip(self.model.aspects, weighed.levels, strict=True)
            if level is not None and one.field not in closed
        ]
        return tuple(sorted(told, key=lambda one: -abs(one.weight)))

    def reasons(self, weighed: Weighed) -> tuple[str, ...]:
        """Name the fields that speak for it, the weightiest first."""
        told = [
            (self.model.worth[one.field].weight(level), one.field)
            for one, level in zip(self.model.aspects, weighed.levels, strict=True)
            if level is not None
        ]
        return tuple(field for weight, field in sorted(told, reverse=True) if weight > 0)

    def strangers(self, one: Values, other: Values) -> bool:
        """
        Say whether two registered names are those of two companies.

        They are, whatever telephone or domain they share: sister companies have one switchboard,
        an agent lends his number to all he founds. A name without its legal form proves nothing.
        """
        if not self.named:
            return False
        mine, theirs = one.get(self.title), other.get(self.title)
        if not (isinstance(mine, str) and isinstance(theirs, str)):
            return False
        if not (_registered(mine) and _registered(theirs)):
            return False
        scale = next(a.scale for a in self.model.aspects if a.field == self.title)
        level = scale.level(_apart(scale, mine), _apart(scale, theirs))
        return level is not None and scale.levels[level].word in APART

    def related(self, one: Values, other: Values) -> bool:
        """Say whether two names are those of one group: head and branch, or one brand's trades."""
        if not self.named:
            return False
        mine, theirs = one.get(self.title), other.get(self.title)
        return isinstance(mine, str) and isinstance(theirs, str) and _relatives(mine, theirs)

    def belongs(self, one: Values, other: Values) -> bool:
        """Say whether the first is a branch of the second."""
        mine, theirs = one.get(self.title), other.get(self.title)
        if not (self.named and isinstance(mine, str) and isinstance(theirs, str)):
            return False
        branch, head = parsed(mine), parsed(theirs)
        same = branch.core == head.core and branch.place == head.place
        return same and bool(branch.branch) and not head.branch


def judge(
    snapshot: Snapshot, of: Object, learnt: Learnt | None = None, *, naming: str | None = None
) -> Judge | None:
    """
    Give how the records of an object are compared; None if nothing tells who they are.

    `naming` is the field that is compared with what records of another object are called.
    """
    spec = snapshot.matches.get(of.key)
    if spec is None:
        return None
    learnt = learnt or {}
    known = [one for one in aspects(snapshot, of) if _counts(one, spec, learnt)]
    if not known:
        return None
    # Who types somebody in means one who is there far more often than two drawn blindly are one.
    prior = max(learnt[""].m[0], PRIOR) if "" in learnt else PRIOR
    worth = {one.field: _worth(one, of, spec, learnt, naming=naming) for one in known}
    called = next((one for one in known if one.names and one.field == of.title), None)
    return Judge(
        model=Model(aspects=tuple(known), worth=worth, prior=prior),
        title=of.title,
        named=of.fields[of.title].kind.name == "company_name",
        called=called,
        official=[one.field for one in known if one.scale.identifies],
        beside=sum(_most(worth[one.field]) for one in known if one is not called),
    )


def _most(worth: Worth) -> float:
    """Give the most that a field can add; one that says nothing adds nothing."""
    return max(0.0, *(worth.weight(level) for level in range(len(worth.m))))


class Judges:
    """How the records of some objects are compared, by the rows of what was learnt of them."""

    def __init__(self, snapshot: Snapshot, rows: Sequence[Row]) -> None:
        self._snapshot = snapshot
        self._learnt: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._learnt[row[0]].append(row)

    def of(self, object_: Object, *, naming: str | None = None) -> Judge | None:
        """
        Give how the records of one are compared; see `judge`.

        Kept beside the configuration, one for each object and name, until other rows come for it.
        """
        rows, place = self._learnt.get(object_.key, []), ("judge", object_.key, naming)
        kept: tuple[Sequence[Row], Judge | None] | None = self._snapshot.memo.get(place)
        if kept is None or kept[0] != rows:
            learnt = learned(rows).get(object_.key)
            kept = rows, judge(self._snapshot, object_, learnt, naming=naming)
            self._snapshot.memo[place] = kept
        return kept[1]


def _counts(one: Aspect, spec: MatchSpec, learnt: Learnt) -> bool:
    named = any(said.name == one.field for said in spec.compare)
    return named or one.field in learnt or one.scale.name in TELLING


def _worth(
    one: Aspect, of: Object, spec: MatchSpec, learnt: Learnt, *, naming: str | None
) -> Worth:
    known = learnt.get(one.field)
    fits = one.field != naming and known is not None and len(known.m) == len(one.scale.levels)
    worth = known if known is not None and fits else shipped(one, of, naming=naming)
    said = next((some.weights for some in spec.compare if some.name == one.field), None)
    return _said(one, worth, said) if said else worth


def _said(one: Aspect, worth: Worth, weights: Mapping[str, float]) -> Worth:
    """Give a field the weights that the document says, level by level."""
    m = [
        u * 2 ** weights[level.word] if level.word in weights else m
        for level, m, u in zip(one.scale.levels, worth.m, worth.u, strict=True)
    ]
    return Worth(m=tuple(m), u=worth.u)


@lru_cache(maxsize=4096)
def _taken(scale: Scale, text: str) -> Parts:
    return scale.taken_apart(text)


def _apart(scale: Scale, value: Json) -> Parts:
    if value is None or value == "":
        return scale.nothing()
    return _taken(scale, str(value))


def _registered(name: str) -> bool:
    return parsed(name).form != ""


def _relatives(one: str, other: str) -> bool:
    mine, theirs = parsed(one), parsed(other)
    if mine.place != theirs.place:
        return False
    if mine.branch != theirs.branch:
        return mine.core == theirs.core
    return mine.core != theirs.core and brand_of(mine.core) == brand_of(theirs.core)
