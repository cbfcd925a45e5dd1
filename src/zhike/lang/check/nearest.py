"""Words that somebody may have meant: the nearest name among those that there are for the asker."""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process, utils

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words
from zhike.lang.faults import UnknownField
from zhike.meta.snapshot import Field, Relation

MOST = 8
ENOUGH = 60
ENOUGH_CHINESE = 50
"""One of two characters right is near enough."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the nearest of some words, or nothing."""
    found = process.extractOne(
        word,
        list(known),
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=ENOUGH if word.isascii() else ENOUGH_CHINESE,
    )
    return found[0] if found else ""


def suggestion(word: str, there: Iterable[Field | Relation]) -> Mapping[str, object]:
    """Give the facts `near` and `label` for the nearest field, by key, label or synonym."""
    ways: dict[str, Field | Relation] = {}
    for one in there:
        synonyms = one.synonyms if isinstance(one, Field) else ()
        for way in (*synonyms, one.label.en, one.label.zh, one.key):
            if way:
                ways[way] = one
    found = ways.get(nearest(word, ways))
    return {"near": found.key, "label": labelled(found.label)} if found else {}


def listed(words: Iterable[str]) -> Words:
    """Give words in a row, parted as each language does."""
    known = list(words)[:MOST]
    return Words(zh="、".join(known), en=", ".join(known))


def labelled(label: Words) -> Words:
    """Give a label that says something in both languages."""
    return Words(zh=label.zh or label.en, en=label.en or label.zh)


def unknown_field(there: Iterable[Field], object_: str, field: str) -> Fault:
    """
    Give the fault of a name that does not exist, with the nearest of the fields that are there.

    A hidden field answers with this very fault, so `there` must hold no field the asker may not
    see.
    """
    near = suggestion(field, there)
    return UnknownField(
        field=field, object=object_, near=near.get("near", ""), label=near.get("label", "")
    )
