"""
Floor 2: what the workspace is made of.

Documents as people write them, the kinds of fields, the frozen snapshot that everything above
reads. Pure: no connection, no file, no clock.
"""

from zhike.meta.build import Types, build, link_table, plural, retyped, settings_of
from zhike.meta.check import Read, check, checked
from zhike.meta.diff import (
    Change,
    DocumentChanged,
    FieldAdded,
    FieldChanged,
    FieldRemoved,
    FieldRetyped,
    ObjectAdded,
    ObjectChanged,
    ObjectRemoved,
    UniqueAdded,
    UniqueRemoved,
    diff,
    object_diff,
)
from zhike.meta.documents import (
    MODELS,
    AppSpec,
    Document,
    FieldSpec,
    GrantSpec,
    LabelSpec,
    Level,
    MatchKeySpec,
    MatchSpec,
    ObjectSpec,
    RoleSpec,
    Scope,
    SecuritySpec,
    ViewSpec,
)
from zhike.meta.faults import nearest
from zhike.meta.kinds import KINDS, FieldKind, Json, Reading, Settings, Type, Unreadable, drained
from zhike.meta.located import Located, Path
from zhike.meta.people import FIRST, GIVEN, LAST, PEOPLE, WRITABLE
from zhike.meta.snapshot import Field, Object, Relation, Snapshot

__all__ = [
    "FIRST",
    "GIVEN",
    "KINDS",
    "LAST",
    "MODELS",
    "PEOPLE",
    "WRITABLE",
    "AppSpec",
    "Change",
    "Document",
    "DocumentChanged",
    "Field",
    "FieldAdded",
    "FieldChanged",
    "FieldKind",
    "FieldRemoved",
    "FieldRetyped",
    "FieldSpec",
    "GrantSpec",
    "Json",
    "LabelSpec",
    "Level",
    "Located",
    "MatchKeySpec",
    "MatchSpec",
    "Object",
    "ObjectAdded",
    "ObjectChanged",
    "ObjectRemoved",
    "ObjectSpec",
    "Path",
    "Read",
    "Reading",
    "Relation",
    "RoleSpec",
    "Scope",
    "SecuritySpec",
    "Settings",
    "Snapshot",
    "Type",
    "Types",
    "UniqueAdded",
    "UniqueRemoved",
    "Unreadable",
    "ViewSpec",
    "build",
    "check",
    "checked",
    "diff",
    "drained",
    "link_table",
    "nearest",
    "object_diff",
    "plural",
    "retyped",
    "settings_of",
]
