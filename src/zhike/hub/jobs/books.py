"""The books of a kind of job: what was asked, how far it came, how it ended."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from zhike.kernel.faults import Fault, Problem, Unavailable
from zhike.kernel.tx import Tx
from zhike.kernel.words import BETWEEN

T = TypeVar("T")
"""A job as its books have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books(Generic[T]):
    """What every job does with its books, whatever else stands in them."""

    name: str
    """What the worker's log calls such a job."""
    source: str
    """Under which word the platform writes in them."""
    begin: Callable[[Tx, UUID], Awaitable[bool]]
    """Say that a job runs, or runs on; says no if that is not its turn."""
    found: Callable[[Tx, UUID], Awaitable[T]]
    """Give a job, which must be there."""
    fail: Callable[[Tx, UUID, Fault], Awaitable[object]]
    """Close them on a job, with why it stopped."""
    passing: tuple[type[Fault], ...] = (Unavailable,)
    """What is no end of a job: it stands as it stood, and goes on when it is tried again."""


def reasons(fault: Fault) -> Mapping[str, str]:
    """Give why a job stopped as its books keep it: in both languages, problem by problem."""
    told = [said(one) for one in fault.problems]
    return {
        "zh": BETWEEN.zh.join(one["zh"] for one in told),
        "en": BETWEEN.en.join(one["en"] for one in told),
    }


def said(one: Problem) -> Mapping[str, str]:
    """Give a problem as books keep it: its word, and its sentence in both languages."""
    return {"code": one.word, "zh": one.says("zh"), "en": one.says("en")}
