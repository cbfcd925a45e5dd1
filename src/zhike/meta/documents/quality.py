"""The document kind `quality`: what makes a record of an object a good one."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from zhike.meta.documents.spec import Key, Spec

Weight = Annotated[int, Field(ge=0, le=100)]


class CountedSpec(Spec):
    """What a complete record has: a value in at least one of the fields."""

    fields: tuple[Key, ...] = Field(min_length=1)
    weight: Annotated[int, Field(ge=1, le=100)] = 1


class FreshSpec(Spec):
    """
    How a record ages: counted from a moment it holds, a quarter less after each number of days.

    A record that does not hold the moment is as old as itself.
    """

    since: Key = "updated_at"
    days: tuple[int, int, int, int] = (30, 90, 180, 365)


class WeightsSpec(Spec):
    """How much each part counts."""

    completeness: Weight = 40
    validity: Weight = 30
    freshness: Weight = 15
    uniqueness: Weight = 15


class QualitySpec(Spec):
    """
    When a record of an object is a good one, in four parts of 0 to 100 and one score made of them.

    Left out, the object itself says what counts: its title thrice, what tells records apart twice,
    the other fields that people fill once.
    """

    kind: Literal["quality"] = "quality"
    key: Key
    object: Key
    complete: tuple[CountedSpec, ...] = ()
    valid: Mapping[Key, str] = {}
    """By field: the condition under which a value is right; beside what its kind knows."""
    fresh: FreshSpec = FreshSpec()
    weights: WeightsSpec = WeightsSpec()
    index: bool = False
    """Whether lists of many records are to be ordered by the score."""
