"""Ten-second entry: a pasted text becomes drafts of records, by rules alone. Pure."""

from collections.abc import Sequence
from datetime import date

from zhike.access import Policy
from zhike.hub.ingest.guess.mapping import names
from zhike.hub.parse.faults import NothingToRead, TextTooLong
from zhike.hub.parse.fill import Draft, Filled, draft
from zhike.hub.parse.found import Finding, evened
from zhike.hub.parse.parts import parts
from zhike.hub.parse.table import is_table, rows
from zhike.meta import Object

LONGEST = 10_000
"""Characters of a text that are read at once."""


def parse(text: str, held: Policy, obj: Object, *, as_of: date | None = None) -> Sequence[Draft]:
    """
    Give what a text says of records of an object, as far as the viewer may fill their fields.

    `as_of` is the day from which 昨天 and 下周三 are counted: today, where the viewer is.
    Raises TextTooLong, and NothingToRead for a text without a sign.
    """
    if len(text) > LONGEST:
        raise TextTooLong(length=len(text), limit=LONGEST, at="text")
    if not text.strip():
        raise NothingToRead(at="text")
    writable = held.writable(obj.key, "create")
    known = names(one for one in obj.own if one.key in writable and one.kind.writable)
    if is_table(text):
        return tuple(rows(text, known, as_of))
    return (draft(evened(text), known, as_of),)


__all__ = ["Draft", "Filled", "Finding", "NothingToRead", "TextTooLong", "parse", "parts"]
