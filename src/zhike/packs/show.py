"""A plan as people read it in a terminal: what changes, what it holds up, what it costs."""

from collections.abc import Iterable, Iterator, Mapping

from zhike.kernel.faults import Problem
from zhike.kernel.sql import Sql
from zhike.kernel.words import Language, Words
from zhike.packs.plan import How, Plan
from zhike.store.ddl import Convert, Refresh, Step

SIGNS: Mapping[How, str] = {"added": "+", "changed": "~", "removed": "-"}

LOCK = Words(zh="锁 {lock}", en="lock {lock}")
ROWS = Words(zh="{rows} 条记录", en="{rows} record(s)")
LOST = Words(zh="丢失 {lost} 个值", en="{lost} value(s) lost")
SUCH_AS = Words(zh="例如 {examples}", en="such as {examples}")
CLASH = Words(
    zh="已有修改与新版本冲突,保留您的修改:{clashes}",
    en="changed by both sides, yours stands: {clashes}",
)
NOTHING_TO_DO = Words(zh="没有变化", en="nothing to do")


def shown(plan: Plan, language: Language) -> str:
    """Give a plan as text."""
    lines = [*_changes(plan, language), *shown_steps(plan.steps, language)]
    lines.extend(shown_problems(plan.problems, language))
    return "\n".join(lines) or NOTHING_TO_DO.said(language)


def shown_steps(
    steps: Iterable[Step], language: Language, *, statements: bool = False
) -> Iterator[str]:
    """Give steps as lines; with their statements, if those are wanted."""
    for step in steps:
        yield f"{step.id}: {step.says.said(language)}{_costs(step, language)}"
        if statements:
            yield from (f"    {line}" for deed in step.deeds for line in _deed(deed))


def shown_problems(problems: Iterable[Problem], language: Language) -> Iterator[str]:
    """Give problems as lines: where, which, what, and what to do."""
    for one in problems:
        hint = one.hint(language)
        says = one.says(language)
        yield f"{one.at}: {one.code} {says} {hint}".rstrip()


def _changes(plan: Plan, language: Language) -> Iterator[str]:
    for one in plan.changes:
        yield f"{SIGNS[one.how]} {one.kind} {one.key}"
        if one.clashes:
            yield "    " + CLASH.said(language, {"clashes": ", ".join(one.clashes)})


def _costs(step: Step, language: Language) -> str:
    costs = []
    if step.lock.value != "none":
        costs.append(LOCK.said(language, {"lock": step.lock.value}))
    if step.rows:
        costs.append(ROWS.said(language, {"rows": step.rows}))
    if step.lost:
        costs.append(LOST.said(language, {"lost": step.lost}))
    if step.examples:
        costs.append(SUCH_AS.said(language, {"examples": "、".join(step.examples)}))
    return f" [{'; '.join(costs)}]" if costs else ""


def _deed(deed: Sql | Convert | Refresh) -> list[str]:
    match deed:
        case Sql():
            return deed.text.splitlines()
        case Convert(old=old, new=new, place=place):
            return [f"-- read {place} ({old.kind.name}) as {new.kind.name} into {new.key}"]
        case Refresh(object=object_, what=what, fields=fields):
            return [f"-- derive {what} of {object_} {' '.join(fields)}".rstrip()]
