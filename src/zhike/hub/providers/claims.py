"""What a provider says of a person, in our words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhike.hub.providers.faults import ForeignDomain, TokenRefused
from zhike.meta import IdentityProviderSpec

LONGEST = 200
LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """A person as a provider knows them."""

    issuer: str
    subject: str
    login: str
    name: str
    email: str
    """Only if the provider says that it is verified."""
    mobile: str
    number: str


def voucher(claims: Mapping[str, Any], spec: IdentityProviderSpec) -> Voucher:
    """Give the person whom these claims describe."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or "\0" in subject:
        raise TokenRefused(reason="sub")
    named = spec.claims
    verified = claims.get("email_verified") in {True, "true"}
    return Voucher(
        issuer=spec.issuer,
        subject=subject,
        login=_text(claims, named.login),
        name=_text(claims, named.name),
        email=_text(claims, named.email) if verified else "",
        mobile=_text(claims, named.mobile),
        number=_text(claims, named.number),
    )


def refuse_other_domains(person: Voucher, spec: IdentityProviderSpec) -> None:
    """Refuse whoever has no verified e-mail of one of the domains, if there are any."""
    domain = person.email.rpartition("@")[2].lower()
    if spec.domains and domain not in spec.domains:
        raise ForeignDomain


def missing(claims: Mapping[str, Any], spec: IdentityProviderSpec) -> bool:
    """Tell whether the provider has to be asked for more than the token says."""
    named = spec.claims
    wanted = filter(None, (named.login, named.name, named.email, named.mobile, named.number))
    return any(one not in claims for one in wanted)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name) if name else None
    if not isinstance(value, str):
        return ""
    return "".join(one for one in value if one.isprintable()).strip()[:LONGEST]
