"""
The document kind `registry`: a company register (工商信息) that is asked over HTTP.

It says how to ask and where in the answer what stands; nothing about a single provider is in the
code. In `url`, `headers`, `body` and what is signed stand holes: `{words}` what is searched for,
`{id}` the provider's own id of a company, `{seconds}` and `{milliseconds}` of the present moment,
`{secret.name}` a secret kept under that name, `{sign}` the signature.
"""

import re
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from zhike.meta.documents.spec import Key, Label, Spec

HOLE = re.compile(r"\{([^{}]*)\}")
KNOWN = frozenset({"words", "id", "seconds", "milliseconds", "sign"})
SECRET = re.compile(r"secret\.([a-z][a-z0-9_]{0,47})")


def _holes(text: str) -> str:
    """Refuse holes that nothing fills."""
    for name in HOLE.findall(text):
        if name not in KNOWN and not SECRET.fullmatch(name):
            raise ValueError(f"{{{name}}} is not one of {', '.join(sorted(KNOWN))}, secret.…")
    return text


def secrets_in(text: str) -> list[str]:
    """Name the secrets that a text wants."""
    return [found[1] for name in HOLE.findall(text) if (found := SECRET.fullmatch(name))]


Template = Annotated[str, Field(max_length=2000), AfterValidator(_holes)]
Url = Annotated[
    str, Field(pattern=r"^https?://[^\s/?#{}@]+/[^\s#]{0,1500}$"), AfterValidator(_holes)
]
"""Whom to ask is no hole: what somebody types never decides where a secret goes."""
Header = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,60}$")]
Place = Annotated[str, Field(pattern=r"^[^\s.]{1,60}(\.[^\s.]{1,60}){0,6}$")]
"""Where in an answer: names of members with dots between; of a list, the first thing."""


class SignSpec(Spec):
    """How a request is signed."""

    of: Template
    by: Literal["md5", "sha1", "sha256", "hmac_sha256"] = "md5"
    secret: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")] | None = None
    """With which secret; for hmac_sha256."""
    letters: Literal["lower", "upper"] = "lower"

    @model_validator(mode="after")
    def _keyed(self) -> Self:
        if (self.by == "hmac_sha256") != (self.secret is not None):
            raise ValueError("hmac_sha256 takes a secret, and nothing else does")
        return self


class QuestionSpec(Spec):
    """One question a register is asked."""

    url: Url
    method: Literal["get", "post"] = "get"
    body: dict[str, Template] | None = None
    """Sent as JSON by a post."""
    found: Place
    """Where what was found stands: a list when searching, one thing when asked for details."""


class SourceSpec(Spec):
    """Where the value of a field stands."""

    at: tuple[Place, ...] = Field(min_length=1, max_length=5)
    """The first that is filled counts."""
    form: Literal["text", "seconds", "milliseconds"] = "text"
    """How it is written; seconds and milliseconds are a moment since 1970, given as its day."""


class StateSpec(Spec):
    """How an answer says that it is one."""

    at: Place
    good: tuple[str, ...] = Field(min_length=1)
    nothing: tuple[str, ...] = ()
    """What it says when nothing was found, which is no error."""


class RegistrySpec(Spec):
    """A company register, and which fields of an object it fills."""

    kind: Literal["registry"] = "registry"
    key: Key
    label: Label
    object: Key
    active: bool = True
    headers: dict[Header, Template] = Field(default_factory=dict)
    sign: SignSpec | None = None
    search: QuestionSpec
    detail: QuestionSpec | None = None
    """Asked when a company was picked; without it what the search said has to do."""
    id: Place
    """Where the provider's own id of a company stands in what the search found."""
    state: StateSpec | None = None
    fields: dict[Key, Place | SourceSpec] = Field(min_length=1)
    per_day: int = Field(default=1000, ge=0, le=1_000_000)
    """How many calls everybody together may cause on one day."""
    per_person: int = Field(default=200, ge=0, le=1_000_000)
    keep_days: int = Field(default=30, ge=0, le=3650)
    """How long an answer is remembered instead of asking again."""
    cost: Decimal = Field(default=Decimal(0), ge=0, le=1000)
    """What one call costs, in yuan."""
    seconds: float = Field(default=5, gt=0, le=30)
    """How long an answer may take."""

    @property
    def secrets(self) -> list[str]:
        """The names of the secrets it takes to ask."""
        questions = [one for one in (self.search, self.detail) if one]
        texts = [*self.headers.values(), *(one.url for one in questions)]
        texts += [text for one in questions for text in (one.body or {}).values()]
        named = [self.sign.of] if self.sign else []
        own = [self.sign.secret] if self.sign and self.sign.secret else []
        return sorted({*own, *(one for text in [*texts, *named] for one in secrets_in(text))})

    def source(self, field: str) -> SourceSpec:
        """Say where the value of a field stands."""
        said = self.fields[field]
        return said if isinstance(said, SourceSpec) else SourceSpec(at=(said,))
