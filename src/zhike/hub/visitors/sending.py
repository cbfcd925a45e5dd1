"""
What a stranger sends: it walks the intake in the frame of the form, and he is never told whom it
met there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from zhike.hub.hands import TakeIn
from zhike.hub.visitors.faults import NotAsFilledIn, NotOnTheForm
from zhike.hub.visitors.frame import SOURCE, Frame
from zhike.kernel.faults import Invalid, Problem, problem
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.batch import Batch, Entry, Fate, OnDuplicate
from zhike.store.trail import note
from zhike.store.write import look


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of what was sent; for the log alone."""

    fate: str
    record: UUID | None = None
    problems: tuple[Problem, ...] = ()
    """What the stranger has to mend; nothing if it came in, or if it was somebody we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How what was sent is judged by itself, and how it goes in."""

    alone: TakeIn
    walk: TakeIn


async def send(
    frame: Frame, values: Mapping[str, Json], tx: Tx, *, ways: Ways, belongs: Mapping[str, Json]
) -> Sent:
    """
    Take in what was filled in, with what the form gives besides.

    It is judged by itself first: what has to be mended is the same whoever sends it, and so tells
    nothing of whom we know. `belongs` says whom a new record will belong to (`owner`,
    `department`). Raises Invalid if there is anything that is not on the form.
    """
    strange = [problem(NotOnTheForm, at=one, name=one) for one in values if one not in frame.fields]
    if strange:
        raise Invalid(strange)
    fixed = {name: _plain(one) for name, one in frame.form.manners.values.items()}
    new = Entry(given={**values, **fixed, **belongs})
    batch = _batch(frame, new, on_duplicate="create")
    wrong = (await ways.alone(replace(batch, rehearsed=True), tx)).entries[0]
    if wrong.problems:
        return _told(frame, wrong)
    known = frame.form.manners.known
    if known != "create":
        entry = (await ways.walk(replace(batch, on_duplicate="skip"), tx)).entries[0]
        sure = _sure(entry)
        if known == "skip" or entry.fate is not Fate.SKIPPED:
            return _told(frame, entry)
        if sure is not None:
            return await _changed(frame, sure, values, fixed, tx=tx, walk=ways.walk)
    return _told(frame, (await ways.walk(batch, tx)).entries[0])


def _batch(frame: Frame, entry: Entry, *, on_duplicate: OnDuplicate | None) -> Batch:
    return Batch(
        policy=frame.policy,
        object=frame.object,
        action="create" if entry.record is None else "update",
        entries=(entry,),
        on_duplicate=on_duplicate,
        source=SOURCE,
        cause=frame.cause,
    )


def _sure(entry: Entry) -> UUID | None:
    """Give the one record it is surely the same as; what only looks alike is changed by nobody."""
    found = {one.record for one in entry.matches if one.score >= 1 and one.verdict == "block"}
    return found.pop() if len(found) == 1 and len(entry.matches) == 1 else None


async def _changed(
    frame: Frame,
    record: UUID,
    values: Mapping[str, Json],
    fixed: Mapping[str, Json],
    *,
    tx: Tx,
    walk: TakeIn,
) -> Sent:
    """
    Change somebody we know: fill in what is blank there, and replace what else was filled in only
    where the form asks for that. What the form gives besides never replaces anything.
    """
    given = {name: one for name, one in {**fixed, **values}.items() if not _blank(one)}
    batch = _batch(frame, Entry(record=record, given=given), on_duplicate=None)
    looked = await look(batch, tx, action="update")
    entry = looked.entries[0]
    held = entry.before or {}
    replacing = values.keys() if frame.form.manners.known == "overwrite" else ()
    kept = {name: one for name, one in given.items() if name in replacing or _blank(held.get(name))}
    if entry.fate is not Fate.WAITING or not kept:
        return Sent(fate=Fate.UNCHANGED.value, record=record)
    done = (await walk(looked.having([entry.having(given=kept)]), tx)).entries[0]
    # It was sound by itself: what refuses it now is what we know, and that is told to nobody.
    return Sent(fate="known" if done.fate is Fate.REFUSED else done.fate.value, record=record)


def _blank(value: Json) -> bool:
    return value is None or value in ("", [], ())


def _told(frame: Frame, entry: Entry) -> Sent:
    if entry.fate is not Fate.REFUSED:
        return Sent(fate=entry.fate.value, record=entry.record)
    if entry.matches:
        # It is refused for being somebody we know: that is nobody's business but ours.
        return Sent(fate="known", record=entry.matches[0].record)
    mine = tuple(one for one in entry.problems if _name(one.at) in frame.fields)
    if not mine:
        raise NotAsFilledIn
    return Sent(fate="refused", problems=mine)


def _name(at: str) -> str:
    return at.partition(".")[0].partition("[")[0]


def _plain(value: Json) -> Json:
    return list(value) if isinstance(value, tuple) else value


def tell(tx: Tx, frame: Frame, sent: Sent) -> None:
    """Note in the operation log that a form was sent, and what became of it."""
    label = frame.form.label.words().said("zh")
    note(
        tx,
        "form.sent",
        object=frame.object.key,
        target=sent.record or frame.form.key,
        label=label,
        new={"form": frame.form.key, "fate": sent.fate, "wrong": _wrong(sent.problems)},
    )


def _wrong(problems: Sequence[Problem]) -> list[str]:
    return [f"{one.at} {one.word}" for one in problems]
