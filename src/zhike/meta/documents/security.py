"""The document kind `security`: how strictly a workspace keeps its people, exports and logs."""

from typing import Annotated, Literal

from pydantic import Field

from zhike.meta.documents.spec import Key, Label, Spec

Days = Annotated[int, Field(ge=0, le=36_500)]
"""A number of days; 0 means that it does not apply."""


class PasswordSpec(Spec):
    """What a password has to be."""

    least: int = Field(default=8, ge=8, le=128)
    """Characters."""
    classes: int = Field(default=1, ge=1, le=4)
    """How many of small letters, capitals, digits and signs it must contain."""
    history: int = Field(default=0, ge=0, le=24)
    """How many earlier passwords may not come again."""
    days: Days = 0
    """After how many days it has to be changed."""


class SignInSpec(Spec):
    """How people sign in, and for how long."""

    failures: int = Field(default=5, ge=3, le=50)
    """Wrong passwords until a sign-in is locked."""
    lock_minutes: int = Field(default=15, ge=1, le=1440)
    session_days: int = Field(default=14, ge=1, le=365)
    idle_minutes: int = Field(default=0, ge=0, le=100_000)
    """A session ends after so many minutes without a request; 0: only with its days."""
    second_factor: Literal["optional", "roles", "everybody"] = "optional"
    """Who has to show a second factor: whoever set one up, some roles, everybody."""
    second_factor_roles: tuple[Key, ...] = ()


class ExportSpec(Spec):
    """What is asked of exports."""

    approval_over: int | None = Field(default=None, ge=0)
    """From more records than this somebody has to approve; None: never, 0: always."""
    keep_days: int = Field(default=7, ge=1, le=365)
    """After how many days the file is gone."""
    watermark: bool = True
    """Whether xlsx files show who took them, when, and the trace id."""


class RevealSpec(Spec):
    """What is asked of somebody who looks behind a mask."""

    per_day: int = Field(default=50, ge=0, le=100_000)
    """Values one person may reveal in 24 hours."""
    reason: bool = True
    """Whether a reason has to be given."""


class LogSpec(Spec):
    """How many months each log is kept; 0: for ever. The law asks for six at least."""

    operations: int = Field(default=36, ge=0, le=1200)
    sign_ins: int = Field(default=12, ge=0, le=1200)
    changes: int = Field(default=0, ge=0, le=1200)


class SecuritySpec(Spec):
    """The security settings of a workspace; there is one such document, `main`."""

    kind: Literal["security"] = "security"
    key: Literal["main"] = "main"
    label: Label | None = None
    admins_see_records: bool = False
    """Whether a role with administrative powers may see records it does not name."""
    separation: bool = False
    """三员分立: whether configuration, people and audit must lie in three different hands."""
    passwords: PasswordSpec = PasswordSpec()
    sign_in: SignInSpec = SignInSpec()
    exports: ExportSpec = ExportSpec()
    reveals: RevealSpec = RevealSpec()
    duplicates_per_day: int = Field(default=100, ge=0, le=100_000)
    """How many records of others one person may come across at the identity gate in 24 hours."""
    logs: LogSpec = LogSpec()
    private_hosts: tuple[str, ...] = ()
    """Addresses of the own network (host names or CIDR) that outgoing calls may reach."""
