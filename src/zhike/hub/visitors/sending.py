"""
What a stranger sends: it walks the intake in the frame of the form, and he is never told whom it
met there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhike.hub.hands import TakeIn
from zhike.hub.visitors.faults import NotAsFilledIn, NotOnTheForm
from zhike.hub.visitors.frame import SOURCE, Frame
from zhike.kernel.faults import Invalid, Problem, problem
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.trail import note


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of what was sent; for the log alone."""

    fate: str
    record: UUID | None = None
    problems: tuple[Problem, ...] = ()
    """What the stranger has to mend; nothing if it came in, or if it was somebody we know."""


async def send(
    frame: Frame, values: Mapping[str, Json], tx: Tx, *, walk: TakeIn, belongs: Mapping[str, Json]
) -> Sent:
    """
    Take in what was filled in, with what the form gives besides.

    `belongs` says whom the record will belong to (`owner`, `department`). Raises Invalid if there
    is anything that is not on the form.
    """
    strange = [problem(NotOnTheForm, at=one, name=one) for one in values if one not in frame.fields]
    if strange:
        raise Invalid(strange)
    fixed = {name: _plain(one) for name, one in frame.form.manners.values.items()}
    batch = Batch(
        policy=frame.policy,
        object=frame.object,
        action="create",
        entries=(Entry(given={**values, **fixed, **belongs}),),
        on_duplicate=frame.form.manners.known,
        source=SOURCE,
        cause=frame.cause,
    )
    entry = (await walk(batch, tx)).entries[0]
    return _told(frame, entry)


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
