"""The document kind `identity_provider`: a system (OpenID Connect) that vouches for people."""

from typing import Annotated, Literal

from pydantic import Field

from zhike.meta.documents.spec import KEY, Key, Label, Spec

Claim = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:/-]{0,100}$")]
"""The name of something a provider says about a person; empty: it does not say it."""
LETTERS = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
Domain = Annotated[str, Field(pattern=rf"^{LETTERS}(\.{LETTERS})+$")]
Scope = Annotated[str, Field(pattern=r"^[\x21\x23-\x5b\x5d-\x7e]{1,100}$")]
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]


class ClaimSpec(Spec):
    """How the provider calls what we want to know of a person."""

    login: Claim = "preferred_username"
    name: Claim = "name"
    email: Claim = "email"
    mobile: Claim = "phone_number"
    number: Claim = ""


class IdentityProviderSpec(Spec):
    """Another system whose word is taken for who somebody is."""

    kind: Literal["identity_provider"] = "identity_provider"
    key: Key
    label: Label
    active: bool = True
    issuer: str = Field(pattern=r"^https?://[^\s?#]{1,400}$")
    client_id: str = Field(min_length=1, max_length=300)
    secret: Annotated[str, Field(pattern=KEY)] | None = None
    """The name of the secret the provider knows us by; without one only PKCE protects."""
    shown_in: Literal["header", "body"] = "header"
    """Where in a request the secret is shown."""
    scopes: tuple[Scope, ...] = ("openid", "profile", "email")
    algorithms: tuple[Algorithm, ...] = Field(default=("RS256", "ES256", "PS256"), min_length=1)
    """By which its tokens may be signed."""
    claims: ClaimSpec = ClaimSpec()
    known_by: tuple[Literal["email", "number", "login"], ...] = ()
    """
    What recognises somebody who comes for the first time as somebody we know. An e-mail counts only
    if the provider says that it was verified.
    """
    create: bool = False
    """Whether people nobody knows are added when they come."""
    roles: tuple[Key, ...] = ()
    """What people who were added so may do."""
    domains: tuple[Domain, ...] = ()
    """Of which e-mail domains people have to be; empty: any."""
    second_factor: Literal["here", "there"] = "here"
    """Who asks for the second factor of people who have one: this platform, or the provider."""
