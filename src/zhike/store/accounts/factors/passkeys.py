"""
Passkeys (WebAuthn): made, shown, counted. Each is asked to verify its owner, so that it is two
factors in one.

Refuses what was made for another site, another challenge or another person, and a counter that
does not rise: that is a copy.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import webauthn
from webauthn.helpers import options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Row, Tx
from zhike.store.accounts.factors.authenticator import Answer, registered, shown
from zhike.store.accounts.factors.faults import (
    PasskeyTaken,
    TicketGone,
    TooManyPasskeys,
    WrongPasskey,
)
from zhike.store.accounts.factors.queries import QUERIES
from zhike.store.accounts.factors.tickets import Counter, Ticket, spend

REGISTER, SHOW = "passkey", "passkey sign-in"
MOST = 20
MEMBERS = ("id", "name", "site", "created_at", "used_at", "backed_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a ceremony takes place: the host name passkeys belong to, and the page's origin."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the browser is asked to do, and the ticket with which its answer comes back."""

    options: Mapping[str, Any]
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who wants a passkey."""

    account: UUID
    login: str
    name: str


async def passkeys_of(tx: Tx, account: UUID) -> list[Mapping[str, Any]]:
    """List the passkeys of a person."""
    return [_told(row) for row in await tx.rows(QUERIES["passkeys"](account=account))]


async def ask_for_passkey(tx: Tx, counter: Counter, owner: Owner, site: Site) -> Asked:
    """Begin to register a passkey."""
    held = await tx.rows(QUERIES["passkeys"](account=owner.account))
    if len(held) >= MOST:
        raise TooManyPasskeys(most=MOST)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="Zhike",
        user_id=owner.account.bytes,
        user_name=owner.login,
        user_display_name=owner.name,
        exclude_credentials=[_descriptor(row) for row in held],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    ticket = counter.issue({"account": str(owner.account), **_facts(site, options.challenge)})
    return Asked(options=options_to_json_dict(options), ticket=ticket)


async def add_passkey(
    tx: Tx, counter: Counter, account: UUID, *, answer: Answer, name: str
) -> Mapping[str, Any]:
    """Keep a passkey that was made as asked."""
    ticket = counter.read(answer.ticket)
    if ticket.account() != account:
        raise TicketGone
    made = registered(answer.credential, **_expected(ticket))
    await spend(tx, ticket)
    row = await tx.row(
        QUERIES["add_passkey"](
            account=account,
            workspace=tx.workspace,
            credential=made.credential,
            public_key=made.public_key,
            site=ticket.facts["host"],
            sign_count=made.sign_count,
            transports=list(made.transports),
            backed_up=made.backed_up,
            name=name,
        )
    )
    if row is None:
        raise PasskeyTaken
    return _told(row)


async def rename_passkey(tx: Tx, account: UUID, passkey: UUID, *, name: str) -> Mapping[str, Any]:
    """Call a passkey by another name."""
    row = await tx.row(QUERIES["rename_passkey"](id=passkey, account=account, name=name))
    if row is None:
        raise NotFound
    return _told(row)


def ask_to_show(counter: Counter, site: Site) -> Asked:
    """
    Begin to sign in. Nobody is named: which passkeys there are is between browser and owner.
    """
    options = webauthn.generate_authentication_options(
        rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED
    )
    ticket = counter.issue(_facts(site, options.challenge))
    return Asked(options=options_to_json_dict(options), ticket=ticket)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Whose passkey was shown, and whether it was shown rightly."""

    account: UUID | None = None
    login: str = ""
    right: bool = False


async def bearer_of(tx: Tx, counter: Counter, answer: Answer) -> Bearer:
    """Tell who shows a passkey. What is wrong with it is not told apart."""
    ticket = counter.read(answer.ticket)
    credential = answer.credential_id()
    row = await tx.row(QUERIES["passkey"](workspace=tx.workspace, credential=credential))
    if row is None:
        return Bearer()
    id_, account, public_key, sign_count, login = row
    try:
        proof = shown(
            answer.credential,
            account=account,
            public_key=bytes(public_key),
            sign_count=sign_count,
            **_expected(ticket),
        )
    except WrongPasskey:
        return Bearer(account=account, login=login)
    await spend(tx, ticket)
    counted = await tx.run(
        QUERIES["use_passkey"](id=id_, sign_count=proof.sign_count, backed_up=proof.backed_up)
    )
    return Bearer(account=account, login=login, right=bool(counted))


def _facts(site: Site, challenge: bytes) -> dict[str, str]:
    asked = urlsafe_b64encode(challenge).decode()
    return {"host": site.host, "origin": site.origin, "challenge": asked}


def _expected(ticket: Ticket) -> dict[str, Any]:
    facts = ticket.facts
    return {
        "host": facts["host"],
        "origin": facts["origin"],
        "challenge": urlsafe_b64decode(facts["challenge"]),
    }


def _descriptor(row: Row) -> PublicKeyCredentialDescriptor:
    known: Sequence[str] = [one.value for one in AuthenticatorTransport]
    transports = [AuthenticatorTransport(one) for one in row[7] if one in known]
    return PublicKeyCredentialDescriptor(id=bytes(row[6]), transports=transports or None)


def _told(row: Row) -> dict[str, Any]:
    return dict(zip(MEMBERS, row, strict=False))
