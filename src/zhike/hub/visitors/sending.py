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
    enclosed: frozenset[str] = frozenset()
    """The fields whose files a record holds now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How what was sent is judged by itself, and how it goes in."""

    alone: TakeIn
    walk: TakeIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What comes with one sending."""

    values: Mapping[str, Json]
    belongs: Mapping[str, Json]
    """Whom a new record will belong to: `owner`, `department`."""
    enclosed: Mapping[str, list[str]]
    """The ids that files will get, by field; they are kept only where a record holds them."""


async def send(frame: Frame, sending: Sending, tx: Tx, *, ways: Ways) -> Sent:
    """
    Take in what was filled in, with what the form gives besides.

    It is judged by itself first: what has to be mended is the same whoever sends it, and so tells
    nothing of whom we know. Raises Invalid if there is anything that is not on the form.
    """
    strange = [
        problem(NotOnTheForm, at=one, name=one)
        for one in (*sending.values, *sending.enclosed)
        if one not in (frame.files if one in sending.enclosed else frame.fields)
    ]
    if strange:
        raise Invalid(strange)
    given = {**sending.values, **_fixed(frame), **sending.belongs, **sending.enclosed}
    batch = _batch(frame, Entry(given=given), sending, on_duplicate="create")
    wrong = (await ways.alone(replace(batch, rehearsed=True), tx)).entries[0]
    if wrong.problems:
        return _told(frame, wrong, sending)
    known = frame.form.manners.known
    if known != "create":
        entry = (await ways.walk(replace(batch, on_duplicate="skip"), tx)).entries[0]
        sure = _sure(entry)
        if known == "skip" or entry.fate is not Fate.SKIPPED:
            return _told(frame, entry, sending)
        if sure is not None:
            return await _changed(frame, sure, sending, tx, walk=ways.walk)
    return _told(frame, (await ways.walk(batch, tx)).entries[0], sending)


def _fixed(frame: Frame) -> Mapping[str, Json]:
    return {name: _plain(one) for name, one in frame.form.manners.values.items()}


def _batch(
    frame: Frame, entry: Entry, sending: Sending, *, on_duplicate: OnDuplicate | None
) -> Batch:
    return Batch(
        policy=frame.policy,
        object=frame.object,
        action="create" if entry.record is None else "update",
        entries=(entry,),
        on_duplicate=on_duplicate,
        source=SOURCE,
        cause=frame.cause,
        given=frozenset(sending.enclosed),
    )


def _sure(entry: Entry) -> UUID | None:
    """Give the one record it is surely the same as; what only looks alike is changed by nobody."""
    found = {one.record for one in entry.matches if one.score >= 1 and one.verdict == "block"}
    return found.pop() if len(found) == 1 and len(entry.matches) == 1 else None


async def _changed(frame: Frame, record: UUID, sending: Sending, tx: Tx, *, walk: TakeIn) -> Sent:
    """
    Change somebody we know: fill in what is blank there, and replace what else was filled in only
    where the form asks for that. What the form gives besides, and files, never replace anything.
    """
    whole = {**_fixed(frame), **sending.values, **sending.enclosed}
    given = {name: one for name, one in whole.items() if not _blank(one)}
    batch = _batch(frame, Entry(record=record, given=given), sending, on_duplicate=None)
    looked = await look(batch, tx, action="update")
    entry = looked.entries[0]
    held = entry.before or {}
    replacing = sending.values if frame.form.manners.known == "overwrite" else ()
    kept = {name: one for name, one in given.items() if name in replacing or _blank(held.get(name))}
    if entry.fate is not Fate.WAITING or not kept:
        return Sent(fate=Fate.UNCHANGED.value, record=record)
    done = (await walk(looked.having([entry.having(given=kept)]), tx)).entries[0]
    if done.fate is Fate.REFUSED:
        # It was sound by itself: what refuses it now is what we know, and is told to nobody.
        return Sent(fate="known", record=record)
    return Sent(
        fate=done.fate.value, record=record, enclosed=frozenset(sending.enclosed) & kept.keys()
    )


def _blank(value: Json) -> bool:
    return value is None or value in ("", [], ())


def _told(frame: Frame, entry: Entry, sending: Sending) -> Sent:
    if entry.fate is not Fate.REFUSED:
        holds = sending.enclosed.keys() if entry.fate is Fate.CREATED else ()
        return Sent(fate=entry.fate.value, record=entry.record, enclosed=frozenset(holds))
    if entry.matches:
        # It is refused for being somebody we know: that is nobody's business but ours.
        return Sent(fate="known", record=entry.matches[0].record)
    asked = {*frame.fields, *frame.files}
    mine = tuple(one for one in entry.problems if _name(one.at) in asked)
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
        new={
            "form": frame.form.key,
            "fate": sent.fate,
            "wrong": _wrong(sent.problems),
            "files": sorted(sent.enclosed),
        },
    )


def _wrong(problems: Sequence[Problem]) -> list[str]:
    return [f"{one.at} {one.word}" for one in problems]
