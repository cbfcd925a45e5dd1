"""
The frozen snapshot: what the workspace's documents mean, as values everything above reads.

A snapshot is built once per version of the configuration and shared by every request. It is
pure: it knows no connection, and nothing in it changes.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from zhike.kernel.words import Words
from zhike.meta.documents import (
    AppSpec,
    FormSpec,
    IdentityProviderSpec,
    MatchSpec,
    PageSpec,
    QualitySpec,
    RegistrySpec,
    RoleSpec,
    SecuritySpec,
    ViewSpec,
)
from zhike.meta.kinds.kind import FieldKind, Json, Settings, Type

SILENT = Words(zh="", en="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an object, with its kind and that kind's settings."""

    key: str
    kind: FieldKind
    settings: Settings
    label: Words
    synonyms: tuple[str, ...] = ()
    help: Words = SILENT
    required: bool = False
    unique: bool = False
    indexed: bool = False
    searched: bool = False
    default: Json = None
    sensitive: bool = False
    """Whether it is noted who reads it in full."""
    system: bool = False
    """Given by the platform: `id`, `created_at` …; `owner` and `department` may be written."""
    type: Type = "text"
    """The type in the expression language; a formula's or roll-up's is that of its expression."""

    @property
    def column(self) -> str | None:
        """The SQL type of its column, or None if the value lives elsewhere."""
        return self.kind.column(self.settings)

    @property
    def target(self) -> str | None:
        """The object it points at, if it is a lookup, lookups, children, user or department."""
        return getattr(self.settings, "object", None) or POINTS_AT.get(self.kind.name)


POINTS_AT: Mapping[str, str] = {"user": "user", "users": "user", "department": "department"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The other side of a lookup, seen from the parent: `customer.orders`."""

    key: str
    object: str
    """The child object."""
    field: str
    """The lookup field on the child that points back."""
    label: Words
    table: str = ""
    """The link table, if the relation is many-to-many; its columns are `record` and `target`."""


@dataclass(frozen=True, kw_only=True)
class Object:
    """One kind of record and everything known about it."""

    key: str
    label: Words
    plural: Words
    table: str
    title: str
    fields: Mapping[str, Field]
    relations: Mapping[str, Relation] = field(default_factory=dict)
    unique: tuple[tuple[str, ...], ...] = ()
    order: tuple[str, ...] = ("-created_at",)
    icon: str = ""
    system: bool = False
    """A table of the platform (user, department): read in expressions, not through /records."""

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields that have a column of their own."""
        return tuple(one for one in self.fields.values() if one.column is not None)

    @cached_property
    def own(self) -> tuple[Field, ...]:
        """The fields that the documents gave it, without the platform's."""
        return tuple(one for one in self.fields.values() if not one.system)

    def of_kind(self, name: str) -> tuple[Field, ...]:
        """Give the fields of one kind."""
        return self._by_kind.get(name, ())

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Field, ...]]:
        names = {one.kind.name for one in self.fields.values()}
        return {
            name: tuple(one for one in self.fields.values() if one.kind.name == name)
            for name in names
        }


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The whole configuration of a workspace at one version."""

    version: int = 0
    objects: Mapping[str, Object] = field(default_factory=dict)
    roles: Mapping[str, RoleSpec] = field(default_factory=dict)
    matches: Mapping[str, MatchSpec] = field(default_factory=dict)
    """By object."""
    qualities: Mapping[str, QualitySpec] = field(default_factory=dict)
    """By object."""
    views: Mapping[str, ViewSpec] = field(default_factory=dict)
    forms: Mapping[str, FormSpec] = field(default_factory=dict)
    pages: Mapping[str, PageSpec] = field(default_factory=dict)
    apps: Mapping[str, AppSpec] = field(default_factory=dict)
    security: SecuritySpec = field(default_factory=SecuritySpec)
    providers: Mapping[str, IdentityProviderSpec] = field(default_factory=dict)
    """Who else may say who somebody is."""
    registries: Mapping[str, RegistrySpec] = field(default_factory=dict)
    """Which company registers are asked."""
    zone: str = "Asia/Shanghai"

    @cached_property
    def memo(self) -> dict[Hashable, Any]:
        """What the floors above derived from this snapshot and keep for as long as it lives."""
        return {}
