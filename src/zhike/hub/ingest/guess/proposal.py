"""Which sheet of a workbook fits an object best, and the spec that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhike.hub.ingest.guess.header import Found, found
from zhike.hub.ingest.guess.mapping import Names, mapped
from zhike.hub.ingest.guess.names import fold
from zhike.hub.ingest.spec import ImportSpec
from zhike.hub.sheets import Sheet
from zhike.meta import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One sheet and what it seems to mean."""

    sheet: Sheet
    spec: ImportSpec
    fit: float


def proposal(sheets: Sequence[Sheet], names: Names, obj: Object) -> Proposal | None:
    """Propose the sheet that names most of the object's fields; hidden ones only in need."""
    proposals = [one for sheet in sheets if (one := proposed(sheet, names, obj)) is not None]
    shown = [one for one in proposals if not one.sheet.hidden]
    return max(shown or proposals, key=lambda one: one.fit, default=None)


def proposed(sheet: Sheet, names: Names, obj: Object) -> Proposal | None:
    """Say what one sheet seems to mean; None if there is nothing in it."""
    head = found(sheet.head, names)
    if head is None:
        return None
    columns = mapped(head.columns, names)
    spec = ImportSpec(sheet=sheet.name, header=head.lines, columns=columns, last=sheet.last)
    return Proposal(sheet=sheet, spec=spec, fit=_fit(head, spec, sheet.name, obj))


def _fit(head: Found, spec: ImportSpec, name: str, obj: Object) -> float:
    certain = sum(one.confidence for one in spec.columns if one.field is not None)
    share = certain / max(1, len(spec.columns))
    called = {fold(obj.label.zh), fold(obj.plural.zh), fold(obj.label.en), obj.key}
    bonus = (
        2.0 if fold(name) in called else 1.0 if any(w and w in fold(name) for w in called) else 0
    )
    return head.score * share + bonus
