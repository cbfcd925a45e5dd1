"""
The words people write: one typed model per document kind, field order = YAML order.

A document is `kind` + `key` + body. These models say only what may be written; `check` says
whether it makes sense together, `snapshot` what it means.
"""

from collections.abc import Mapping

from zhike.meta.documents.app import AppSpec
from zhike.meta.documents.form import FormSpec, PlacedSpec, SectionSpec, TabSpec
from zhike.meta.documents.identity_provider import IdentityProviderSpec
from zhike.meta.documents.match import CompareSpec, MatchKeySpec, MatchSpec, Survivorship
from zhike.meta.documents.object import FieldSpec, ObjectSpec
from zhike.meta.documents.page import BlockSpec, ColumnSpec, PageSpec
from zhike.meta.documents.quality import CountedSpec, QualitySpec
from zhike.meta.documents.registry import QuestionSpec, RegistrySpec, SourceSpec, StateSpec
from zhike.meta.documents.role import (
    Action,
    DenialSpec,
    GrantSpec,
    Level,
    RoleSpec,
    Scope,
    Scopes,
    StageSpec,
)
from zhike.meta.documents.security import SecuritySpec
from zhike.meta.documents.spec import KEY, Key, Label, LabelSpec, Spec
from zhike.meta.documents.view import ViewSpec

Document = (
    ObjectSpec
    | RoleSpec
    | MatchSpec
    | QualitySpec
    | ViewSpec
    | FormSpec
    | PageSpec
    | AppSpec
    | SecuritySpec
    | IdentityProviderSpec
    | RegistrySpec
)


MODELS: Mapping[str, type[Document]] = {
    "app": AppSpec,
    "object": ObjectSpec,
    "role": RoleSpec,
    "match": MatchSpec,
    "quality": QualitySpec,
    "view": ViewSpec,
    "form": FormSpec,
    "page": PageSpec,
    "security": SecuritySpec,
    "identity_provider": IdentityProviderSpec,
    "registry": RegistrySpec,
}
"""The catalogue of document kinds: a new kind is one new file and one line here."""

__all__ = [
    "KEY",
    "MODELS",
    "Action",
    "AppSpec",
    "BlockSpec",
    "ColumnSpec",
    "CompareSpec",
    "CountedSpec",
    "DenialSpec",
    "Document",
    "FieldSpec",
    "FormSpec",
    "GrantSpec",
    "IdentityProviderSpec",
    "Key",
    "Label",
    "LabelSpec",
    "Level",
    "MatchKeySpec",
    "MatchSpec",
    "ObjectSpec",
    "PageSpec",
    "PlacedSpec",
    "QualitySpec",
    "QuestionSpec",
    "RegistrySpec",
    "RoleSpec",
    "Scope",
    "Scopes",
    "SectionSpec",
    "SecuritySpec",
    "SourceSpec",
    "Spec",
    "StageSpec",
    "StateSpec",
    "Survivorship",
    "TabSpec",
    "ViewSpec",
]
