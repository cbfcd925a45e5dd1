"""Plans and problems as the golden files write them."""

from collections.abc import Iterable, Iterator

from zhike.kernel.faults import Problem
from zhike.kernel.sql import Sql
from zhike.kernel.words import Language
from zhike.store.ddl import Convert, Lock, Refresh, Step


def shown_steps(steps: Iterable[Step], language: Language) -> Iterator[str]:
    """Give steps as lines, with their statements."""
    for step in steps:
        lock = "" if step.lock is Lock.NONE else f" [lock {step.lock.value}]"
        yield f"{step.id}: {step.says.said(language)}{lock}"
        yield from (f"    {line}" for deed in step.deeds for line in _deed(deed))


def shown_problems(problems: Iterable[Problem], language: Language) -> Iterator[str]:
    """Give problems as lines: where, which, what, and what to do."""
    for one in problems:
        hint = one.hint(language)
        says = one.says(language)
        yield f"{one.at}: {one.code} {says} {hint}".rstrip()


def _deed(deed: Sql | Convert | Refresh) -> list[str]:
    match deed:
        case Sql():
            return deed.text.splitlines()
        case Convert(old=old, new=new, place=place):
            return [f"-- read {place} ({old.kind.name}) as {new.kind.name} into {new.key}"]
        case Refresh(object=object_, what=what, fields=fields):
            return [f"-- derive {what} of {object_} {' '.join(fields)}".rstrip()]
