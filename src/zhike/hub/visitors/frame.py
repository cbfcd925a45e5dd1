"""
The frame of rights in which a stranger writes: one form's fields of one object, and nothing else.

The stranger becomes a viewer without id and without roles, to whom one grant is given: to create
records of the form's object, with its fields. Whatever asks for rights asks this one as anybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import orjson

from zhike.access import Policy, policy
from zhike.hub.visitors.enclosed import allowed
from zhike.kernel.viewer import Viewer
from zhike.kernel.words import Language
from zhike.meta import Field, FormSpec, Json, Object, Snapshot

SOURCE = "form"
"""Of what is written so, as history keeps it."""

CHANGING = frozenset({"update", "overwrite"})
"""What is to be done with whom we know, where that changes the record there is."""

SUITED = frozenset(
    {
        "address",
        "bank_account",
        "boolean",
        "company_name",
        "credit_code",
        "date",
        "datetime",
        "email",
        "id_number",
        "job_title",
        "long_text",
        "money",
        "number",
        "option",
        "options",
        "percent",
        "person_name",
        "phone",
        "rating",
        "region",
        "text",
        "url",
    }
)
"""Kinds that can be filled in by who may not look at any record, person or file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A form as a stranger meets it."""

    form: FormSpec
    object: Object
    policy: Policy
    fields: frozenset[str]
    """What may be filled in."""
    files: Mapping[str, Field]
    """What takes files that come along."""

    @property
    def cause(self) -> str:
        """What history keeps beside the source: which form it was."""
        return f"{SOURCE}:{self.form.key}"


def framed(
    snapshot: Snapshot, form: FormSpec, *, language: Language = "zh", owner: UUID | None = None
) -> Frame:
    """Give the frame of a form; records come to belong to the owner, if there is one."""
    known = snapshot.objects[form.object]
    fields = frozenset(one.key for one in _placed(known, form) if suited(one))
    files = {one.key: one for one in _placed(known, form) if _encloses(one, form)}
    given: dict[str, Json] = dict.fromkeys((*fields, *files), "write")
    given |= dict.fromkeys(form.manners.values, "write")
    if owner is not None:
        given |= {"owner": "write", "department": "write"}
    updates = form.manners.known in CHANGING
    reach = "all" if updates else "own"
    # Whoever has no id owns nothing: `own` lets records be made and none be seen.
    grant = {
        "read": reach,
        "create": True,
        "update": reach if updates else "none",
        "transfer": "none",
        "fields": given,
        "other_fields": "hidden",
    }
    viewer = Viewer(
        id=None,
        name=form.label.words().said(language)[:100],
        personal=orjson.dumps({known.key: grant}, option=orjson.OPT_SORT_KEYS).decode(),
        language=language,
        source=SOURCE,
        cause=f"{SOURCE}:{form.key}",
    )
    return Frame(
        form=form, object=known, policy=policy(snapshot, viewer), fields=fields, files=files
    )


def suited(field: Field) -> bool:
    """Say whether strangers can fill a field in: it shows them nobody and nothing."""
    return field.kind.name in SUITED and not field.system


def left_out(snapshot: Snapshot, form: FormSpec) -> list[Field]:
    """Give the fields on a form that strangers do not get to see."""
    placed = _placed(snapshot.objects[form.object], form)
    return [one for one in placed if not (suited(one) or _encloses(one, form))]


def _encloses(field: Field, form: FormSpec) -> bool:
    return form.manners.files > 0 and not field.system and bool(allowed(field))


def wanting(snapshot: Snapshot, form: FormSpec) -> list[Field]:
    """Give the fields that the object asks for and nobody can give on this form."""
    known = snapshot.objects[form.object]
    out = {one.key for one in left_out(snapshot, form)}
    given = {one.key for one in _placed(known, form)} - out | set(form.manners.values)
    return [
        one
        for one in known.fields.values()
        if one.required and one.key not in given and not one.system and not _by_itself(one)
    ]


def _by_itself(field: Field) -> bool:
    settings = field.settings
    return field.kind.name == "auto_number" or getattr(settings, "default", None) is not None


def _placed(known: Object, form: FormSpec) -> Iterator[Field]:
    fields: Mapping[str, Field] = known.fields
    return (fields[one.field] for _, one in form.placed() if one.field in fields)
